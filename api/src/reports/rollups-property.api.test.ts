import fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { vietnamDate } from '#api/platform/shared/vietnam-date.ts';
import { inTransaction, wholeProvinces } from '#api/platform/database/transaction.ts';
import type { OutboxEvent } from '#api/platform/outbox/event-handler.ts';
import { newUuid7, uuid7Time } from '#api/platform/shared/uuid7.ts';
import { aPassage, record } from '#test/builders.ts';
import { ReportDesk } from '#test/report-desk.ts';
import { startServer, type TestServer } from '#test/server.ts';
import { countDueDays } from './count-due-days.service.ts';
import { movementCounters, journeyCounters, type Counter } from './counters.ts';
import { keepRollups } from './keep-rollups.service.ts';
import { verifyRollups, type Difference } from './verify-rollups.service.ts';

const hourMs = 3_600_000;
/** A Sunday at noon in UTC: the two days that follow lie in two weeks, and so does the Monday in Viet Nam. */
const start = (() => {
  const now = new Date();
  const back = ((now.getUTCDay() + 6) % 7) + 1;
  return Date.UTC(now.getUTCFullYear(), now.getUTCMonth(), now.getUTCDate() - back, 12);
})();

interface Row {
  id: string;
  at: number;
  checkpoint: string;
  direction: string;
  decision: string;
  channel: string;
  offline: boolean;
  flagged: boolean;
  person: string | null;
  journey: { origin: string; destination: string; purpose: string } | null;
  corrects: string | null;
}

let server: TestServer;
let desk: ReportDesk;
let units: Map<string, string>;
beforeAll(async () => {
  server = await startServer();
  desk = await ReportDesk.open(server);
  units = new Map([
    [server.checkpoints.docXay, '14812@2021'],
    [server.checkpoints.cauGhep, '16438@2021'],
    [server.checkpoints.hamRong, '14758@2021'],
  ]);
});
afterAll(async () => {
  await desk.close();
  await server.stop();
});
beforeEach(clear);

async function clear(): Promise<void> {
  await server.sql('truncate passage, outbox, movement_hour, movement_day, journey_day, people_day, recount_due');
}

const checkpointsOf = () => [...units.keys()];
const people = Array.from({ length: 4 }, () => newUuid7());
const journeys = [
  { origin: '01@2021', destination: '16438@2021', purpose: 'HOME' },
  { origin: '37@2021', destination: '14758@2021', purpose: 'WORK' },
  { origin: '38@2021', destination: '00001@2021', purpose: 'GOODS' },
];

const insert = `insert into passage (province_code, id, occurred_at, recorded_at, checkpoint_id, unit_id, citizen_id, direction, decision,
    evidence, channel, purpose, origin_unit_id, destination_unit_id, recorded_by, recorded_offline, flags, flagged, corrects, content_hash)
  values ('38', $1, uuid_time($1), now(), $2, $3, $4, $5, $6, 'NO_CARD', $7, $8, $9, $10, $1, $11, '{}', $12, $13, '') on conflict do nothing`;

async function store(row: Row): Promise<void> {
  await server.sql(insert, [
    row.id,
    row.checkpoint,
    units.get(row.checkpoint),
    row.person,
    row.direction,
    row.decision,
    row.channel,
    row.journey?.purpose ?? null,
    row.journey?.origin ?? null,
    row.journey?.destination ?? null,
    row.offline,
    row.flagged,
    row.corrects,
  ]);
}

async function keyIn({ id, person, journey }: Row): Promise<void> {
  await server.sql(
    'update passage set citizen_id = $2, purpose = $3, origin_unit_id = $4, destination_unit_id = $5 where id = $1',
    [id, person, journey?.purpose, journey?.origin, journey?.destination],
  );
}

type Cells = Record<string, Record<string, number>>;
const allOf = async (table: string, key: string, counters: readonly Counter[]): Promise<Cells> => {
  const rows = await server.sql(['select', key, 'as key, m.* from', table, 'm'].join(' '));
  const counted = rows.map((row): [string, Record<string, number>] => [
    String(row['key']),
    Object.fromEntries(
      counters.flatMap(({ column }) => (row[column] ? [[column, Number(row[column])] as [string, number]] : [])),
    ),
  ]);
  return Object.fromEntries(counted.filter(([, counts]) => Object.keys(counts).length > 0));
};

