import pg from 'pg';
import type { Transaction } from '#api/platform/database/transaction.ts';
import { lookupHashes } from '#api/platform/crypto/lookup.ts';
import { testKeys } from '#test/test-config.ts';
import { poolSize } from '../settings.ts';

/** As good a pool as Cordon's own: statements go without waiting for each other, and keep their plans. */
export function openPool(connectionString: string, name: string): pg.Pool {
  return new pg.Pool({
    connectionString,
    max: poolSize,
    pipeline: true,
    options: '-c plan_cache_mode=force_generic_plan',
    idleTimeoutMillis: 0,
    application_name: name,
  });
}

export interface Reader {
  id: string;
  unit_id: string;
  checkpoint_ids: string[];
}

/** The session look-up that Cordon does for every request. */
const readerByToken = {
  name: 'reader',
  text: 'select * from viewers_of_sessions($1, $2, $3)',
};

export async function readerOf(pool: pg.Pool, cookie: string | undefined): Promise<Reader> {
  const token = /cordon_session=([\w-]+)/.exec(cookie ?? '')?.[1] ?? '';
  const now = Date.now();
  const { rows } = await pool.query<Reader>({
    ...readerByToken,
    values: [lookupHashes(testKeys.session, 'session', token), new Date(now), new Date(now - 12 * 3_600_000)],
  });
  if (!rows[0]) throw new Error('Nobody is signed in.');
  return rows[0];
}

/** Begins with the scope set, does the work, and commits. */
export async function inScope<T>(
  pool: pg.Pool,
  accountId: string,
  work: (client: pg.PoolClient) => Promise<T>,
): Promise<T> {
  const client = await pool.connect();
  try {
    client.query({ name: 'begin', text: 'begin' }).catch(() => undefined);
    client
      .query({ name: 'scope', text: 'select set_scope($1, $2, $3)', values: ['38', '*', accountId] })
      .catch(() => undefined);
    const result = await work(client);
    await client.query('commit');
    client.release();
    return result;
  } catch (error) {
    client.release(error as Error);
    throw error;
  }
}

/** Lets Cordon's own statements run on a plain connection, so that the reference sends exactly the same ones. */
export const statementsOn = (client: pg.PoolClient): Transaction =>
  ({
    rows: async (statement: { name: string; text: string }, values: unknown[]) =>
      (await client.query({ ...statement, values })).rows as unknown[],
    batch: async (text: string, values: unknown[]) => (await client.query(text, values)).rows as unknown[],
  }) as unknown as Transaction;
