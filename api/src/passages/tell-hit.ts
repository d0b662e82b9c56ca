import type { Transaction } from '../platform/database/transaction.ts';
import { tellHits, type WatchListHit } from '../watchlist/watch-list.events.ts';
import type { PassageRow } from './passage.row.ts';
import type { Scanner } from './scanned.ts';

/** Somebody on the watch list was scanned here. */
export const tellHit = ({ tx, checkpoint, at }: Pick<Scanner, 'tx' | 'checkpoint' | 'at'>): Promise<void> =>
  tellHits(tx, checkpoint.provinceCode, [{ checkpointId: checkpoint.id, at: at.toISOString(), passageIds: [] }]);

/** Those of these passages that somebody on the watch list made: one event a checkpoint, and no statement where there is none. */
export function tellHitsOf(tx: Transaction, province: string, rows: readonly PassageRow[]): Promise<void> {
  const hits = rows.filter(({ flags }) => flags.includes('WATCH_LIST'));
  const events = [...Map.groupBy(hits, (row) => row.checkpoint_id)].map(([checkpointId, passages]): WatchListHit => ({
    checkpointId,
    at: new Date(Math.max(...passages.map((row) => row.occurred_at.getTime()))).toISOString(),
    passageIds: passages.map(({ id }) => id),
  }));
  return tellHits(tx, province, events);
}