/** What a plain count of the rows says, by whatever a row belongs to. */
function countedBy(rows: readonly Row[], keysOf: (row: Row) => string[], counters: readonly Counter[]): Cells {
  const corrected = new Set(rows.map(({ corrects }) => corrects));
  const cells: Cells = {};
  for (const row of rows.filter(({ id, decision }) => decision !== 'VOID' && !corrected.has(id)))
    for (const key of keysOf(row)) {
      const cell = (cells[key] ??= {});
      const parts = { all: true, offline: row.offline, flagged: row.flagged, paper: row.channel === 'PAPER' };
      for (const { column, direction, decision, part } of counters)
        if (row.direction === direction && row.decision === decision && parts[part])
          cell[column] = (cell[column] ?? 0) + 1;
    }
  return cells;
}
const dayOf = ({ at }: Row) => vietnamDate(new Date(at));
const hourOf = ({ at }: Row) => String(Math.floor(at / hourMs));
const province = (unit: string) =>
  ({ '16438@2021': '38', '14758@2021': '38', '00001@2021': '01' })[unit] ?? unit.slice(0, 2);
const journeysOf = (row: Row) => [
  `ORIGIN ${dayOf(row)} ${row.checkpoint} ${row.journey ? province(row.journey.origin) : ''}`,
  `DESTINATION ${dayOf(row)} ${row.checkpoint} ${row.journey ? province(row.journey.destination) : ''}`,
  `PURPOSE ${dayOf(row)} ${row.checkpoint} ${row.journey?.purpose ?? ''}`,
];

async function expectCounted(rows: readonly Row[]): Promise<void> {
  const hours = `extract(epoch from hour)::bigint / 3600 || ' ' || checkpoint_id || ' ' || channel`;
  expect(await allOf('movement_hour', hours, movementCounters)).toEqual(
    countedBy(rows, (row) => [`${hourOf(row)} ${row.checkpoint} ${row.channel}`], movementCounters),
  );
  expect(await allOf('movement_day', `day || ' ' || checkpoint_id || ' ' || channel`, movementCounters)).toEqual(
    countedBy(rows, (row) => [`${dayOf(row)} ${row.checkpoint} ${row.channel}`], movementCounters),
  );
  expect(
    await allOf('journey_day', `kind || ' ' || day || ' ' || checkpoint_id || ' ' || value`, journeyCounters),
  ).toEqual(countedBy(rows, journeysOf, journeyCounters));
  expect(await peopleCounted()).toEqual(peopleOf(rows));
}

async function peopleCounted(): Promise<Record<string, number>> {
  const rows = await server.sql<{ key: string; people: number }>(
    `select day || ' ' || coalesce(nullif(place, ''), unit_id) as key, people from people_day
     where people > 0 and (place <> '' or unit_id = '38@2021')`,
  );
  return Object.fromEntries(rows.map(({ key, people: count }) => [key, count]));
}

function peopleOf(rows: readonly Row[]): Record<string, number> {
  const corrected = new Set(rows.map(({ corrects }) => corrects));
  const seen = new Map<string, Set<string>>();
  for (const row of rows.filter(({ id, decision }) => decision !== 'VOID' && !corrected.has(id)))
    for (const key of row.person ? [`${dayOf(row)} ${row.checkpoint}`, `${dayOf(row)} 38@2021`] : [])
      seen.set(key, (seen.get(key) ?? new Set()).add(row.person ?? ''));
  return Object.fromEntries([...seen].map(([key, who]) => [key, who.size]));
}

const passage = fc.record({
  kind: fc.constant('PASS' as const),
  minute: fc.integer({ min: 0, max: 40 * 60 }),
  checkpoint: fc.nat(2),
  direction: fc.constantFrom('IN', 'OUT'),
  decision: fc.constantFrom('ADMITTED', 'ADMITTED', 'REFUSED', 'ISOLATED'),
  channel: fc.constantFrom('ONLINE', 'PAPER', 'ASSISTED'),
  offline: fc.boolean(),
  flagged: fc.boolean(),
  person: fc.nat(3),
  journey: fc.nat(2),
});
const step = fc.oneof(
  { weight: 5, arbitrary: passage },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('CORRECT' as const),
      of: fc.nat(30),
      checkpoint: fc.nat(2),
      decision: fc.constantFrom('ADMITTED', 'REFUSED', 'VOID'),
    }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('KEY_IN' as const), of: fc.nat(30) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('SEND_AGAIN' as const), of: fc.nat(30) }) },
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant('HANDLE' as const),
      from: fc.nat(30),
      count: fc.integer({ min: 1, max: 6 }),
      fate: fc.constantFrom('DONE', 'CRASHED', 'TWICE', 'AT_ONCE'),
    }),
  },
);
type Step = typeof step extends fc.Arbitrary<infer Made> ? Made : never;

