import type { Transaction } from '../platform/database/transaction.ts';
import { DAY_MS } from '../platform/shared/instant.ts';

/** Somebody on the watch list was stopped. */
export interface Hit {
  id: string;
  checkpointId: string;
  at: Date;
}

const since = {
  name: 'traffic-hits',
  text: `select province_code as province, id, checkpoint_id as "checkpointId", at from traffic_hit where province_code = any($1) and at >= $2 order by at desc`,
};

export function hitsSince(
  tx: Transaction,
  provinces: readonly string[],
  from: number,
): Promise<Array<Hit & { province: string }>> {
  return tx.rows<Hit & { province: string }>(since, [provinces, new Date(from)]);
}

const keep = {
  name: 'keep-traffic-hits',
  text: `with old as (delete from traffic_hit where province_code = $1 and at < $2)
         insert into traffic_hit (province_code, id, at, checkpoint_id)
         select $1, h.* from unnest($3::uuid[], $4::timestamptz[], $5::uuid[]) as h (id, at, checkpoint_id) on conflict do nothing`,
};

/** Keeps hits by the ids of their events, and forgets those of more than a week ago. */
export async function keepHits(tx: Transaction, province: string, hits: readonly Hit[], now: number): Promise<void> {
  const weekAgo = new Date(now - 7 * DAY_MS);
  await tx.rows(keep, [
    province,
    weekAgo,
    hits.map(({ id }) => id),
    hits.map(({ at }) => at),
    hits.map(({ checkpointId }) => checkpointId),
  ]);
}
