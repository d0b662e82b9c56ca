import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { aCardCode, anIdNumber, aPassage, declared, record, type PassageInput } from '#test/builders.ts';
import { startServer, type TestServer } from '#test/server.ts';
import { countStatements } from '#test/statements.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startServer();
});
afterAll(() => server.stop());

let cmnd = 172_000_000;
const aCmnd = () => String((cmnd += 1));
const withCard = (qrPayload: string, changes: Partial<PassageInput> = {}) =>
  aPassage(server.checkpoints.docXay, { qrPayload, evidence: 'CARD_ONLY', ...changes });
const send = async (...input: PassageInput[]) => (await record(server, input)).data.recordPassages;
const holderOf = async ({ id }: { id: string }) => {
  const rows = await server.sql<{ id: string; full_name: string; sex: string; documents: string }>(
    `select c.id, c.full_name, c.sex, (select string_agg(k.kind, ',' order by k.kind) from citizen_document k where k.citizen_id = c.id) as documents
     from passage p join citizen c on c.province_code = p.province_code and c.id = p.citizen_id where p.id = $1`,
    [id],
  );
  return rows[0];
};
const doubles = () =>
  server.sql<{ one_id: string; other_id: string }>(`select one_id, other_id from citizen_double where score = 100`);

describe('a passage recorded with a card alone', () => {
  it('makes its person known, and finds them the next time, whatever the generation of the card', async () => {
    const idNumber = anIdNumber();
    const first = withCard(aCardCode({ idNumber, fullName: 'Tống Thị Thẻ' }));
    const again = withCard(aCardCode({ idNumber, fullName: 'Tống Thị Thẻ', tail: '||||' }), { recordedOffline: true });
    expect((await send(first, again)).map(({ __typename }) => __typename)).toEqual([
      'PassageRecorded',
      'PassageRecorded',
    ]);
    const holder = await holderOf(first);
    expect(holder).toMatchObject({ full_name: 'Tống Thị Thẻ', sex: 'FEMALE', documents: 'CCCD' });
    expect((await holderOf(again))?.id).toBe(holder?.id);
    expect((await holderOf(withCard('')))?.id).toBeUndefined();
  });

  it('is of the citizen who declared with the number, and changes nothing of them', async () => {
    const idNumber = anIdNumber();
    await declared(server, { person: { idNumber, fullName: 'Tống Văn Khai' } });
    const passage = withCard(aCardCode({ idNumber, fullName: 'Kẻ Khác' }));
    await send(passage);
    expect(await holderOf(passage)).toMatchObject({ full_name: 'Tống Văn Khai' });
  });

  it('sent again is one, and with another card under the same id is told apart', async () => {
    const passage = withCard(aCardCode());
    expect((await send(passage))[0]).toMatchObject({ duplicate: false });
    expect((await send(passage))[0]).toMatchObject({ duplicate: true });
    expect((await send({ ...passage, qrPayload: aCardCode() }))[0]).toMatchObject({ code: 'ID_REUSED' });
  });

  it('by a personal QR names a citizen too, whose sex the number tells', async () => {
    const passage = withCard(`${anIdNumber('MALE', 1985)}|TONG VAN QR|1985-01-02|0|9f2c|`, { evidence: 'NO_CARD' });
    await send(passage);
    expect(await holderOf(passage)).toMatchObject({ full_name: 'TONG VAN QR', sex: 'MALE', documents: 'CCCD' });
  });

  it('is flagged where the card contradicts its own number', async () => {
    const [told] = await send(withCard(aCardCode({ sex: 'Nam' })));
    expect(told?.passage?.flags).toEqual([{ kind: 'NUMBER_CONTRADICTS' }]);
  });

  it('is refused for what is damaged, foreign or garbage, and stores nobody', async () => {
    const before = await server.sql('select count(*) from citizen');
    const codes = [
      aCardCode().slice(0, 40),
      aCardCode({ born: '31021990' }),
      'https://example.com',
      'HC1:NCFOXN',
      '|||||||',
      'x'.repeat(3_000),
    ];
    const told = await send(...codes.map((code) => withCard(code)));
    expect(told.map(({ code }) => code)).toEqual(codes.map(() => 'INVALID_PASS'));
    expect(await server.sql('select count(*) from citizen')).toEqual(before);
  });

  it('takes as many statements for a hundred cards as for two', async () => {
    const cards = (count: number) => Array.from({ length: count }, () => withCard(aCardCode({ former: aCmnd() })));
    const [few, many] = [cards(2), cards(100)];
    await send(...cards(1));
    const of = async (input: PassageInput[]) => (await countStatements(() => send(...input))).all.length;
    expect(await of(many)).toBe(await of(few));
  });
});

describe('a card that names two numbers', () => {
  it('joins the new one to who was known by the old one, who is found by either from then on', async () => {
    const [former, idNumber] = [aCmnd(), anIdNumber()];
    const { id } = await declared(server, { person: { idNumber: former } });
    const passage = withCard(aCardCode({ idNumber, former }));
    await send(passage);
    const holder = await holderOf(passage);
    const [row] = await server.sql('select citizen_id from declaration where id = $1', [id]);
    expect(row).toEqual({ citizen_id: holder?.id });
    expect(holder?.documents).toBe('CCCD,CMND');
    const later = await declared(server, { person: { idNumber } });
    const [same] = await server.sql('select citizen_id from declaration where id = $1', [later.id]);
    expect(same).toEqual({ citizen_id: holder?.id });
    expect(await doubles()).toEqual([]);
  });

  it('joins nothing where nobody compared the card', async () => {
    const [former, idNumber] = [aCmnd(), anIdNumber()];
    await declared(server, { person: { idNumber: former } });
    const passage = withCard(aCardCode({ idNumber, former }), { evidence: 'NO_CARD' });
    await send(passage);
    expect((await holderOf(passage))?.documents).toBe('CCCD');
  });

  it('proposes two who are known by one each as a sure double, and merges nobody', async () => {
    const [former, idNumber] = [aCmnd(), anIdNumber()];
    await declared(server, { person: { idNumber: former } });
    await declared(server, { person: { idNumber } });
    await send(withCard(aCardCode({ idNumber, former })), withCard(aCardCode({ idNumber, former })));
    expect(await doubles()).toHaveLength(1);
    const { data } = await server.graphql<{
      likelyDoubles: { edges: Array<{ node: { score: number; evidence: string[] } }> };
    }>(
      'query ($reason: String!) { likelyDoubles(reason: $reason) { edges { node { score evidence one { idNumber } other { idNumber } } } } }',
      { reason: 'làm sạch danh sách' },
      { as: 'admin.38' },
    );
    expect(data.likelyDoubles.edges).toHaveLength(1);
    expect(data.likelyDoubles.edges[0]?.node).toMatchObject({ score: 100, evidence: ['CARD'] });
    expect(await server.sql('select 1 from citizen_alias')).toEqual([]);
  });
});