const handler = keepRollups(() => new Date());
const eventOf = (ids: string[]): OutboxEvent => ({
  provinceCode: '38',
  id: newUuid7(),
  createdAt: new Date(),
  topic: 'passages.recorded',
  payload: { ids },
});
const handle = (events: OutboxEvent[], crash = false): Promise<void> =>
  inTransaction(desk.database, wholeProvinces(['38']), async (tx) => {
    await handler.handle(tx, '38', events);
    if (crash) throw new Error('killed');
  });

class Play {
  readonly rows: Row[] = [];
  #waiting: OutboxEvent[] = [];

  async play(step: Step): Promise<void> {
    if (step.kind === 'PASS') return this.#pass(step);
    if (step.kind === 'HANDLE') return this.#handle(step);
    const row = this.rows[step.of % Math.max(1, this.rows.length)];
    if (!row) return;
    if (step.kind === 'CORRECT') await this.#correct(row, step);
    else if (step.kind === 'KEY_IN') await this.#keyIn(row);
    else await store(row).then(() => this.#tell(row));
  }

  async end(): Promise<void> {
    await handle(this.#waiting.toReversed());
  }

  #tell(row: Row): void {
    this.#waiting.push(eventOf([row.id]));
  }

  async #add(row: Row): Promise<void> {
    await store(row);
    this.rows.push(row);
    this.#tell(row);
  }

  async #pass(made: Extract<Step, { kind: 'PASS' }>): Promise<void> {
    const at = start + made.minute * 60_000;
    const waits = made.channel === 'PAPER';
    await this.#add({
      ...made,
      id: newUuid7(at),
      at,
      checkpoint: checkpointsOf()[made.checkpoint] ?? '',
      person: waits ? null : (people[made.person] ?? null),
      journey: waits ? null : (journeys[made.journey] ?? null),
      corrects: null,
    });
  }

  async #correct(row: Row, { checkpoint, decision }: { checkpoint: number; decision: string }): Promise<void> {
    if (this.rows.some(({ corrects }) => corrects === row.id)) return;
    const id = newUuid7(uuid7Time(row.id) ?? 0);
    await this.#add({ ...row, id, decision, checkpoint: checkpointsOf()[checkpoint] ?? '', corrects: row.id });
  }

  async #keyIn(row: Row): Promise<void> {
    if (row.person) return;
    Object.assign(row, { person: people[0], journey: journeys[0] });
    await keyIn(row);
    this.#tell(row);
  }

  async #handle({ from, count, fate }: Extract<Step, { kind: 'HANDLE' }>): Promise<void> {
    const first = from % Math.max(1, this.#waiting.length);
    const taken = this.#waiting.slice(first, first + count);
    if (taken.length === 0) return;
    if (fate === 'CRASHED') return expect(handle(taken, true)).rejects.toThrow('killed');
    if (fate === 'AT_ONCE') await Promise.all([handle(taken), handle(taken.toReversed()), handle(taken.slice(0, 1))]);
    else for (let time = 0; time < (fate === 'TWICE' ? 2 : 1); time += 1) await handle(taken);
    this.#waiting = this.#waiting.filter((event) => !taken.includes(event));
  }
}

async function differences(mend = false): Promise<Difference[]> {
  const found: Difference[] = [];
  for await (const { differences: one } of verifyRollups(desk.database, ['38'], { at: new Date(), mend }))
    found.push(...one);
  return found;
}

