import { z } from 'zod';
import type { OutboxEvent } from '../platform/outbox/event-handler.ts';
import type { Transaction } from '../platform/database/transaction.ts';
import { newUuid7, uuid7Time } from '../platform/shared/uuid7.ts';

/** Somebody on the list was stopped. It names nobody: the wall screen shows where. */
export interface WatchListHit {
  checkpointId: string;
  /** When, ISO 8601. */
  at: string;
  /** The passages that were recorded; none at a scan. */
  passageIds: readonly string[];
}

export const watchListHitTopic = 'watch-list.hit';

const told = z.object({ checkpointId: z.uuid(), at: z.string(), passageIds: z.array(z.uuid()) });

export const readHit = ({ payload }: OutboxEvent): WatchListHit => told.parse(payload);

const insertHits = {
  name: 'watch-list-hits',
  text: `insert into outbox (province_code, id, created_at, topic, payload)
         select $1, e.id, e.at, $2, e.payload from unnest($3::uuid[], $4::timestamptz[], $5::jsonb[]) as e (id, at, payload)`,
};

/** Written with what it tells of, for those above who show it. */
export async function tellHits(tx: Transaction, provinceCode: string, hits: readonly WatchListHit[]): Promise<void> {
  if (hits.length === 0) return;
  const ids = hits.map(() => newUuid7());
  const times = ids.map((id) => new Date(uuid7Time(id) ?? 0));
  await tx.rows(insertHits, [provinceCode, watchListHitTopic, ids, times, hits.map((hit) => JSON.stringify(hit))]);
}
