import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startServer, type TestServer } from '#test/server.ts';
import { TraceDesk } from '#test/tracing-desk.ts';
import { newUuid7 } from '#api/platform/shared/uuid7.ts';

// A plain search through time, over every pair of passages and of people at an address, against the worker's statements: on random
// people of two provinces, some merged, with passages in any order, some taken back, and windows of any length.
let server: TestServer;
let desk: TraceDesk;
beforeAll(async () => {
  server = await startServer();
  desk = await TraceDesk.open(server);
});
afterAll(async () => {
  await desk.close();
  await server.stop();
});

const minute = 60_000;
const people = 9;
const passageOf = fc.record({
  person: fc.nat(people - 1),
  /** Of the two citizens that a merged person has. */
  alias: fc.boolean(),
  province: fc.constantFrom('38', '01'),
  checkpoint: fc.nat(1),
  direction: fc.constantFrom('IN', 'OUT'),
  minutes: fc.nat(300),
  plate: fc.constantFrom(null, null, 'A', 'B'),
  void: fc.nat(9).map((one) => one === 0),
});
const world = fc.record({
  passages: fc.array(passageOf, { minLength: 8, maxLength: 45 }),
  merged: fc.array(fc.boolean(), { minLength: people, maxLength: people }),
  /** Whose home is which; null: nobody else's. */
  homes: fc.array(fc.constantFrom(null, null, 'X', 'Y'), { minLength: people, maxLength: people }),
  generations: fc.integer({ min: 1, max: 4 }),
  windowMinutes: fc.integer({ min: 1, max: 40 }),
  infectious: fc.tuple(fc.nat(150), fc.integer({ min: 10, max: 300 })),
  isolated: fc.array(fc.option(fc.nat(300), { freq: 3 }), { minLength: people, maxLength: people }),
});
type World = typeof world extends fc.Arbitrary<infer T> ? T : never;

interface Planted {
  /** Whom they stand as in the case's province. */
  ids: string[];
  passages: Array<{ person: number; id: string; at: number; place: string; direction: string; vehicle: string | null }>;
  begin: number;
  caseId: string;
}

