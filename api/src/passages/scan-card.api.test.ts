import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { aCardCode, anIdNumber, aPassage, declared, record } from '#test/builders.ts';
import { startServer, type AskOptions, type TestServer } from '#test/server.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startServer();
});
afterAll(() => server.stop());

const document = `
  query ($payload: String!, $checkpointId: ID!) {
    scan(payload: $payload, checkpointId: $checkpointId) {
      __typename
      ... on InvalidPass { code message declaration { id } }
      ... on IdCard {
        idNumber formerIdNumber passportNumber fullName dateOfBirth sex address issuedOn openCount
        citizen { id fullName idNumber } openDeclarations { id person { idNumber } } flags { kind }
      }
    }
  }`;
interface Scan {
  __typename: string;
  message?: string;
  citizen?: { id: string; idNumber: string } | null;
  openDeclarations?: Array<{ id: string }>;
}
const scan = async (payload: string, options: AskOptions = {}) =>
  (
    await server.graphql<{ scan: Scan }>(
      document,
      { payload, checkpointId: server.checkpoints.docXay },
      { as: 'officer.38', ...options },
    )
  ).data.scan;
const nobody = { citizen: null, openDeclarations: [], flags: [], openCount: 0 };
const read = (id: string) =>
  server.graphql('query ($id: ID!) { declaration(id: $id) { id } }', { id }, { as: 'officer.38' });

