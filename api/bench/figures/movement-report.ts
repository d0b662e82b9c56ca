import pg from 'pg';
import { openDatabase } from '#api/platform/database/database.ts';
import { ensurePartitions, migrate } from '#api/platform/database/migrate.ts';
import { newUuid7 } from '#api/platform/shared/uuid7.ts';
import { vietnamDate } from '#api/platform/shared/vietnam-date.ts';
import { journeyCounters, countsOf, movementCounters } from '#api/reports/counters.ts';
import { verifyRollups } from '#api/reports/verify-rollups.service.ts';
import { seedUnits } from '#api/territory/seed-units.ts';
import { ask } from '../ask.ts';
import { median } from '../compare.ts';
import type { Figure } from '../figure.ts';
import { signIn } from '../stage.ts';
import { addAccounts } from '../data/load.ts';
import { startPostgres } from '../postgres.ts';
import { Process } from '../processes/calls.ts';
import { administrator, benchConfig, provinceCode } from '../settings.ts';

const day = 86_400_000;
const checkpointCount = 41;

interface Size {
  passages: number;
  days: number;
  rounds: number;
}
const whole: Size = { passages: 10_000_000, days: 365, rounds: 5 };
const small: Size = { passages: 120_000, days: 60, rounds: 3 };

/** What each report groups by in the recount, over passages `p`, and how many times faster it is to be. */
const reports = [
  { name: 'day', groupBy: ['DAY'], key: `(p.occurred_at at time zone 'Asia/Ho_Chi_Minh')::date`, goal: 50 },
  { name: 'checkpoint', groupBy: ['CHECKPOINT'], key: 'p.checkpoint_id', goal: 50 },
  { name: 'origin', groupBy: ['ORIGIN'], key: 'o.province_code', goal: 50 },
  { name: 'hour', groupBy: ['HOUR'], key: `date_trunc('hour', p.occurred_at, 'UTC')`, goal: 5 },
];

/** `movementReport` of a province's year against a recount of its passages by one statement that no policy binds. */
export async function movementFigures(
  say: (text: string) => void,
  isSmall: boolean,
  keptIn: string | undefined,
): Promise<Figure[]> {
  const size = isSmall ? small : whole;
  say(`Starting PostgreSQL and loading ${size.passages.toLocaleString('en')} passages of ${size.days} days …`);
  const postgres = await startPostgres(keptIn && `${keptIn}-year`);
  const owner = new pg.Client({ connectionString: postgres.url });
  await migrate(postgres.url, benchConfig(postgres.url).rolePasswords, seedUnits);
  await owner.connect();
  try {
    const { rowCount } = await owner.query('select from account limit 1');
    if (!rowCount) await load(owner, size, say);
    if (!rowCount) await countAll(postgres.url, say);
    await owner.query('vacuum analyze');
    return await measure(owner, postgres.url, size, say);
  } finally {
    await owner.end();
    await postgres.stop();
  }
}

async function load(owner: pg.Client, { passages, days }: Size, say: (text: string) => void): Promise<void> {
  const start = Date.now() - days * day;
  await ensurePartitions(owner, start - 8 * day);
  const checkpoints = await addCheckpoints(owner);
  for (const index of ['plate', 'citizen', 'declaration'])
    await owner.query(['drop index if exists passage_by', index].join('_'));
  const weeks = Math.ceil(days / 7);
  for (let week = 0; week < weeks; week += 1) {
    const from = start + week * 7 * day;
    const span = Math.min(7 * day, Date.now() - from);
    await owner.query(insertWeek, [
      provinceCode,
      Math.round((passages / days) * (span / day)),
      week,
      from,
      span,
      checkpoints,
    ]);
    if (week % 13 === 12) say(`… ${week + 1} of ${weeks} weeks`);
  }
  await addAccounts(owner, newUuid7(), []);
}

async function addCheckpoints(owner: pg.Client): Promise<string[]> {
  const ids = Array.from({ length: checkpointCount }, () => newUuid7());
  await owner.query(
    `insert into checkpoint (id, code, name, unit_id, province_code, kind, active, created_at)
     select w.id, 'C' || w.place, 'Chốt số ' || w.place, u.unit_id, $2, 'ROAD', true, now()
     from unnest($1::uuid[]) with ordinality as w (id, place)
     join (select unit_id, row_number() over (order by unit_id) as place from administrative_unit
       where province_code = $2 and level = 'COMMUNE') u on u.place = w.place * 10`,
    [ids, provinceCode],
  );
  return ids;
}

