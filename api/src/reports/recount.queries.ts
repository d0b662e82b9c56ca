import { HOUR_MS } from '../platform/shared/instant.ts';
import type { Transaction } from '../platform/database/transaction.ts';
import { startOfDay } from '../platform/shared/vietnam-date.ts';
import { timeOf } from '../declarations/declarations.service.ts';
import { columnsOf, countsOf, movementCounters, noughtsOf, sumsOf, upsertOf } from './counters.ts';

/** Whoever runs statements: a transaction of the worker, or the owner who loads a demo. */
export type Runs = Pick<Transaction, 'rows'>;

/** An hour of a checkpoint: what is counted at once. */
export interface HourCell {
  checkpointId: string;
  hour: Date;
}
export interface DayCell {
  checkpointId: string;
  /** In Viet Nam. */
  day: string;
}

export const hoursOf = ({ checkpointId, day }: DayCell): HourCell[] => {
  const midnight = startOfDay(day).getTime();
  return Array.from({ length: 24 }, (_, hour) => ({ checkpointId, hour: new Date(midnight + hour * HOUR_MS) }));
};

// A correction may name another checkpoint than the passage that it corrects: both are counted anew.
const touched = {
  name: 'cells-of-passages',
  text: `select distinct p.checkpoint_id as "checkpointId", date_trunc('hour', p.occurred_at, 'UTC') as hour
         from unnest($2::uuid[], $3::timestamptz[]) as w (id, at)
         join passage e on e.province_code = $1 and e.id = w.id and e.occurred_at = w.at
         join passage p on p.province_code = $1 and p.occurred_at = e.occurred_at and (p.id = e.id or p.id = e.corrects)`,
};

/** The cells that these passages lie in. One that is found stands in a week that stands, and with it the whole of its hour. */
export function cellsOf(runs: Runs, province: string, ids: readonly string[]): Promise<HourCell[]> {
  return runs.rows<HourCell>(touched, [province, ids, ids.map(timeOf)]);
}

const lock = {
  name: 'lock-what-is-counted',
  text: `select pg_advisory_xact_lock(k) from (
           select distinct hashtextextended(w.name, 28) as k from unnest($1::text[]) as w (name) order by 1) as keys`,
};

/** Two who count the same do it one after the other: the second counts what the first did not see. */
export async function takeTurns(runs: Runs, counted: readonly string[]): Promise<void> {
  await runs.rows(lock, [counted]);
}

/** Passages `p` as corrected, of the cells `w` from one instant to another, all of them from $5 to $6. */
export const standingPassages = `cross join unnest(array['IN', 'OUT']) as way (direction)
         join passage p on p.province_code = $1 and p.checkpoint_id = w.checkpoint_id and p.direction = way.direction
           and p.occurred_at >= w.since and p.occurred_at < w.until and p.occurred_at >= $5 and p.occurred_at < $6
           and p.decision <> 'VOID' and not exists (
             select from passage c where c.province_code = $1 and c.corrects = p.id and c.occurred_at = p.occurred_at
               and c.occurred_at >= $5 and c.occurred_at < $6)`;

const columns = columnsOf(movementCounters);
const key = 'checkpoint_id, hour, unit_id, channel';
const hours = {
  name: 'count-hours',
  text: [
    'with cell as (select * from unnest($2::uuid[], $3::timestamptz[], $4::timestamptz[]) as w (checkpoint_id, since, until)), counted as (',
    'select w.checkpoint_id, w.since as hour, p.unit_id, p.channel,',
    countsOf(movementCounters),
    'from cell w',
    standingPassages,
    'group by 1, 2, 3, 4), gone as (',
    'select m.checkpoint_id, m.hour, m.unit_id, m.channel,',
    noughtsOf(movementCounters),
    'from cell w join movement_hour m on m.province_code = $1 and m.checkpoint_id = w.checkpoint_id and m.hour = w.since',
    'where not exists (select from counted c where c.checkpoint_id = m.checkpoint_id and c.hour = m.hour and c.unit_id = m.unit_id and c.channel = m.channel))',
    'insert into movement_hour as m (province_code,',
    key,
    ',',
    columns,
    ', changed_at)',
    'select $1,',
    key,
    ',',
    columns,
    ', $7 from (select * from counted union all select * from gone) as x order by hour, checkpoint_id, unit_id, channel',
    'on conflict on constraint movement_hour_pkey do update set',
    upsertOf(movementCounters),
    'returning m.checkpoint_id as "checkpointId", m.hour',
  ].join(' '),
};

/** Counts these hours anew, from the passages as they are now, and answers those that changed. */
export function countHours(runs: Runs, province: string, cells: readonly HourCell[], at: Date): Promise<HourCell[]> {
  const since = cells.map(({ hour }) => hour);
  const until = since.map((hour) => new Date(hour.getTime() + HOUR_MS));
  const [first, last] = [Math.min(...since.map(Number)), Math.max(...until.map(Number))];
  const ids = cells.map(({ checkpointId }) => checkpointId);
  return runs.rows<HourCell>(hours, [province, ids, since, until, new Date(first), new Date(last), at]);
}

const days = {
  name: 'sum-days',
  text: [
    'insert into movement_day as m (province_code, day, checkpoint_id, unit_id, channel,',
    columns,
    ', changed_at) select $1, w.day, w.checkpoint_id, m.unit_id, m.channel,',
    sumsOf(movementCounters),
    ', $5 from unnest($2::uuid[], $3::date[], $4::timestamptz[]) as w (checkpoint_id, day, hour)',
    'join movement_hour m on m.province_code = $1 and m.checkpoint_id = w.checkpoint_id and m.hour = w.hour',
    'group by w.day, w.checkpoint_id, m.unit_id, m.channel order by 2, 3, 4, 5',
    'on conflict on constraint movement_day_pkey do update set',
    upsertOf(movementCounters),
    'returning m.checkpoint_id as "checkpointId", m.day::text as day',
  ].join(' '),
};

/** Adds up these days from their hours, and answers those that changed. */
export function sumDays(runs: Runs, province: string, cells: readonly DayCell[], at: Date): Promise<DayCell[]> {
  const wanted = cells.flatMap((cell) => hoursOf(cell).map(({ hour }) => ({ ...cell, hour })));
  return runs.rows<DayCell>(days, [
    province,
    wanted.map(({ checkpointId }) => checkpointId),
    wanted.map(({ day }) => day),
    wanted.map(({ hour }) => hour),
    at,
  ]);
}

const mark = {
  name: 'mark-recounts',
  text: `insert into recount_due (province_code, day, checkpoint_id)
         select $1, w.day, w.checkpoint_id from unnest($2::uuid[], $3::date[]) as w (checkpoint_id, day) order by 2, 3
         on conflict do nothing`,
};

/** What the journeys and the people of these days are to be counted by again. Waits for who is doing so. */
export async function markDays(runs: Runs, province: string, cells: readonly DayCell[]): Promise<void> {
  await runs.rows(mark, [province, cells.map(({ checkpointId }) => checkpointId), cells.map(({ day }) => day)]);
}