async function plant({
  passages,
  merged,
  homes,
  generations,
  windowMinutes,
  infectious,
  isolated,
}: World): Promise<Planted> {
  const begin = Date.now() - 8 * 24 * 60 * minute;
  const run = newUuid7();
  const [ids, aliases] = [merged.map(() => newUuid7()), merged.map(() => newUuid7())];
  const checkpoints = [newUuid7(), newUuid7()];
  const rows = ids.flatMap((id, person) => [
    { id, person },
    ...(merged[person] ? [{ id: aliases[person] ?? '', person }] : []),
  ]);
  for (const province of ['38', '01']) {
    await server.sql(
      `insert into citizen (province_code, id, full_name, date_of_birth, sex, nationality, permanent_line, permanent_unit_id, created_at)
       select $1, id, 'Người Thử', '1990', 'MALE', 'VNM', line, '16438@2021', now() from unnest($2::uuid[], $3::text[]) as c (id, line)`,
      // An address is asked about in the province whose citizen it is: here in the case's.
      [
        province,
        rows.map(({ id }) => id),
        rows.map(({ person }) => (province === '38' ? `${homes[person] ?? person} ${run}` : `xa ${person} ${run}`)),
      ],
    );
    await server.sql(
      `insert into citizen_document (province_code, hmac, citizen_id, kind, created_at) select $1, convert_to(hash, 'UTF8'), id, 'CCCD', now()
       from unnest($2::uuid[], $3::text[]) as d (id, hash)`,
      [province, rows.map(({ id }) => id), rows.map(({ id }) => `number ${id}`)],
    );
    const pairs = merged.flatMap((is, person) => (is ? [person] : []));
    await server.sql(
      `insert into citizen_alias (province_code, alias_id, citizen_id, kept_id, merged_at, merged_by, reason)
       select $1, alias, kept, kept, now(), alias, 'x' from unnest($2::uuid[], $3::uuid[]) as a (alias, kept)`,
      [province, pairs.map((person) => aliases[person]), pairs.map((person) => ids[person])],
    );
  }
  const planted = passages.map((one) => ({
    ...one,
    at: begin + one.minutes * minute,
    id: newUuid7(begin + one.minutes * minute),
  }));
  const stored = planted.flatMap((one) => {
    const citizen = one.alias && merged[one.person] ? aliases[one.person] : ids[one.person];
    const base = { ...one, citizen, corrects: null as string | null, decision: 'ADMITTED' };
    return one.void ? [base, { ...base, id: newUuid7(one.at), corrects: one.id, decision: 'VOID' }] : [base];
  });
  await server.sql(
    `insert into passage (province_code, id, occurred_at, recorded_at, checkpoint_id, unit_id, citizen_id, direction, decision, evidence, channel,
       plate, recorded_by, recorded_offline, flags, flagged, corrects, content_hash)
     select province, id, uuid_time(id), now(), checkpoint, '16438@2021', citizen, direction, decision, 'CARD_ONLY', 'ONLINE', plate, id, false,
       '{}', false, corrects, '' from unnest($1::text[], $2::uuid[], $3::uuid[], $4::uuid[], $5::text[], $6::text[], $7::text[], $8::uuid[])
       as p (province, id, checkpoint, citizen, direction, decision, plate, corrects)`,
    [
      stored.map((one) => one.province),
      stored.map((one) => one.id),
      stored.map((one) => checkpoints[one.checkpoint]),
      stored.map((one) => one.citizen),
      stored.map((one) => one.direction),
      stored.map((one) => one.decision),
      stored.map((one) => one.plate && `${one.plate}${run.slice(-10)}`),
      stored.map((one) => one.corrects),
    ],
  );
  const caseId = newUuid7();
  const [from, length] = infectious;
  await server.sql(
    `insert into epidemic_case (province_code, id, unit_id, citizen_id, status, rule_set, infectious_from, infectious_until, opened_at, opened_by, justification)
     values ('38', $1, '38@2021', $2, 'CONFIRMED', 'VN-2021-12-29', $3, $4, now(), $2, 'x')`,
    [caseId, ids[0], new Date(begin + from * minute), new Date(begin + (from + length) * minute)],
  );
  await server.sql(
    `insert into case_contact (province_code, case_id, citizen_id, case_province, unit_id, generation, first_exposed_at, last_exposed_at, exposures,
       linked, status, until, isolated_at, found_at, updated_at)
     select '38', $1, id, '38', '38@2021', 1, now(), now(), 0, false, 'ISOLATING', current_date, at, now(), now()
     from unnest($2::uuid[], $3::timestamptz[]) as c (id, at) where at is not null`,
    [caseId, ids, isolated.map((one) => (one === null ? null : new Date(begin + one * minute)))],
  );
  // Asked for a minute ago: the database's clock has microseconds, and the worker's would not have come to them yet.
  await server.sql(
    `insert into case_trace (province_code, case_id, unit_id, status, generations, window_minutes, asked_by, asked_unit_id, asked_at, due_at)
     values ('38', $1, '38@2021', 'RUNNING', $2, $3, $4, '38@2021', now() - interval '1 minute', now() - interval '1 minute')`,
    [caseId, generations, windowMinutes, ids[0]],
  );
  const known = planted
    .filter((one) => !one.void)
    .map(({ person, id, at, province, checkpoint, direction, plate }) => ({
      person,
      id,
      at,
      place: `${province} ${checkpoint}`,
      direction,
      vehicle: plate && `${province} ${checkpoint} ${plate}`,
    }));
  return { ids, passages: known, begin, caseId };
}

interface Link {
  source: number;
  target: number;
  kind: string;
  at: number;
  rows: string;
}

