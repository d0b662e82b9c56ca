import { z } from 'zod';
import type { OutboxEvent } from '../platform/outbox/event-handler.ts';
import type { Transaction } from '../platform/database/transaction.ts';
import { writeEvents } from '../platform/outbox/write-events.ts';

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

/** Written with what it tells of, for those above who show it. */
export const tellHits = (tx: Transaction, provinceCode: string, hits: readonly WatchListHit[]): Promise<void> =>
  writeEvents(
    tx,
    watchListHitTopic,
    hits.map((payload) => ({ provinceCode, payload })),
  );
