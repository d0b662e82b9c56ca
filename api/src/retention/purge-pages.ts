import type { Database } from '../platform/database/database.ts';
import { idsDigest, purgePageSize, type PurgePage } from '../platform/database/purging.ts';
import { inTransaction, wholeProvinces } from '../platform/database/transaction.ts';
import { enterEvidence } from './evidence.ts';

/** Takes a province's rows away page by page, each with its evidence in its own transaction. */
export async function purgePages(
  database: Database,
  province: string,
  table: string,
  purge: PurgePage,
  before: Date,
): Promise<void> {
  for (let full = true; full;) {
    const ids = await inTransaction(database, wholeProvinces([province]), async (tx) => {
      const gone = await purge(tx, province, before);
      if (gone.length > 0)
        await enterEvidence(tx, province, {
          table,
          from: null,
          to: before,
          rows: gone.length,
          digest: idsDigest(gone),
        });
      return gone;
    });
    full = ids.length === purgePageSize;
  }
}
