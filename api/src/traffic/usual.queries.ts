import type { Transaction } from '../platform/database/transaction.ts';
import { DAY_MS, MINUTE_MS } from '../platform/shared/instant.ts';
import { midnightBefore } from '../platform/shared/vietnam-date.ts';
import type { Counts } from './counts.ts';

export const usualMinutes = 15;
const days = [1, 2, 3, 4, 5, 6, 7];

interface UsualRow {
  checkpointId: string;
  passages: number;
  days: number;
}

// Bounds are given, and OFFSET 0: else row-level security keeps the times from the index. The same quarter of an hour of each day; the province's own days with passages are those on which anybody recorded.
const usual = {
  name: 'traffic-usual',
  text: `with passed as (
           select s.until, p.province_code, p.checkpoint_id, count(*) as passages
           from unnest($2::timestamptz[], $3::timestamptz[]) as s (since, until)
           cross join lateral (
             select p.* from passage p where p.province_code = any($1) and p.occurred_at >= s.since and p.occurred_at < s.until offset 0) p
           where p.decision <> 'VOID' and p.corrects is null group by 1, 2, 3),
         recorded as (select province_code, count(distinct until) as days from passed group by 1)
         select checkpoint_id as "checkpointId", sum(passages)::integer as passages, max(r.days)::integer as days
         from passed join recorded r using (province_code) group by 1`,
};

/** By checkpoint, how many passed in these 15 minutes of a day, on average over the last seven. */
export async function usualFlow(
  tx: Transaction,
  provinces: readonly string[],
  now: number,
): Promise<Map<string, number>> {
  const untils = days.map((day) => now - day * DAY_MS);
  const rows = await tx.rows<UsualRow>(usual, [
    provinces,
    untils.map((until) => new Date(until - usualMinutes * MINUTE_MS)),
    untils.map((until) => new Date(until)),
  ]);
  return new Map(rows.map((row) => [row.checkpointId, row.passages / row.days]));
}

const yesterday = {
  name: 'traffic-yesterday',
  text: `with counted as (
           select p.checkpoint_id, p.direction, p.decision, p.flagged, 1 as times
           from passage p where p.province_code = any($1) and p.occurred_at >= $2 and p.occurred_at < $3
           union all
           select o.checkpoint_id, o.direction, o.decision, o.flagged, -1
           from passage c
           join passage o on o.province_code = c.province_code and o.id = c.corrects and o.occurred_at = c.occurred_at
           where c.province_code = any($1) and c.occurred_at >= $2 and c.occurred_at < $3 and c.corrects is not null)
         select checkpoint_id as "checkpointId", coalesce(sum(times) filter (where direction = 'IN'), 0)::integer as in,
           coalesce(sum(times) filter (where direction = 'OUT'), 0)::integer as out,
           coalesce(sum(times) filter (where decision = 'REFUSED'), 0)::integer as refused,
           coalesce(sum(times) filter (where flagged), 0)::integer as flagged
         from counted where decision <> 'VOID' group by 1`,
};

/** By checkpoint, what had passed there yesterday at this time of the day. */
export async function yesterdayUntilNow(
  tx: Transaction,
  provinces: readonly string[],
  now: number,
): Promise<Map<string, Counts>> {
  const then = now - DAY_MS;
  const values = [provinces, new Date(midnightBefore(then)), new Date(then)];
  const rows = await tx.rows<Counts & { checkpointId: string }>(yesterday, values);
  return new Map(rows.map(({ checkpointId, ...counts }) => [checkpointId, counts]));
}
