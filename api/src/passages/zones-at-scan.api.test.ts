import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { aPassage, declared, record, submit, aDeclaration } from '#test/builders.ts';
import { startServer, type TestServer } from '#test/server.ts';
import { aRule, aZone, saveZone } from '#test/zones.ts';

let server: TestServer;
let other: TestServer;
beforeAll(async () => {
  server = await startServer();
  other = await startServer({ database: server });
});
afterAll(async () => {
  await other.stop();
  await server.stop();
});

const day = 86_400_000;
const hoursAgo = (hours: number) => new Date(Date.now() - hours * 3_600_000);
const dayFromNow = (days: number) => new Date(Date.now() + 7 * 3_600_000 + days * day).toISOString().slice(0, 10);
const saved = async (input: object, as?: string) => {
  const answer = await saveZone(server, input, as);
  if (answer.errors) throw new Error(answer.text);
  return answer.data.saveZone;
};
/** Each test has a commune of its own, so that zones of others do not count. */
const communes = ['16447', '16453', '16456', '16462', '16465', '16468', '16471', '16474', '16477', '16480'];
const nextCommune = () => communes.shift() ?? '';
const to = (unitCode: string) => ({ journey: { destinationAddress: { line: 'Thôn 1', unitCode } } });

const scan = async (payload: string, at: TestServer = server, language: 'vi' | 'en' = 'vi') =>
  (
    await at.graphql<{
      scan: { advice: string; reasons: string[]; declaration: { advice: string; reasons: string[] } };
    }>(
      `query ($payload: String!, $checkpointId: ID!) { scan(payload: $payload, checkpointId: $checkpointId) {
         ... on ValidPass { advice reasons declaration { advice reasons } } } }`,
      { payload, checkpointId: server.checkpoints.cauGhep },
      { as: 'officer.38', language },
    )
  ).data.scan;

describe('the advice at submission', () => {
  it('is that of the entry rules of the destination’s zones, with its reasons in the reader’s language', async () => {
    const commune = nextCommune();
    await saved(aZone({ unitCodes: [commune] }));
    const [untested] = (await submit(server, [aDeclaration(to(commune))])).data.submitDeclarations;
    expect(untested?.declaration).toMatchObject({
      advice: 'EXAMINE',
      reasons: ['Không có xét nghiệm âm tính trong 72 giờ.'],
    });
    const health = { testedAt: hoursAgo(5), testNegative: true };
    const tested = (await submit(server, [aDeclaration({ ...to(commune), health })], 'en')).data.submitDeclarations[0];
    expect(tested?.declaration).toMatchObject({ advice: 'ADMIT', reasons: [] });
    const elsewhere = (await submit(server, [aDeclaration(to(nextCommune()))])).data.submitDeclarations[0];
    expect(elsewhere?.declaration.advice).toBe('ADMIT');
  });

  it('is that of the exit rules of the origin’s zones too; a zone of a district holds its communes', async () => {
    const noSymptoms = aRule({
      description: 'Có triệu chứng.',
      logic: { '!': [{ var: 'symptoms' }] },
      onFailure: 'REFUSE',
    });
    await saved(aZone({ unitCodes: ['009'], entryRules: [], exitRules: [noSymptoms] }), 'admin.01');
    const journey = { ...to(nextCommune()).journey, originCode: '00343' };
    const health = { symptoms: ['COUGH' as const] };
    const [ill] = (await submit(server, [aDeclaration({ journey, health })])).data.submitDeclarations;
    expect(ill?.declaration).toMatchObject({
      advice: 'REFUSE',
      reasons: ['Có triệu chứng.', 'Có triệu chứng trong 14 ngày qua.'],
    });
  });

  it('takes the highest level where zones overlap, and the rules of all', async () => {
    const commune = nextCommune();
    const below4 = aRule({ description: 'Vùng cấp 4.', logic: { '<': [{ var: 'destinationLevel' }, 4] } });
    await saved(aZone({ unitCodes: [commune], level: 'LEVEL_2', entryRules: [below4] }));
    const dosed = aRule({ description: 'Chưa tiêm.', logic: { '>=': [{ var: 'vaccineDoses' }, 2] } });
    await saved(aZone({ unitCodes: [commune], level: 'LEVEL_4', entryRules: [dosed] }));
    const [both] = (await submit(server, [aDeclaration(to(commune))])).data.submitDeclarations;
    expect(both?.declaration.reasons.toSorted()).toEqual(['Chưa tiêm.', 'Vùng cấp 4.']);
  });

  it('names rule and version, so that it is read as it was then, whatever became of the rule', async () => {
    const commune = nextCommune();
    const rule = aRule();
    const zone = aZone({ unitCodes: [commune], entryRules: [rule] });
    await saved(zone);
    const { id, qrPayload } = await declared(server, to(commune));
    const [stored] = await server.sql<{ reasons: string[]; rules_version: number }>(
      'select reasons, rules_version from declaration where id = $1',
      [id],
    );
    expect(stored?.reasons).toEqual([`${rule.id}@1`]);
    expect(stored?.rules_version).toBeGreaterThan(1);
    const changed = { ...rule, description: 'Câu chữ mới.', descriptionEnglish: null };
    await saved({ ...zone, entryRules: [changed] });
    await server.sql(`update declaration set reasons = reasons || '{SYMPTOMS,nobody@3}' where id = $1`, [id]);
    const found = await scan(qrPayload);
    expect(found.reasons).toEqual(['Câu chữ mới.']);
    expect(found.declaration.reasons).toEqual([
      'Không có xét nghiệm âm tính trong 72 giờ.',
      'Có triệu chứng trong 14 ngày qua.',
    ]);
  });
});

