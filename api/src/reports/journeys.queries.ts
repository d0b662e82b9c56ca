import { endOfDay, startOfDay } from '../platform/shared/vietnam-date.ts';
import { columnsOf, countsOf, journeyCounters, movementCounters, noughtsOf, upsertOf } from './counters.ts';
import { standingPassages, type DayCell, type Runs } from './recount.queries.ts';

const take = {
  name: 'take-recounts',
  text: `delete from recount_due r where r.province_code = $1 and (r.day, r.checkpoint_id) in (
           select d.day, d.checkpoint_id from recount_due d where d.province_code = $1 order by 1, 2 limit $2 for update skip locked)
         returning r.checkpoint_id as "checkpointId", r.day::text as day`,
};

/** Takes some of the days that are due, which nobody else then has; they end with the transaction. */
export const takeDueDays = (runs: Runs, province: string, most: number): Promise<DayCell[]> =>
  runs.rows<DayCell>(take, [province, most]);

const due = {
  name: 'provinces-with-recounts',
  text: 'select distinct province_code from recount_due order by 1',
};

export async function provincesWithDueDays(runs: Runs): Promise<string[]> {
  return (await runs.rows<{ province_code: string }>(due, [])).map((row) => row.province_code);
}

const columns = columnsOf(journeyCounters);
const key = 'kind, day, checkpoint_id, unit_id, value';
const total = movementCounters
  .filter(({ part }) => part === 'all')
  .map(({ column }) => column)
  .join(' + ');
const journeys = {
  name: 'count-journeys',
  text: [
    'with cell as (select * from unnest($2::uuid[], $8::date[], $3::timestamptz[], $4::timestamptz[]) as w (checkpoint_id, day, since, until)),',
    'passed as materialized (select w.day, p.checkpoint_id, p.unit_id, p.direction, p.decision, p.channel, p.recorded_offline, p.flagged,',
    'o.province_code as origin, d.province_code as destination, p.purpose from cell w',
    standingPassages,
    'left join administrative_unit o on o.unit_id = p.origin_unit_id left join administrative_unit d on d.unit_id = p.destination_unit_id),',
    // Of a day whose first hours are in a week that was dropped less is left than its hours hold: it stays as it was.
    'whole as (select w.day, w.checkpoint_id from cell w where',
    '(select count(*) from passed p where p.day = w.day and p.checkpoint_id = w.checkpoint_id) >=',
    `(select coalesce(sum(${total}), 0) from movement_day m where m.province_code = $1 and m.day = w.day and m.checkpoint_id = w.checkpoint_id)),`,
    'counted as (select k.kind, p.day, p.checkpoint_id, p.unit_id, k.value,',
    countsOf(journeyCounters),
    "from passed p join whole w on w.day = p.day and w.checkpoint_id = p.checkpoint_id cross join lateral (values ('ORIGIN', coalesce(p.origin, '')),",
    "('DESTINATION', coalesce(p.destination, '')), ('PURPOSE', coalesce(p.purpose, ''))) as k (kind, value) group by 1, 2, 3, 4, 5),",
    'gone as (select m.kind, m.day, m.checkpoint_id, m.unit_id, m.value,',
    noughtsOf(journeyCounters),
    "from whole w join journey_day m on m.province_code = $1 and m.kind in ('ORIGIN', 'DESTINATION', 'PURPOSE') and m.day = w.day and m.checkpoint_id = w.checkpoint_id",
    'where not exists (select from counted c where c.kind = m.kind and c.day = m.day and c.checkpoint_id = m.checkpoint_id and c.unit_id = m.unit_id and c.value = m.value))',
    'insert into journey_day as m (province_code,',
    key,
    ',',
    columns,
    ', changed_at)',
    'select $1,',
    key,
    ',',
    columns,
    ', $7 from (select * from counted union all select * from gone) as x order by kind, day, checkpoint_id, unit_id, value',
    'on conflict on constraint journey_day_pkey do update set',
    upsertOf(journeyCounters),
    'returning m.checkpoint_id as "checkpointId", m.day::text as day',
  ].join(' '),
};

/** Counts the journeys of these days anew, and answers those that changed. */
export function countJourneys(runs: Runs, province: string, cells: readonly DayCell[], at: Date): Promise<DayCell[]> {
  const since = cells.map(({ day }) => startOfDay(day));
  const until = cells.map(({ day }) => endOfDay(day));
  return runs.rows<DayCell>(journeys, [
    province,
    cells.map(({ checkpointId }) => checkpointId),
    since,
    until,
    new Date(Math.min(...since.map(Number))),
    new Date(Math.max(...until.map(Number))),
    at,
    cells.map(({ day }) => day),
  ]);
}

const people = {
  name: 'count-people',
  text: [
    `with recursive passed as materialized (
       select p.unit_id, p.checkpoint_id, coalesce(a.kept_id, p.citizen_id) as person
       from passage p
       left join citizen_alias a on a.province_code = $1 and a.alias_id = p.citizen_id and a.unmerged_at is null
       where p.province_code = $1 and p.occurred_at >= $3 and p.occurred_at < $4 and p.decision <> 'VOID'
         and not exists (select from passage c where c.province_code = $1 and c.corrects = p.id and c.occurred_at = p.occurred_at
           and c.occurred_at >= $3 and c.occurred_at < $4)
     ), above (unit_id, above_id) as (
       select distinct unit_id, unit_id from passed
       union all
       select a.unit_id, u.parent_id from above a join administrative_unit u on u.unit_id = a.above_id where u.level in ('COMMUNE', 'DISTRICT')
     ), counted as (
       select a.above_id as unit_id, '' as place, count(distinct p.person)::integer as people from passed p
       join above a on a.unit_id = p.unit_id group by 1
       union all
       select p.unit_id, p.checkpoint_id::text, count(distinct p.person)::integer from passed p group by 1, 2
     ), gone as (
       select m.unit_id, m.place, 0 from people_day m where m.province_code = $1 and m.day = $2
         and not exists (select from counted c where c.unit_id = m.unit_id and c.place = m.place)
     ) insert into people_day as m (province_code, day, unit_id, place, people)
     select $1, $2, unit_id, place, people from (select * from counted union all select * from gone) as x
     where (select count(*) from passed) >=`,
    `(select coalesce(sum(${total}), 0) from movement_day m where m.province_code = $1 and m.day = $2)`,
    `order by unit_id, place
     on conflict on constraint people_day_pkey do update set people = excluded.people where m.people <> excluded.people
     returning m.day::text as day, m.unit_id`,
  ].join(' '),
};

/** Counts the people of these days of a province anew, whoever is merged as one, and answers the days that changed. */
export async function countPeople(runs: Runs, province: string, days: readonly string[]): Promise<string[]> {
  const changed: string[] = [];
  for (const day of days) {
    const rows = await runs.rows(people, [province, day, startOfDay(day), endOfDay(day)]);
    if (rows.length > 0) changed.push(day);
  }
  return changed;
}
