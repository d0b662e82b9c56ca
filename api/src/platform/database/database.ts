import { MikroORM, PostgresDialect, Kysely } from './mikro-orm.ts';
import pg from 'pg';

export type EntityClass = new (...args: never[]) => object;

/** The pool that every request borrows one connection from, and the ORM that maps what changes on top of it. */
export interface Database {
  pool: pg.Pool;
  orm: MikroORM;
  /** A transaction that lasts longer is cut off. */
  longestMs: number;
  close(): Promise<void>;
}

const bigintOid = 20;
const dateOid = 1082;
pg.types.setTypeParser(bigintOid, Number);
// A LocalDate stays the text that Postgres sends: a Date would shift it by the machine's zone.
pg.types.setTypeParser(dateOid, (text) => text);

const requestMs = 10_000;

/** Opens the pool. Pipelining sends begin, scope and the first statement in one packet: round trips are the cost. */
export async function openDatabase(options: {
  url: string;
  poolSize: number;
  entities: EntityClass[];
  onError: (error: Error) => void;
  longestMs?: number;
}): Promise<Database> {
  const longestMs = options.longestMs ?? requestMs;
  const pool = new pg.Pool({
    connectionString: options.url,
    max: options.poolSize,
    pipeline: true,
    connectionTimeoutMillis: 5_000,
    idleTimeoutMillis: 60_000,
    statement_timeout: longestMs - 1_000,
    // Named statements are planned once a connection: planning again for each value takes 2 ms where the plan over all
    // weeks takes 0.2 (docs/decisions/plans-kept.md).
    options: '-c plan_cache_mode=force_generic_plan',
    application_name: 'cordon',
  });
  pool.on('error', options.onError);
  pool.on('connect', (client) => client.on('error', options.onError));
  const orm = await MikroORM.init({
    driverOptions: new Kysely({ dialect: new PostgresDialect({ pool }) }),
    dbName: 'cordon',
    entities: options.entities,
    // The worker's statements are all plain SQL.
    discovery: { warnWhenNoEntities: false },
    ensureDatabase: false,
    allowGlobalContext: false,
  });
  return {
    pool,
    orm,
    longestMs,
    async close() {
      // Closing the ORM destroys Kysely, which ends the pool it was given.
      await orm.close(true);
      if (!pool.ended) await pool.end();
    },
  };
}

/** The address of the same database for a role that owns nothing. */
export function withRole(ownerUrl: string, role: 'cordon_api' | 'cordon_worker', password: string): string {
  const url = new URL(ownerUrl);
  url.username = role;
  url.password = encodeURIComponent(password);
  return url.toString();
}
