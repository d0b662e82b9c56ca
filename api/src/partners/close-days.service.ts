import type { Database } from '../platform/database/database.ts';
import { inTransaction, wholeProvinces, type Statement } from '../platform/database/transaction.ts';
import { vietnamDate } from '../platform/shared/vietnam-date.ts';

const dayMs = 86_400_000;
/** A day is closed when the next one is over: what officers without network send within a day is counted. */
const closesAfterDays = 2;
/** Passages are kept for three weeks: of what is older too little may be left. */
const furthestBackDays = 14;

/** The last day that is closed at a moment. */
export const lastClosedDay = (at: Date): string => vietnamDate(new Date(at.getTime() - closesAfterDays * dayMs));

/** Whoever runs statements: a transaction of the worker, or the owner who loads a demo. */
export interface Runs {
  rows<Row extends object>(statement: Statement, values: unknown[]): Promise<Row[]>;
}

const closedDays = {
  name: 'closed-days',
  text: `select distinct day::text as day from partner_statistic where province_code = $1 and day >= $2 and day <= $3
         union all select 'none' where not exists (select from passage p where p.province_code = $1)`,
};

// Every district of the day has a cell, were it 0: an absent one would tell that few passed. Since 2025 there are none, and
// the province is the group. Rounded here, once: what is stored is all that anybody can ask for.
const closeDay = {
  name: 'close-day',
  text: `with units as (
           select u.unit_id, u.level, u.parent_id from administrative_unit u
           where u.province_code = $1 and u.valid_from <= $2 and (u.valid_to is null or u.valid_to >= $2)
         ), groups as (
           select unit_id from units where level = 'DISTRICT'
           union all
           select unit_id from units where level = 'PROVINCE' and not exists (select from units where level = 'DISTRICT')
         ), counted as (
           select case when u.level = 'DISTRICT' then u.unit_id when d.level = 'DISTRICT' then d.unit_id
               else (select unit_id from units where level = 'PROVINCE') end as unit_id,
             p.direction, count(*) as passages
           from passage p
           join administrative_unit u on u.unit_id = p.unit_id
           left join administrative_unit d on d.unit_id = u.parent_id
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
    const from = new Date(`${day}T00:00:00+07:00`);
    await runs.rows(closeDay, [province, day, from, new Date(from.getTime() + dayMs)]);
  }
}

/** For each province in a transaction of its own; done twice, by two workers at once, it changes nothing. */
export async function closeDays(database: Database, provinces: readonly string[], at: Date): Promise<void> {
  for (const province of provinces)
    await inTransaction(database, wholeProvinces([province]), (tx) => closeDaysOf(tx, province, at));
}

function daysToClose(at: Date): string[] {
  const last = new Date(`${lastClosedDay(at)}T12:00:00+07:00`).getTime();
  return Array.from({ length: furthestBackDays }, (_, back) => vietnamDate(new Date(last - back * dayMs))).reverse();
}
