import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newUuid7 } from '#api/platform/shared/uuid7.ts';
import { startServer, type TestServer } from '#test/server.ts';
import { aRule, aZone, saveZone, zonesDocument, zonesOf } from '#test/zones.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startServer();
});
afterAll(() => server.stop());

const saved = async (input: object, as?: string) => {
  const answer = await saveZone(server, input, as);
  if (answer.errors) throw new Error(answer.text);
  return answer.data.saveZone;
};
const problems = async (input: object, as?: string) => {
  const { code, fields } = (await saveZone(server, input, as)).errors?.[0]?.extensions ?? {};
  return [code, ...Object.keys((fields as object | undefined) ?? {})];
};
const entriesOf = (id: string) =>
  server.sql<{ action: string; province_code: string; detail: object }>(
    'select action, province_code, detail from audit_entry where subject_ids @> array[$1::uuid] order by at',
    [id],
  );

describe('who may set a zone', () => {
  it('an administrator within the own jurisdiction; nobody else, and nowhere else', async () => {
    expect(await saved(aZone())).toMatchObject({ level: 'LEVEL_4', units: [{ code: '16438' }], mayChange: true });
    expect(await problems(aZone({ unitCodes: ['16438', '00001'] }))).toEqual(['BAD_USER_INPUT', 'unitCodes.1']);
    expect(await problems(aZone(), 'admin.district')).toEqual(['BAD_USER_INPUT', 'unitCodes.0']);
    expect(await problems(aZone({ unitCodes: ['VN'] }), 'admin.vn')).toEqual(['BAD_USER_INPUT', 'unitCodes.0']);
    for (const as of ['officer.38', 'tracer.38', 'analyst.38', 'auditor.38'])
      expect((await saveZone(server, aZone(), as)).errors?.[0]?.extensions['code']).toBe('FORBIDDEN');
    expect((await server.graphql(zonesDocument)).errors?.[0]?.extensions['code']).toBe('UNAUTHENTICATED');
    expect((await server.graphql(zonesDocument, {}, { as: 'officer.38' })).errors?.[0]?.extensions['code']).toBe(
      'FORBIDDEN',
    );
  });

  it('a zone that lies elsewhere, also in part, is as good as none', async () => {
    const ofHanoi = aZone({ unitCodes: ['00001'] });
    await saved(ofHanoi, 'admin.01');
    expect(await problems({ ...ofHanoi, unitCodes: ['16438'] })).toEqual(['NOT_FOUND']);
    const ofBoth = aZone({ unitCodes: ['16438', '00001'] });
    await saved(ofBoth, 'admin.vn');
    expect(await problems({ ...ofBoth, unitCodes: ['16438'] })).toEqual(['NOT_FOUND']);
    expect((await zonesOf(server)).find(({ id }) => id === ofBoth.id)?.mayChange).toBe(false);
  });

  it('each sees the zones that touch the own jurisdiction, also those set from above', async () => {
    const ofProvince = aZone({ unitCodes: ['38'], name: 'Cả tỉnh', level: 'LEVEL_1' });
    await saved(ofProvince);
    const seen = await zonesOf(server, 'admin.district');
    expect(seen.map(({ id }) => id)).toEqual([ofProvince.id]);
    expect(seen[0]?.mayChange).toBe(false);
    expect((await zonesOf(server, 'admin.01')).map(({ id }) => id)).not.toContain(ofProvince.id);
  });
});