/** Every way in which one who could pass it on from `since` until `until` met others. */
function meetings(world: World, { passages }: Planted, source: number, since: number, until: number): Link[] {
  const links: Link[] = [];
  for (const own of passages.filter(({ person, at }) => person === source && at >= since && at <= until))
    for (const other of passages) {
      if (other.person === source || Math.abs(own.at - other.at) > world.windowMinutes * minute) continue;
      const link = { source, target: other.person, at: Math.max(own.at, other.at), rows: `${own.id} ${other.id}` };
      if (own.place === other.place && own.direction === other.direction)
        links.push({ ...link, kind: 'SAME_CHECKPOINT' });
      if (own.vehicle && own.vehicle === other.vehicle) links.push({ ...link, kind: 'SAME_VEHICLE' });
    }
  const home = world.homes[source];
  if (home && since <= until)
    world.homes.forEach((theirs, target) => {
      if (theirs === home && target !== source)
        links.push({ source, target, kind: 'SAME_HOUSEHOLD', at: since, rows: '' });
    });
  return links;
}

/** By rounds: the earliest time by at most so many links, from the times of the round before. */
function search(world: World, planted: Planted) {
  const { begin } = planted;
  const [from, length] = world.infectious;
  const start = begin + from * minute;
  const untilOf = (person: number) => {
    if (person === 0) return begin + (from + length) * minute;
    const isolated = world.isolated[person] ?? null;
    return isolated === null ? Infinity : begin + isolated * minute;
  };
  let since = new Map([[0, start]]);
  const generation = new Map<number, number>();
  const links = new Map<string, Link>();
  for (let round = 1; round <= world.generations; round += 1) {
    const next = new Map(since);
    for (const [person, time] of since)
      for (const link of meetings(world, planted, person, time, untilOf(person))) {
        const { target, at } = link;
        if (target === 0 || at >= (since.get(target) ?? Infinity)) continue;
        const key = `${link.source} ${target} ${link.kind} ${link.rows}`;
        links.set(key, { ...link, at: Math.min(at, links.get(key)?.at ?? Infinity) });
        next.set(target, Math.min(at, next.get(target) ?? Infinity));
        if (!generation.has(target)) generation.set(target, round);
      }
    since = next;
  }
  return { since, generation, links };
}

it('a trace is what a plain search through time finds', { timeout: 300_000 }, async () => {
  await fc.assert(
    fc.asyncProperty(world, async (given) => {
      const planted = await plant(given);
      await desk.drain();
      const expected = search(given, planted);
      const contacts = await server.sql<{ citizen_id: string; generation: number; first_exposed_at: Date }>(
        'select citizen_id, generation, first_exposed_at from case_contact where case_id = $1 and linked',
        [planted.caseId],
      );
      const found = contacts.map((row) => [
        planted.ids.indexOf(row.citizen_id),
        row.generation,
        row.first_exposed_at.getTime(),
      ]);
      const wanted = [...expected.generation].map(([person, generation]) => [
        person,
        generation,
        expected.since.get(person),
      ]);
      const byPerson = (a: unknown[], b: unknown[]) => Number(a[0]) - Number(b[0]);
      expect(found.sort(byPerson)).toEqual(wanted.sort(byPerson));
      const rows = await server.sql<{
        source_id: string;
        target_id: string;
        kind: string;
        at: Date;
        source_row: string | null;
        target_row: string | null;
      }>('select source_id, target_id, kind, at, source_row, target_row from exposure where case_id = $1', [
        planted.caseId,
      ]);
      const links = rows.map((row) =>
        [
          planted.ids.indexOf(row.source_id),
          planted.ids.indexOf(row.target_id),
          row.kind,
          row.source_row ? `${row.source_row} ${row.target_row ?? ''}` : '',
          row.at.getTime(),
        ].join(' '),
      );
      const plain = [...expected.links.values()].map(({ source, target, kind, rows: evidence, at }) =>
        [source, target, kind, evidence, at].join(' '),
      );
      expect(links.sort()).toEqual(plain.sort());
    }),
    { numRuns: 60 },
  );
});
