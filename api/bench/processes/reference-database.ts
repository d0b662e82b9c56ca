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
  text: `select a.id, a.username, a.full_name, a.roles, a.unit_id, a.must_change_password, s.last_seen_at,
           array(select ac.checkpoint_id::text from account_checkpoint ac where ac.account_id = a.id) as checkpoint_ids
         from account_session s join account a on a.id = s.account_id
         where s.token_hash = any($1) and s.revoked_at is null and s.expires_at > $2 and s.last_seen_at > $3 and a.active`,
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
    client.query({ name: 'scope', text: 'select set_scope($1, $2)', values: ['38', accountId] }).catch(() => undefined);
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
