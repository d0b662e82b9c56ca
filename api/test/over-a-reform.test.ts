import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newUuid7 } from '#api/platform/shared/uuid7.ts';
import { vietnamDate } from '#api/platform/shared/vietnam-date.ts';
import { aCardCode, aDeclaration, aPassage, declared, record, submit } from '#test/builders.ts';
import { asOwner } from '#test/postgres.ts';
import { ReformDraft, bringTo } from '#test/reform-desk.ts';
import { startServer, type TestServer } from '#test/server.ts';
import { aRule, aZone, saveZone } from '#test/zones.ts';

// Of Quảng Xương, Thanh Hóa: 16438 takes in 16447 whole; 16453 is split between 16438 and 16456.
const draft = () => new ReformDraft().withoutDistricts('38').merge('16438', '16447').split('16453', '16438', '16456');

/** The reform holds from today on, so that what is dated yesterday is of the units before it. */
const day = vietnamDate(new Date());
const [yesterday, today] = [() => Date.now() - 86_400_000, () => Date.now()];
const before = (code: string) => `${code}@2021`;
const since = (code: string) => `${code}@${day}`;
const to = (unitCode: string) => ({ journey: { destinationAddress: { line: 'Thôn 1', unitCode } } });
const zone = aZone({ name: 'Huyện Quảng Xương', unitCodes: ['406'], entryRules: [aRule()] });

let server: TestServer;
let earlier: Awaited<ReturnType<typeof declared>>;
beforeAll(async () => {
  server = await startServer();
  await saveZone(server, zone);
  earlier = await declared(server, to('16447'));
  await bringTo(server, draft(), day);
});
afterAll(() => server.stop());

const unitsOf = async (id: string) => {
  const [row] = await server.sql<{ address: string; origin: string; advice: string }>(
    'select destination_address_unit_id as address, origin_unit_id as origin, advice from declaration where id = $1',
    [id],
  );
  return row;
};

describe('a declaration', () => {
  it('of before the day speaks of the units of then, however late it is sent', async () => {
    const { id } = await declared(server, { id: newUuid7(yesterday()), ...to('16447') });
    expect((await unitsOf(id))?.address).toBe(before('16447'));
  });

  it('of the day itself speaks of the units of the day; a code that ended is said to be none', async () => {
    const { id } = await declared(server, { id: newUuid7(today()), ...to('16438') });
    expect((await unitsOf(id))?.address).toBe(since('16438'));
    const [gone] = (await submit(server, [aDeclaration(to('16447'))])).data.submitDeclarations;
    expect(gone?.fields?.map(({ path }) => path)).toContain('journey.destinationAddress.unitCode');
  });

  it('keeps the places of its day: who reads it masked sees the district of then', async () => {
    const { data } = await server.graphql<{
      declaration: { journey: { destinationAddress: { unit: { id: string; parent: { fullName: string } } } } };
    }>(
      'query ($id: ID!) { declaration(id: $id) { journey { destinationAddress { unit { id parent { fullName } } } } } }',
      { id: earlier.id },
      { as: 'admin.38' },
    );
    expect(data.declaration.journey.destinationAddress.unit).toEqual({
      id: before('406'),
      parent: { fullName: 'Tỉnh Thanh Hóa' },
    });
  });
});

describe('a passage', () => {
  const unitOf = async (id: string) =>
    (await server.sql<{ unit_id: string }>('select unit_id from passage where id = $1', [id]))[0]?.unit_id;

  it('recorded offline the day before and sent late belongs to the unit of its day; one of today to today’s', async () => {
    const late = aPassage(server.checkpoints.cauGhep, {
      ...{ id: newUuid7(yesterday()), qrPayload: earlier.qrPayload, recordedOffline: true },
    });
    const now = aPassage(server.checkpoints.cauGhep, { declarationId: earlier.id, direction: 'OUT' });
    const { data } = await record(server, [late, now]);
    expect(data.recordPassages.map(({ __typename }) => __typename)).toEqual(['PassageRecorded', 'PassageRecorded']);
    expect([await unitOf(late.id), await unitOf(now.id)]).toEqual([before('16438'), since('16438')]);
  });

  it('sent again after the day is the same one', async () => {
    const late = aPassage(server.checkpoints.cauGhep, {
      ...{ id: newUuid7(yesterday() + 1), declarationId: earlier.id, recordedOffline: true },
    });
    await record(server, [late]);
    const [again] = (await record(server, [late])).data.recordPassages;
    expect(again).toMatchObject({ __typename: 'PassageRecorded', duplicate: true });
  });
});

