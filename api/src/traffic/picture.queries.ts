import type { Transaction } from '../platform/database/transaction.ts';
import { HOUR_MS, MINUTE_MS } from '../platform/shared/instant.ts';
import { midnightBefore } from '../platform/shared/vietnam-date.ts';
import type { Advice } from '../territory/shared/movement-rules/advice.ts';
import type { Decision, Direction } from '../passages/passage.entity.ts';
import { keptMinutes } from './kept-minutes.ts';

/** How many passages of one kind a checkpoint has, in one minute, or, where that is null, since midnight and before the minutes. */
export interface PictureRow {
  checkpointId: string;
  direction: Direction;
  decision: Decision;
  flagged: boolean;
  minute: Date | null;
  passages: number;
  lastAt: Date;
}

export interface Picture {
  /** What was committed when it was taken, as PostgreSQL writes it: xmin:xmax:and those in between that were not. */
  snapshot: string;
  rows: PictureRow[];
}

// A passage counts as corrected: with itself, and less what it corrects, which has the same time. So a correction costs one look-up
// by key, and all others none.
const picture = {
  name: 'traffic-picture',
  text: `with counted as (
           select p.checkpoint_id, p.direction, p.decision, p.flagged, p.occurred_at, 1 as times
           from passage p where p.province_code = any($1) and p.occurred_at >= $2 and p.occurred_at < $4
           union all
           select o.checkpoint_id, o.direction, o.decision, o.flagged, o.occurred_at, -1
           from passage c
           join passage o on o.province_code = c.province_code and o.id = c.corrects and o.occurred_at = c.occurred_at
           where c.province_code = any($1) and c.occurred_at >= $2 and c.occurred_at < $4 and c.corrects is not null
         ), summed as (
           select checkpoint_id, direction, decision, flagged,
             case when occurred_at >= $3 then date_trunc('minute', occurred_at) end as minute,
             sum(times)::integer as passages, max(occurred_at) as last_at
           from counted where decision <> 'VOID' group by 1, 2, 3, 4, 5 having sum(times) <> 0)
         select pg_current_snapshot()::text as snapshot, s.checkpoint_id as "checkpointId", s.direction, s.decision, s.flagged,
           s.minute, s.passages, s.last_at as "lastAt"
         from (select) as always left join summed s on true`,
};

// A device's clock may be 5 minutes ahead.
const aheadMs = 10 * MINUTE_MS;

/** What passed in these provinces today and in the minutes that are kept, and what of it was committed: one statement, one snapshot. */
export async function takePicture(tx: Transaction, provinces: readonly string[], now: number): Promise<Picture> {
  const minutesFrom = now - keptMinutes * MINUTE_MS;
  const from = Math.min(midnightBefore(now), minutesFrom);
  const times = [from, minutesFrom - (minutesFrom % MINUTE_MS), now + aheadMs].map((at) => new Date(at));
  const rows = await tx.rows<Omit<PictureRow, 'checkpointId'> & { checkpointId: string | null; snapshot: string }>(
    picture,
    [provinces, ...times],
  );
  return {
    snapshot: rows[0]?.snapshot ?? '',
    rows: rows.flatMap(({ snapshot: _, checkpointId, ...row }) => (checkpointId ? [{ ...row, checkpointId }] : [])),
  };
}

export interface RecentPassage {
  id: string;
  checkpointId: string;
  direction: Direction;
  decision: Decision;
  advice: Advice | null;
  flagged: boolean;
  occurredAt: Date;
}

const recent = {
  name: 'traffic-recent',
  text: `select p.id, p.checkpoint_id as "checkpointId", p.direction, p.decision, p.advice, p.flagged, p.occurred_at as "occurredAt"
         from passage p
         where p.province_code = any($1) and p.checkpoint_id = any($2) and p.occurred_at >= $3 and p.decision <> 'VOID'
           and not exists (select from passage c where c.province_code = p.province_code and c.corrects = p.id and c.occurred_at = p.occurred_at)
         order by p.occurred_at desc, p.id desc limit $4`,
};

/** The latest passages of these checkpoints, of the last 12 hours. */
export function recentPassages(
  tx: Transaction,
  provinces: readonly string[],
  checkpointIds: readonly string[],
  most: number,
  now: number,
): Promise<RecentPassage[]> {
  return tx.rows<RecentPassage>(recent, [provinces, checkpointIds, new Date(now - 12 * HOUR_MS), most]);
}

export interface DutyRow {
  username: string | null;
  checkpointId: string;
  lastRecordedAt: Date;
  passages: number;
}

const duty = {
  name: 'officers-on-duty',
  text: `select a.username, d.* from (
           select p.recorded_by, p.checkpoint_id as "checkpointId", max(p.recorded_at) as "lastRecordedAt", count(*)::integer as passages
           from passage p where p.province_code = any($1) and p.checkpoint_id = any($2) and p.occurred_at >= $3 and p.recorded_at >= $3
           group by 1, 2) d
         left join account a on a.id = d.recorded_by
         order by d."lastRecordedAt" desc, d."checkpointId" limit $4`,
};

/** Who recorded at these checkpoints in the last 12 hours, the latest first. */
export function officersOnDuty(
  tx: Transaction,
  provinces: readonly string[],
  checkpointIds: readonly string[],
  most: number,
  now: number,
): Promise<DutyRow[]> {
  return tx.rows<DutyRow>(duty, [provinces, checkpointIds, new Date(now - 12 * HOUR_MS), most]);
}