// A hundredth is corrected, and each checkpoint is passed from a few provinces, as on a road.
const insertWeek = `
  with made as materialized (
    select i, $4::bigint + floor(random() * $5)::bigint as ms, md5($3 || ' ' || i) as noise,
      ($6::uuid[])[1 + floor(random() * cardinality($6::uuid[]))::int] as checkpoint,
      random() as a, random() as b, random() as c, random() as d, random() as e
    from generate_series(1, $2::integer) i
  ), passed as (
    select m.*, (lpad(to_hex(m.ms), 12, '0') || '7' || substr(m.noise, 1, 3) || '8' || substr(m.noise, 4, 15))::uuid as id,
      null::uuid as corrects from made m
  ), corrected as (
    select p.*, (substr(replace(p.id::text, '-', ''), 1, 12) || '7' || substr(md5(p.noise), 1, 3) || '9' || substr(md5(p.noise), 4, 15))::uuid as new_id
    from passed p where p.e < 0.01
  ), each as (
    select p.*, id as own_id from passed p union all
    select c.i, c.ms, c.noise, c.checkpoint, c.a, c.b, c.c, c.d, c.e, c.id, c.id, c.new_id from corrected c
  ) insert into passage (province_code, id, occurred_at, recorded_at, checkpoint_id, unit_id, citizen_id, direction, decision, evidence,
      channel, purpose, origin_unit_id, destination_unit_id, recorded_by, recorded_offline, flags, flagged, corrects, content_hash)
  select $1, r.own_id, uuid_time(r.own_id), uuid_time(r.own_id), r.checkpoint, k.unit_id,
    (lpad(to_hex(1600000000000 + floor(r.a * 400000)::bigint), 12, '0') || '70008000000000000000')::uuid,
    case when r.b < 0.5 then 'IN' else 'OUT' end,
    case when r.c < 0.93 then 'ADMITTED' when r.c < 0.98 then 'REFUSED' else 'ISOLATED' end, 'QR_AND_CARD',
    case when r.d < 0.72 then 'ONLINE' when r.d < 0.92 then 'PAPER' when r.d < 0.98 then 'ASSISTED' else 'PARTNER' end,
    (array['WORK', 'HOME', 'MEDICAL', 'GOODS', 'FAMILY'])[1 + floor(r.a * 5)::int],
    (array['01@2021', '37@2021', '40@2021', '38@2021', '17@2021', '79@2021', '31@2021', '30@2021'])[1 + floor(power(r.b * 2 - floor(r.b * 2), 2) * 8)::int],
    '38@2021', r.checkpoint, r.e > 0.95, case when r.a < 0.03 then '{PASS_REUSED}'::text[] else '{}' end, r.a < 0.03, r.corrects, ''
  from each r join checkpoint k on k.id = r.checkpoint`;

/** By the same statements as the worker's, a day at a time. */
async function countAll(url: string, say: (text: string) => void): Promise<void> {
  say('Counting the rollups …');
  const database = await openDatabase({ url, poolSize: 2, entities: [], longestMs: 600_000, onError: () => undefined });
  for await (const { day: on } of verifyRollups(database, [provinceCode], { at: new Date(), mend: true }))
    if (on.endsWith('-01')) say(`… ${on}`);
  await database.close();
}

async function measure(
  owner: pg.Client,
  ownerUrl: string,
  { days, rounds }: Size,
  say: (text: string) => void,
): Promise<Figure[]> {
  const cordon = new Process('./cordon.ts', { BENCH_DATABASE: ownerUrl });
  try {
    const url = `${await cordon.call<string>('url')}/graphql`;
    const cookie = await signIn(url, administrator);
    const span = { from: vietnamDate(new Date(Date.now() - days * day)), to: vietnamDate(new Date()) };
    const figures: Figure[] = [];
    for (const report of reports) {
      say(`Measuring movement-report-${report.name} …`);
      const pairs: Array<{ own: number; recount: number }> = [];
      for (let round = 0; round <= rounds; round += 1) {
        const own = await seconds(() => passagesOf(url, cookie, { ...span, groupBy: report.groupBy }));
        const recount = await seconds(() => owner.query(recountBy(report.key), [provinceCode, span.from, span.to]));
        if (own.result !== passagesIn(recount.result.rows as Counts[])) throw new Error('The two count otherwise.');
        if (round > 0) pairs.push({ own: own.seconds, recount: recount.seconds });
      }
      figures.push(figureOf(report, pairs));
    }
    return figures;
  } finally {
    await cordon.stop();
  }
}

type Counts = Record<string, number>;
const wholeColumns = movementCounters.filter(({ part }) => part === 'all').map(({ column }) => column);
const passagesIn = (rows: readonly Counts[]): number =>
  rows.reduce((sum, row) => sum + wholeColumns.reduce((all, column) => all + (row[column] ?? 0), 0), 0);

const recountBy = (key: string): string =>
  [
    'select',
    key,
    'as key,',
    countsOf(journeyCounters),
    `from passage p left join administrative_unit o on o.unit_id = p.origin_unit_id
     where p.province_code = $1 and p.occurred_at >= $2::date::timestamp at time zone 'Asia/Ho_Chi_Minh'
       and p.occurred_at < ($3::date + 1)::timestamp at time zone 'Asia/Ho_Chi_Minh' and p.decision <> 'VOID'
       and not exists (select from passage c where c.province_code = p.province_code and c.corrects = p.id and c.occurred_at = p.occurred_at)
     group by 1`,
  ].join(' ');

async function passagesOf(url: string, cookie: string, variables: Record<string, unknown>): Promise<number> {
  const query = `query ($from: LocalDate!, $to: LocalDate!, $groupBy: [ReportGroup!]!) { movementReport(from: $from, to: $to, groupBy: $groupBy) {
    rows { group in out admitted refused isolated paper offline flagged } total { in out } } }`;
  const { movementReport } = await ask<{ movementReport: { total: { in: number; out: number } } }>(
    url,
    cookie,
    query,
    variables,
  );
  return movementReport.total.in + movementReport.total.out;
}

async function seconds<Result>(work: () => Promise<Result>): Promise<{ seconds: number; result: Result }> {
  const started = performance.now();
  const result = await work();
  return { seconds: (performance.now() - started) / 1000, result };
}

function figureOf(
  { name, goal }: (typeof reports)[number],
  pairs: ReadonlyArray<{ own: number; recount: number }>,
): Figure {
  const ratio = median(pairs.map(({ own, recount }) => recount / own));
  return {
    name: `movement-report-${name}`,
    what: `movementReport of a province's year by ${name}, against the recount of its passages by one statement without policies`,
    unit: 's',
    value: median(pairs.map(({ own }) => own)),
    reference: median(pairs.map(({ recount }) => recount)),
    ratio,
    goal,
    met: ratio >= goal,
    notes: [],
  };
}
