import type { Database } from '../../platform/database/database.ts';
import { inTransaction, noRows } from '../../platform/database/transaction.ts';
import { readRevision, readZones } from './zones.queries.ts';
import type { Zones } from './zones.service.ts';

/** Reads a node's memory of the zones anew, whole. */
export async function reloadZones(database: Database, zones: Zones): Promise<void> {
  await inTransaction(database, noRows, async (tx) => {
    // The revision first: zones that change in between are read once more, never missed.
    const revision = await readRevision(tx);
    zones.replace(revision, await readZones(tx));
  });
}