describe('a zone over units that ended', () => {
  const unitIds = async () =>
    (await server.sql<{ unit_id: string }>('select unit_id from epidemic_zone_unit where zone_id = $1', [zone.id])).map(
      ({ unit_id }) => unit_id,
    );

  it('holds what took their place, at once when the units are read anew', async () => {
    const [fresh] = (await submit(server, [aDeclaration(to('16438'))])).data.submitDeclarations;
    expect(fresh?.declaration).toMatchObject({ advice: 'EXAMINE', reasons: [zone.entryRules[0]?.description] });
    const { data } = await server.graphql<{ scan: { advice: string } }>(
      'query ($payload: String!, $at: ID!) { scan(payload: $payload, checkpointId: $at) { ... on ValidPass { advice } } }',
      { payload: earlier.qrPayload, at: server.checkpoints.cauGhep },
      { as: 'officer.38' },
    );
    expect(data.scan.advice).toBe('EXAMINE');
  });

  it('is told to devices with the codes of both', async () => {
    const list = (await (await fetch(`${server.url}/trust.json`)).json()) as { zones: Array<{ units: string[] }> };
    expect(list.zones[0]?.units).toContain('406');
  });

  it('is tried on what went there before the day and on what goes to its heirs since', async () => {
    const { data } = await server.graphql<{ tryRules: { tried: number } }>(
      'mutation ($input: ZoneInput!) { tryRules(input: $input) { tried } }',
      { input: { ...zone, unitCodes: [since('16438')] } },
      { as: 'admin.38' },
    );
    const [stored] = await server.sql<{ count: number }>('select count(*)::int from declaration');
    expect(data.tryRules.tried).toBe(stored?.count);
  });

  it('is changed without losing them: by id they are what they were, by a code that ended none', async () => {
    const named = { ...zone, name: 'Quảng Xương cũ' };
    const { data } = await saveZone(server, { ...named, unitCodes: [before('406')] });
    expect(data.saveZone.units).toEqual([{ code: '406' }]);
    expect(await unitIds()).toEqual([before('406')]);
    const refused = await saveZone(server, named);
    expect(refused.errors?.[0]?.extensions['fields']).toHaveProperty(['unitCodes.0']);
  });

  it('is saved while another reform is being brought', async () => {
    await asOwner(server.ownerUrl, async (client) => {
      await client.query('select pg_advisory_lock(3802031)');
      const { data } = await saveZone(server, { ...zone, name: 'Giữa lúc nhập', unitCodes: [before('406')] });
      expect(data.saveZone.name).toBe('Giữa lúc nhập');
    });
  });
});

describe('after a reform', () => {
  it('a sign that was hung up before it tells the unit of today', async () => {
    const { data } = await server.graphql<{ checkpointSign: { unit: { id: string; parent: { code: string } } } }>(
      'query ($id: ID!) { checkpointSign(id: $id) { unit { id parent { code } } } }',
      { id: server.checkpoints.cauGhep },
    );
    expect(data.checkpointSign.unit).toEqual({ id: since('16438'), parent: { code: '38' } });
  });

  it('a card tells the address that is printed on it, with the names of before', async () => {
    const address = 'Thôn 3, Quảng Bình, Quảng Xương, Thanh Hóa';
    const { data } = await server.graphql<{ scan: { address: string } }>(
      'query ($payload: String!, $at: ID!) { scan(payload: $payload, checkpointId: $at) { ... on IdCard { address } } }',
      { payload: aCardCode({ address }), at: server.checkpoints.cauGhep },
      { as: 'officer.38' },
    );
    expect(data.scan.address).toBe(address);
  });

  it('a place is found by what it was called before, with what took its place', async () => {
    const { data } = await server.graphql<{
      administrativeUnits: Array<{ id: string; validTo: string | null; replacedBy: Array<{ id: string }> }>;
    }>('{ administrativeUnits(search: "quang dinh quang xuong", past: true) { id validTo replacedBy { id } } }', {});
    expect(data.administrativeUnits.every(({ validTo }) => validTo !== null)).toBe(true);
    expect(data.administrativeUnits[0]?.replacedBy.length).toBeGreaterThan(0);
  });
});