describe('saving a zone', () => {
  it('sent twice it happens once', async () => {
    const zone = aZone({ contactName: 'Trạm Y tế', contactPhone: '0237 3999 000' });
    const first = await saved(zone);
    expect(await saved(zone)).toEqual(first);
    expect(await entriesOf(zone.id)).toMatchObject([{ action: 'zone.create', province_code: '38' }]);
  });

  it('only a rule that changed becomes a new version; the old one stays as it was', async () => {
    const [kept, changing, dropped] = [aRule(), aRule(), aRule()];
    const zone = aZone({ entryRules: [kept, changing, dropped] });
    await saved(zone);
    const stricter = { ...changing, onFailure: 'REFUSE' };
    const after = await saved({ ...zone, entryRules: [kept, stricter] });
    expect(after.entryRules.map(({ id, version }) => [id, version])).toEqual([
      [kept.id, 1],
      [changing.id, 2],
    ]);
    const rows = await server.sql<{ id: string; version: number; ended: boolean; on_failure: string }>(
      'select id, version, ended_at is not null as ended, on_failure from movement_rule where zone_id = $1 order by id, version',
      [zone.id],
    );
    expect(rows).toEqual([
      { id: kept.id, version: 1, ended: false, on_failure: 'EXAMINE' },
      { id: changing.id, version: 1, ended: true, on_failure: 'EXAMINE' },
      { id: changing.id, version: 2, ended: false, on_failure: 'REFUSE' },
      { id: dropped.id, version: 1, ended: true, on_failure: 'EXAMINE' },
    ]);
    const [, entry] = await entriesOf(zone.id);
    expect(entry).toMatchObject({
      action: 'zone.change',
      detail: { changed: ['rules'], rules: [`${changing.id}@2`, `${dropped.id} ended`] },
    });
    const again = await saved({ ...zone, entryRules: [dropped] });
    expect(again.entryRules[0]?.version).toBe(2);
    const versions = again.endedEntryRules.map(({ id, version }) => `${id}@${version}`);
    expect(versions.toSorted()).toEqual(
      [`${kept.id}@1`, `${changing.id}@1`, `${changing.id}@2`, `${dropped.id}@1`].toSorted(),
    );
    const ends = again.endedEntryRules.map(({ endedAt }) => endedAt ?? '');
    expect(ends).toEqual(ends.toSorted().toReversed());
  });

  it('what is wrong is said of all fields at once, and nothing is stored', async () => {
    const wrong = {
      entryRules: [aRule(), aRule({ logic: { cat: ['a', 'b'] }, onFailure: 'ADMIT', description: ' ' })],
      exitRules: [aRule({ logic: { '<': [{ var: 'testNegative' }, 3] } })],
    };
    const input = aZone({ name: '', unitCodes: [], endsOn: '2021-07-31', contactPhone: 'gọi tôi', ...wrong });
    const answer = await saveZone(server, input, 'admin.38', 'en');
    expect(answer.errors?.[0]?.extensions).toEqual({
      code: 'BAD_USER_INPUT',
      fields: {
        name: expect.any(String),
        unitCodes: expect.any(String),
        endsOn: expect.any(String),
        contactPhone: expect.any(String),
        'entryRules.1.logic': 'This operator is not among those allowed.',
        'entryRules.1.onFailure': expect.any(String),
        'entryRules.1.description': expect.any(String),
        'exitRules.0.logic': 'What is compared does not fit together.',
      },
    });
    expect(await server.sql('select from epidemic_zone where id = $1', [input.id])).toEqual([]);
  });

  it('a rule of another zone is not taken over', async () => {
    const [zone, other] = [aZone(), aZone()];
    await saved(zone);
    expect(await problems({ ...other, exitRules: zone.entryRules })).toEqual(['BAD_USER_INPUT', 'exitRules.0.id']);
    const [twice] = other.entryRules;
    expect(await problems({ ...other, exitRules: [twice] })).toEqual(['BAD_USER_INPUT', 'exitRules.0.id']);
  });

  it('a change can begin later: until then the version before holds', async () => {
    const rule = aRule();
    const zone = aZone({ entryRules: [rule] });
    await saved(zone);
    const tomorrow = new Date(Date.now() + 86_400_000).toISOString();
    const coming = { ...rule, onFailure: 'REFUSE', validFrom: tomorrow };
    expect((await saved({ ...zone, entryRules: [coming] })).entryRules).toMatchObject([
      { version: 2, validFrom: tomorrow, endedAt: null },
    ]);
    const [first] = await server.sql<{ ended_at: Date }>(
      'select ended_at from movement_rule where id = $1 and version = 1',
      [rule.id],
    );
    expect(first?.ended_at.toISOString()).toBe(tomorrow);
    expect((await saved({ ...zone, entryRules: [coming] })).entryRules[0]?.version).toBe(2);
    const onDay = async (days: number) => {
      const day = new Date(Date.now() + days * 86_400_000 + 7 * 3_600_000).toISOString().slice(0, 10);
      return (await zonesOf(server, 'admin.38', day)).find(({ id }) => id === zone.id)?.entryRules[0]?.version;
    };
    expect([await onDay(0), await onDay(2)]).toEqual([1, 2]);
  });

  it('what two save at once is stored in some order, each revision once', async () => {
    await Promise.all(Array.from({ length: 6 }, () => saved(aZone())));
    const revisions = await server.sql<{ revision: number }>('select revision from epidemic_zone');
    expect(new Set(revisions.map(({ revision }) => revision)).size).toBe(revisions.length);
  });
});

describe('zones of a day', () => {
  it('are those that hold on it, both ends included', async () => {
    const zone = aZone({ startsOn: '2021-09-10', endsOn: '2021-09-12', id: newUuid7() });
    await saved(zone);
    const on = async (day: string) => (await zonesOf(server, 'admin.38', day)).some(({ id }) => id === zone.id);
    expect([await on('2021-09-09'), await on('2021-09-10'), await on('2021-09-12'), await on('2021-09-13')]).toEqual([
      false,
      true,
      true,
      false,
    ]);
    expect((await zonesOf(server)).map(({ id }) => id)).toContain(zone.id);
  });

  it('is ended with a date and opened again without', async () => {
    const zone = aZone();
    await saved(zone);
    expect((await saved({ ...zone, endsOn: '2021-08-20' })).endsOn).toBe('2021-08-20');
    expect((await saved(zone)).endsOn).toBeNull();
    expect((await entriesOf(zone.id)).map(({ action }) => action)).toEqual([
      'zone.create',
      'zone.change',
      'zone.change',
    ]);
  });
});

it('a checkpoint tells the zone of the highest level that it stands in today', async () => {
  const zoneOf = async () =>
    (
      await server.graphql<{ checkpoint: { zone: { id: string } | null } }>(
        'query ($id: ID!) { checkpoint(id: $id) { zone { id level } } }',
        { id: server.checkpoints.docXay },
        { as: 'officer.38' },
      )
    ).data.checkpoint.zone?.id;
  const [low, high, past] = [
    aZone({ unitCodes: ['14812'], level: 'LEVEL_3' }),
    aZone({ unitCodes: ['14812'] }),
    aZone({ unitCodes: ['14812'], endsOn: '2021-08-02' }),
  ];
  for (const zone of [past, low]) await saved(zone);
  expect(await zoneOf()).toBe(low.id);
  await saved(high);
  expect(await zoneOf()).toBe(high.id);
});
