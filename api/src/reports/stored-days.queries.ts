import { DAY_MS } from '../platform/shared/instant.ts';
import { endOfDay, startOfDay, vietnamDate } from '../platform/shared/vietnam-date.ts';
import { passageTopics } from '../passages/recorded.events.ts';
import { cellsOf, type DayCell, type HourCell, type Runs } from './recount.queries.ts';

/** Passages are taken up to five minutes ahead. */
const aheadMs = 600_000;

// A week that holds any passage is whole; what lies before the first may be dropped.
const first = {
  name: 'first-stored-week',
  text: `select date_trunc('week', min(p.occurred_at), 'UTC') as since from passage p where p.province_code = $1`,
};

/** From when on the passages of a province are stored, whole hours of them; null where there are none. */
export async function storedSince(runs: Runs, province: string): Promise<Date | null> {
  const [row] = await runs.rows<{ since: Date | null }>(first, [province]);
  return row?.since ?? null;
}

/** The days of Viet Nam from an instant until now, some of the first perhaps before it. */
export function daysSince(since: Date, at: Date): string[] {
  const last = vietnamDate(new Date(at.getTime() + aheadMs));
  const days: string[] = [];
  for (let time = since.getTime(); days.at(-1) !== last && vietnamDate(new Date(time)) <= last; time += DAY_MS)
    days.push(vietnamDate(new Date(time)));
  return days;
}

const found = {
  name: 'checkpoints-of-day',
  text: `select checkpoint_id as "checkpointId" from passage where province_code = $1 and occurred_at >= $3 and occurred_at < $4
         union select checkpoint_id from movement_hour where province_code = $1 and hour >= $3 and hour < $4
         union select checkpoint_id from movement_day where province_code = $1 and day = $2
         union select checkpoint_id from journey_day where province_code = $1 and kind in ('ORIGIN', 'DESTINATION', 'PURPOSE') and day = $2
         order by 1`,
};

/** The checkpoints of a day at which anybody passed, or at which something is counted. */
export async function checkpointsOf(runs: Runs, province: string, day: string): Promise<DayCell[]> {
  const values = [province, day, startOfDay(day), endOfDay(day)];
  const rows = await runs.rows<{ checkpointId: string }>(found, values);
  return rows.map(({ checkpointId }) => ({ checkpointId, day }));
}

const waiting = {
  name: 'passages-not-counted-yet',
  text: `select w.id from outbox o cross join lateral jsonb_array_elements_text(o.payload -> 'ids') as w (id)
         where o.province_code = $1 and o.topic = any($2) and not ($3 = any(o.handled))`,
};

/** The hours of passages that the handler of rollups has not counted yet: they may well be counted otherwise. */
export async function waitingCells(runs: Runs, province: string, handler: string): Promise<HourCell[]> {
  const rows = await runs.rows<{ id: string }>(waiting, [province, passageTopics, handler]);
  return rows.length === 0
    ? []
    : cellsOf(
        runs,
        province,
        rows.map(({ id }) => id),
      );
}

const due = {
  name: 'recounts-due',
  text: `select checkpoint_id as "checkpointId", day::text as day from recount_due where province_code = $1`,
};

/** The days whose journeys and people are to be counted by again. */
export const dueDays = (runs: Runs, province: string): Promise<DayCell[]> => runs.rows<DayCell>(due, [province]);

const uncounted = {
  name: 'province-never-counted',
  text: `select exists (select from passage where province_code = $1)
           and not exists (select from movement_day where province_code = $1) as fresh`,
};

/** Whether there are passages of a province and no rollups, as before there were any. */
export async function neverCounted(runs: Runs, province: string): Promise<boolean> {
  const [row] = await runs.rows<{ fresh: boolean }>(uncounted, [province]);
  return row?.fresh ?? false;
}