describe('rollups', () => {
  it('are what a recount of the passages says: late, corrected, undone, keyed in, sent twice, in any order, handled twice, at once or broken off', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 3, maxLength: 40 }), async (steps) => {
        await clear();
        const play = new Play();
        for (const one of steps) await play.play(one);
        await play.end();
        await countDueDays(desk.database, new Date());
        await expectCounted(play.rows);
        expect(await differences()).toEqual([]);
      }),
      { numRuns: 25 },
    );
  }, 240_000);

  const pass = async (minute: number, changes: Partial<Row> = {}): Promise<Row> => {
    const at = start + minute * 60_000;
    const row: Row = {
      id: newUuid7(at),
      at,
      checkpoint: server.checkpoints.docXay,
      direction: 'IN',
      decision: 'ADMITTED',
      channel: 'ONLINE',
      offline: false,
      flagged: false,
      person: people[0] ?? null,
      journey: journeys[0] ?? null,
      corrects: null,
      ...changes,
    };
    await store(row);
    return row;
  };
  const tell = (rows: Row[]) => handle([eventOf(rows.map(({ id }) => id))]);

  it('verifying tells which cells are wrong, changes none, and mends them when it is told to', async () => {
    const rows = [await pass(0), await pass(5 * 60), await pass(10)];
    await tell(rows);
    await countDueDays(desk.database, new Date());
    await server.sql(`update movement_hour set in_admitted = 7 where hour = $1`, [new Date(start)]);
    await server.sql(`update journey_day set out_refused = 1 where kind = 'PURPOSE'`);
    const wrong = await differences();
    const told = wrong.map(({ table, hour }) => `${table} ${hour?.toISOString() ?? ''}`);
    // The days' order is that of another test.
    expect(told.sort()).toEqual(['journey_day ', 'journey_day ', `movement_hour ${new Date(start).toISOString()}`]);
    expect(await differences(true)).toEqual(wrong);
    expect(await differences()).toEqual([]);
    await expectCounted(rows);
  });

  it('what was recorded and waits to be counted is no difference', async () => {
    await tell([await pass(0)]);
    await countDueDays(desk.database, new Date());
    const late = await pass(3);
    await server.sql(
      `insert into outbox (province_code, id, created_at, topic, payload) values ('38', $1, uuid_time($1), 'passages.recorded', $2)`,
      [newUuid7(), { ids: [late.id] }],
    );
    expect(await differences()).toEqual([]);
    await server.sql('delete from outbox');
    expect((await differences()).map(({ table }) => table)).toEqual(['movement_hour', 'movement_day', 'journey_day']);
  });

  it('passages of before there were rollups are counted by verifying that mends', async () => {
    const rows = [await pass(0), await pass(30 * 60, { checkpoint: server.checkpoints.cauGhep })];
    expect((await differences(true)).length).toBeGreaterThan(0);
    await expectCounted(rows);
  });

  it('the newest day is counted first', async () => {
    for (const minute of [0, 24 * 60, 48 * 60]) await pass(minute);
    const days = (await differences(true)).map(({ day }) => day);
    expect(new Set(days).size).toBe(3);
    expect(days).toEqual(days.toSorted().reverse());
  });

  it('what is dropped with its week stays counted, whatever of the same day is told of later', async () => {
    // 23:00 and 01:00 in UTC, on two sides of a Sunday's midnight: one Monday in Viet Nam.
    const [sunday, monday] = [await pass(11 * 60), await pass(13 * 60, { person: people[1] ?? null })];
    await tell([sunday, monday]);
    await countDueDays(desk.database, new Date());
    const before = await Promise.all(['movement_day', 'journey_day', 'people_day'].map((table) => rowsOf(table)));
    await server.sql('delete from passage where id = $1', [sunday.id]);
    await tell([monday, sunday]);
    await countDueDays(desk.database, new Date());
    expect(await Promise.all(['movement_day', 'journey_day', 'people_day'].map((table) => rowsOf(table)))).toEqual(
      before,
    );
    // Sunday's week is not looked at, and Monday's day is not blamed.
    expect(await differences()).toEqual([]);
  });

  it('two who record at one checkpoint in the same second do not wait for its counter, nor for who counts', async () => {
    const row = await pass(0);
    await inTransaction(desk.database, wholeProvinces(['38']), async (tx) => {
      await handler.handle(tx, '38', [eventOf([row.id])]);
      // The counter's cell is written and not committed: recording goes on.
      const lane = (minute: number) =>
        record(server, [
          aPassage(row.checkpoint, { id: newUuid7(start + minute * 60_000), paperFormNumber: `L-${minute}` }),
        ]);
      const sent = await Promise.all([lane(1), lane(2)]);
      expect(sent.map(({ data }) => data.recordPassages[0]?.__typename)).toEqual([
        'PassageRecorded',
        'PassageRecorded',
      ]);
    });
  });
});

const rowsOf = (table: string) => server.sql(['select * from', table, 'order by 1, 2, 3, 4, 5'].join(' '));
