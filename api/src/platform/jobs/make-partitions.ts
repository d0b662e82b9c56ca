import type pg from 'pg';
import { ensurePartitions } from '../database/migrate.ts';

/** Makes the weekly partitions of the weeks to come, well before the first row needs them. */
export async function makePartitionsAhead(client: pg.PoolClient): Promise<void> {
  await ensurePartitions(client);
}
