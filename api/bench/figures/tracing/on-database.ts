import pg from 'pg';
import { openDatabase, withRole, type Database } from '#api/platform/database/database.ts';
import { inTransaction, noRows } from '#api/platform/database/transaction.ts';
import { provinceCodes } from '#api/territory/provinces.service.ts';
import { testRolePasswords } from '#test/test-config.ts';
import { emptyProvince } from '../../data/crowd.ts';
import { startPostgres } from '../../postgres.ts';

/** A database of the bench, as its owner, and as the worker reaches it: through its pool, and on a bare connection. */
export interface Bench {
  owner: pg.Client;
  bare: pg.Client;
  database: Database;
  provinces: string[];
  /** When everything is traced. */
  at: Date;
}

export async function onDatabase<Result>(directory: string, work: (bench: Bench) => Promise<Result>): Promise<Result> {
  const postgres = await startPostgres(directory);
  const owner = new pg.Client({ connectionString: postgres.url });
  await owner.connect();
  try {
    const { rows } = await owner.query<{ there: boolean }>(`select to_regclass('case_trace') is not null as there`);
    if (!rows[0]?.there) await emptyProvince(owner, postgres.url);
    return await asWorker(withRole(postgres.url, 'cordon_worker', testRolePasswords.worker), owner, work);
  } finally {
    await owner.end();
    await postgres.stop();
  }
}

async function asWorker<Result>(
  url: string,
  owner: pg.Client,
  work: (bench: Bench) => Promise<Result>,
): Promise<Result> {
  const database = await openDatabase({ url, poolSize: 4, entities: [], longestMs: 600_000, onError: () => undefined });
  // Kept plans, as the pool has: by hand nobody would have a statement planned at each call.
  const options = '-c plan_cache_mode=force_generic_plan';
  const bare = new pg.Client({ connectionString: url, application_name: 'bare', options });
  await bare.connect();
  try {
    const provinces = await inTransaction(database, noRows, provinceCodes);
    return await work({ owner, bare, database, provinces, at: new Date() });
  } finally {
    await bare.end();
    await database.close();
  }
}