describe('the advice at a scan', () => {
  it('is judged by the zones as they are then, and the passage carries it', async () => {
    const commune = nextCommune();
    const { qrPayload, id } = await declared(server, to(commune));
    expect((await scan(qrPayload)).advice).toBe('ADMIT');
    const zone = aZone({ unitCodes: [commune], entryRules: [aRule({ onFailure: 'REFUSE' })] });
    await saved(zone);
    const found = await scan(qrPayload, server, 'en');
    expect(found).toMatchObject({
      advice: 'REFUSE',
      reasons: ['Has no negative test of the last 72 hours.'],
      declaration: { advice: 'ADMIT', reasons: [] },
    });
    const passage = aPassage(server.checkpoints.cauGhep, { declarationId: id });
    await record(server, [passage]);
    expect(await server.sql('select advice, flags from passage where id = $1', [passage.id])).toEqual([
      { advice: 'REFUSE', flags: ['ADVICE_OVERRIDDEN'] },
    ]);
    await saved({ ...zone, endsOn: dayFromNow(-1) });
    expect((await scan(qrPayload)).advice).toBe('ADMIT');
  });

  it('knows of a zone that was changed on another node, without a restart', async () => {
    const commune = nextCommune();
    const { qrPayload } = await declared(server, to(commune));
    await saved(aZone({ unitCodes: [commune] }));
    await expect.poll(async () => (await scan(qrPayload, other)).advice, { timeout: 10_000 }).toBe('EXAMINE');
  });

  it('does not apply a zone that begins tomorrow, nor one that ended yesterday', async () => {
    const commune = nextCommune();
    const { qrPayload } = await declared(server, to(commune));
    await saved(aZone({ unitCodes: [commune], startsOn: dayFromNow(1) }));
    await saved(aZone({ unitCodes: [commune], endsOn: dayFromNow(-1) }));
    expect((await scan(qrPayload)).advice).toBe('ADMIT');
    await saved(aZone({ unitCodes: [commune], startsOn: dayFromNow(0), endsOn: dayFromNow(0) }));
    expect((await scan(qrPayload)).advice).toBe('EXAMINE');
  });
});

describe('a passage that was recorded without network', () => {
  const stored = (id: string) => server.sql('select advice, flags from passage where id = $1', [id]);
  const offline = (qrPayload: string, changes: object = {}) =>
    aPassage(server.checkpoints.cauGhep, { qrPayload, recordedOffline: true, ...changes });

  it('keeps the advice that the device showed, also where it is sent again', async () => {
    const { qrPayload } = await declared(server, to(nextCommune()));
    const passage = offline(qrPayload, { advice: 'REFUSE' });
    for (const duplicate of [false, true])
      expect((await record(server, [passage])).data.recordPassages[0]).toMatchObject({ duplicate });
    expect(await stored(passage.id)).toEqual([{ advice: 'REFUSE', flags: ['ADVICE_OVERRIDDEN'] }]);
    const [other] = (await record(server, [{ ...passage, advice: 'ADMIT' }])).data.recordPassages;
    expect(other?.code).toBe('ID_REUSED');
  });

  it('has the advice of the declaration where the device tells none; a milder one hides nothing', async () => {
    const health = { contactWithCase: true };
    const { qrPayload } = await declared(server, { ...to('16483'), health });
    const [silent, milder] = [offline(qrPayload), offline(qrPayload, { advice: 'ADMIT', direction: 'OUT' })];
    await record(server, [silent, milder]);
    expect(await stored(silent.id)).toMatchObject([{ advice: 'REFUSE' }]);
    expect(await stored(milder.id)).toEqual([{ advice: 'ADMIT', flags: ['ADVICE_OVERRIDDEN'] }]);
  });

  it('is the only one that may tell it', async () => {
    const { qrPayload, id } = await declared(server, to('16483'));
    const wrong = [
      offline(qrPayload, { advice: 'ADMIT', recordedOffline: false }),
      aPassage(server.checkpoints.cauGhep, { declarationId: id, recordedOffline: true, advice: 'ADMIT' }),
    ];
    const { data } = await record(server, wrong, 'officer.38', 'en');
    expect(data.recordPassages.map(({ code, message }) => [code, message])).toEqual(
      Array(2).fill(['INVALID', expect.stringContaining('scanned without network')]),
    );
  });
});

describe('the trust list', () => {
  interface TrustList {
    rulesVersion: number;
    everywhere: Array<{ id: string }>;
    zones: Array<{ level: number; units: string[]; entryRules: Array<{ id: string; version: number }> }>;
  }
  const read = () => fetch(`${server.url}/trust.json`);

  it('holds the rules in force and the zones with their units, under an ETag that changes with them', async () => {
    const commune = nextCommune();
    const rule = aRule();
    const before = (await read()).headers.get('etag');
    await saved(aZone({ unitCodes: [commune, '401'], entryRules: [rule] }));
    await saved(aZone({ unitCodes: [commune], endsOn: dayFromNow(-1), name: 'Đã hết' }));
    await expect.poll(async () => (await read()).headers.get('etag') !== before, { timeout: 10_000 }).toBe(true);
    const list = (await (await read()).json()) as TrustList;
    expect(list.everywhere.map(({ id }) => id)).toContain('SYMPTOMS');
    const own = list.zones.filter(({ units }) => units.includes(commune));
    expect(own).toMatchObject([{ level: 4, entryRules: [{ id: rule.id, version: 1 }] }]);
    // The district itself, and its 24 communes in a few runs.
    expect(own[0]?.units).toContain('401');
    expect(own[0]?.units.length).toBeLessThan(8);
  });
});
