import { DAY_MS } from '../platform/shared/instant.ts';
import type { Database } from '../platform/database/database.ts';
import { inTransaction, wholeProvinces, type Statement } from '../platform/database/transaction.ts';
import { endOfDay, startOfDay, vietnamDate } from '../platform/shared/vietnam-date.ts';

/** A day is closed when the next one is over: what officers without network send within a day is counted. */
const closesAfterDays = 2;
/** Passages are kept for three weeks: of what is older too little may be left. */
const furthestBackDays = 14;

/** The last day that is closed at a moment. */
export const lastClosedDay = (at: Date): string => vietnamDate(new Date(at.getTime() - closesAfterDays * DAY_MS));

/** Whoever runs statements: a transaction of the worker, or the owner who loads a demo. */
export interface Runs {
  rows<Row extends object>(statement: Statement, values: unknown[]): Promise<Row[]>;
}

const closedDays = {
  name: 'closed-days',
  text: `select distinct day::text as day from partner_statistic where province_code = $1 and day >= $2 and day <= $3
         union all select 'none' where not exists (select from passage p where p.province_code = $1)`,
};

// Every district of the day has a cell, were it 0, and so has the province, for checkpoints that lie in no district of the day:
// an absent one would tell that nobody passed. After a merger a checkpoint keeps its province's code, and the
// cells are those of the province that it lies in then. Rounded here, once: what is stored is all that anybody can ask for.
const closeDay = {
  name: 'close-day',
  text: `with recursive codes (code) as (
           select $1::text
           union
           select h.province_code from codes
           join administrative_unit u on u.province_code = codes.code
           join administrative_unit_successor s on s.unit_id = u.unit_id
           join administrative_unit h on h.unit_id = s.successor_id
         ), groups as (
           select u.unit_id, u.level, u.province_code from administrative_unit u
           where u.province_code in (select code from codes) and u.level in ('DISTRICT', 'PROVINCE')
             and u.valid_from <= $2 and (u.valid_to is null or u.valid_to >= $2)
         ), counted as (
           select coalesce(d.unit_id, h.unit_id) as unit_id, p.direction, count(*) as passages
           from passage p
           join administrative_unit u on u.unit_id = p.unit_id
           left join groups d on d.level = 'DISTRICT' and d.unit_id in (u.unit_id, u.parent_id)
           left join groups h on h.level = 'PROVINCE' and h.province_code = u.province_code
           where p.province_code = $1 and p.occurred_at >= $3 and p.occurred_at < $4 and p.decision <> 'VOID'
             and not exists (select from passage c
               where c.province_code = p.province_code and c.corrects = p.id and c.occurred_at = p.occurred_at)
           group by 1, 2
         ), cells as (
           select g.unit_id, w.direction, 0 as passages from groups g cross join (values ('IN'), ('OUT')) as w (direction)
           union all select unit_id, direction, passages from counted where unit_id is not null
         )
         insert into partner_statistic (province_code, day, unit_id, direction, passages)
         select $1, $2, c.unit_id, c.direction, (round(sum(c.passages) / 5.0) * 5)::integer from cells c
         where not exists (select from partner_statistic s where s.province_code = $1 and s.day = $2)
         group by c.unit_id, c.direction
         on conflict do nothing`,
};

/** Closes the days of a province that are over and not closed yet. A closed day is never counted again, whatever comes late. */
export async function closeDaysOf(runs: Runs, province: string, at: Date): Promise<void> {
  const days = daysToClose(at);
  const closed = await runs.rows<{ day: string }>(closedDays, [province, days[0], days.at(-1)]);
  const known = new Set(closed.map(({ day }) => day));
  if (known.has('none')) return;
  for (const day of days.filter((one) => !known.has(one))) {
    await runs.rows(closeDay, [province, day, startOfDay(day), endOfDay(day)]);
  }
}

/** For each province in a transaction of its own; done twice, by two workers at once, it changes nothing. */
export async function closeDays(database: Database, provinces: readonly string[], at: Date): Promise<void> {
  for (const province of provinces)
    await inTransaction(database, wholeProvinces([province]), (tx) => closeDaysOf(tx, province, at));
}

function daysToClose(at: Date): string[] {
  const last = new Date(`${lastClosedDay(at)}T12:00:00+07:00`).getTime();
  return Array.from({ length: furthestBackDays }, (_, back) => vietnamDate(new Date(last - back * DAY_MS))).reverse();
}