describe('the code of a card', () => {
  it('of 2021 says who stands on it, known or not', async () => {
    const idNumber = anIdNumber();
    expect(await scan(aCardCode({ idNumber, former: '171234567' }))).toEqual({
      __typename: 'IdCard',
      idNumber,
      formerIdNumber: '171234567',
      passportNumber: null,
      fullName: 'Nguyễn Thị Hoa',
      dateOfBirth: '1990-05-17',
      sex: 'FEMALE',
      address: 'Thôn 3, Quảng Bình, Quảng Xương, Thanh Hóa',
      issuedOn: '2021-05-01',
      ...nobody,
    });
  });

  it('of July 2024 says the same, and its tail is left aside', async () => {
    const idNumber = anIdNumber();
    const shown = await scan(aCardCode({ idNumber, issued: '01082024', tail: '|Nguyễn Văn Cha|||' }));
    expect(shown).toMatchObject({ idNumber, issuedOn: '2024-08-01', ...nobody });
    expect(JSON.stringify(shown)).not.toContain('Cha');
  });

  it('the personal QR v1.1 is told from it by its date, and may name a CMND or a passport', async () => {
    const idNumber = anIdNumber();
    const unsaid = { formerIdNumber: null, sex: null, address: null, issuedOn: null, ...nobody };
    const rest = '|NGUYEN THI HOA|1990-05-17|0|9f2c|';
    const person = { fullName: 'NGUYEN THI HOA', dateOfBirth: '1990-05-17', ...unsaid };
    expect(await scan(idNumber + rest)).toMatchObject({ ...person, idNumber, passportNumber: null });
    expect(await scan(`171234568${rest}`)).toMatchObject({ ...person, idNumber: '171234568' });
    expect(await scan(`B7654321${rest}`)).toMatchObject({ ...person, idNumber: null, passportNumber: 'B7654321' });
  });

  it('finds what is open in this province under its number or its former one, and opens it here', async () => {
    const [idNumber, former] = [anIdNumber(), '171234569'];
    const byNew = await declared(server, { person: { idNumber } });
    const byOld = await declared(server, { person: { idNumber: former } });
    const elsewhere = await declared(server, { person: { idNumber } }, '01');
    const shown = await scan(aCardCode({ idNumber, former }));
    expect(shown.openDeclarations?.map(({ id }) => id).toSorted()).toEqual([byNew.id, byOld.id].toSorted());
    expect(shown).toMatchObject({ openCount: 1, flags: [] });
    expect((await read(byNew.id)).data['declaration']).toEqual({ id: byNew.id });
    expect((await read(elsewhere.id)).data['declaration']).toBeNull();
  });

  it('finds the person by a passport too', async () => {
    const { id } = await declared(server, {
      person: { idNumber: null, passportNumber: 'C7654321', nationality: 'LAO', permanentAddress: null },
    });
    const shown = await scan('C7654321|NGUYEN THI HOA|1990-05-17|0|9f2c|');
    expect(shown).toMatchObject({
      openDeclarations: [{ id }],
      citizen: { fullName: 'Nguyễn Thị Hoa', idNumber: null },
    });
  });

  it('shows whom the province knows by it though nothing is open, and the trail names the citizen', async () => {
    const idNumber = anIdNumber();
    const { id } = await declared(server, { person: { idNumber } });
    await record(server, [aPassage(server.checkpoints.docXay, { declarationId: id })]);
    await server.sql(`update declaration set valid_until = now() - interval '1 minute' where id = $1`, [id]);
    const shown = await scan(aCardCode({ idNumber }));
    expect(shown).toMatchObject({ openDeclarations: [], citizen: { fullName: 'Nguyễn Thị Hoa', idNumber } });
    const entries = await server.sql(
      `select action, subject_kind, checkpoint_id, role from audit_entry where $1 = any(subject_ids)`,
      [shown.citizen?.id],
    );
    expect(entries).toEqual([
      {
        action: 'declarations.scan',
        subject_kind: 'citizen',
        checkpoint_id: server.checkpoints.docXay,
        role: 'OFFICER',
      },
    ]);
  });

  it('is entered even where it found nobody, and no entry holds anything of it', async () => {
    const idNumber = anIdNumber();
    const count = async () =>
      (await server.sql(`select id from audit_entry where action = 'declarations.scan'`)).length;
    const before = await count();
    await scan(aCardCode({ idNumber, fullName: 'Đàm Thị Kín' }));
    expect(await count()).toBe(before + 1);
    const told = await server.sql(
      `select id from audit_entry e where e::text like '%' || $1 || '%' or e::text like '%Đàm Thị Kín%'`,
      [idNumber],
    );
    expect(told).toEqual([]);
  });

  it('is flagged where it contradicts its own number', async () => {
    expect(await scan(aCardCode({ sex: 'Nam' }))).toMatchObject({ flags: [{ kind: 'NUMBER_CONTRADICTS' }] });
    expect(await scan(aCardCode({ born: '17051991' }))).toMatchObject({ flags: [{ kind: 'NUMBER_CONTRADICTS' }] });
  });
});

describe('a code that is no card', () => {
  it('or a damaged one says that it looks like a card, and what of it is wrong', async () => {
    const card = aCardCode();
    const wrong: Array<[string, RegExp, RegExp]> = [
      [card.slice(0, 40), /thẻ căn cước.*thiếu mất phần sau/, /ID card.*part of it is missing/],
      [card.slice(1), /số giấy tờ không đúng/, /number cannot be right/],
      [card.replace('17051990', '31021990'), /ngày sinh không đúng/, /date of birth cannot be right/],
      [card.replace('|Nữ|', '|N?|'), /giới tính/, /sex cannot be read/],
    ];
    for (const [payload, vi, en] of wrong) {
      const told = await scan(payload);
      expect(told).toMatchObject({ __typename: 'InvalidPass', code: 'UNREADABLE', declaration: null });
      expect(told.message).toMatch(vi);
      expect((await scan(payload, { language: 'en' })).message).toMatch(en);
    }
  });

  it('but of something else says that', async () => {
    const codes = ['https://example.com/menu', 'HC1:NCFOXN%TS3DH', '00020101021138570010A000000727', 'x'.repeat(200)];
    for (const payload of codes) expect((await scan(payload)).message).toMatch(/mã của thứ khác/);
    expect((await scan('xin chào')).message).not.toMatch(/mã của thứ khác/);
  });
});
