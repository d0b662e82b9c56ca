import type { Writable } from 'node:stream';
import {
  HandleEmptyInListsPlugin,
  Kysely,
  PostgresDialect,
  replaceWithNoncontingentExpression,
  type EntityManager,
} from './mikro-orm.ts';
import type { Socket } from 'node:net';
import pg from 'pg';
import { Unavailable } from '../graphql/problems.ts';
import type { Database } from './database.ts';
import type { Tables } from './tables.ts';

/** What a transaction may reach, and who asks: row-level security reads it all. */
export interface RowScope {
  /** Null: every one. */
  provinces: readonly string[] | null;
  /** Null: every unit of the provinces. */
  unitIds: readonly string[] | null;
  accountId: string | null;
}

/** The scope of what is no person's request: whole provinces, and nobody's account. */
export const wholeProvinces = (provinces: readonly string[]): RowScope => ({
  provinces,
  unitIds: null,
  accountId: null,
});

/** Of every province: for what asks which of them have something to be done. */
export const everyProvince: RowScope = { provinces: null, unitIds: null, accountId: null };

/** Reaches no row: for tables that have no scope, and for functions that answer without one. */
export const noRows: RowScope = { provinces: [], unitIds: [], accountId: null };

/** A prepared statement: its name is kept by each connection, so the text is parsed once there. */
export interface Statement {
  name: string;
  text: string;
}

const plannedForValues = { name: 'plan-for-values', text: 'set local plan_cache_mode = force_custom_plan' };
const plannedOnce = { name: 'plan-once', text: 'set local plan_cache_mode = force_generic_plan' };

// PostgreSQL is going, gone, full or overloaded, or ended a statement for others' sake: the same request may do well in a
// moment. Without a SQLSTATE it is the driver that lost its connection.
const passing = /^(08|53|57|40)|^55P03$/;
const lost = /^Connection terminated|^Client has encountered a connection error|^timeout/;

/** Tells an outage, which a client tries again, from a fault of ours. */
function failed(error: Error & { code?: string }): never {
  const sqlState = error instanceof pg.DatabaseError;
  const outage = sqlState
    ? passing.test(error.code ?? '')
    : (error.code ?? '').startsWith('E') || lost.test(error.message);
  throw outage ? new Unavailable('The database is not available.', { cause: error }) : error;
}

const setScope = { name: 'scope', text: 'select set_scope($1, $2, $3)' };
const scopeValues = ({ provinces, unitIds, accountId }: RowScope): string[] => [
  provinces?.join() ?? '*',
  unitIds?.join() ?? '*',
  accountId ?? '',
];

/**
 * Lets everything that is asked of a connection in this turn leave in one packet: a packet costs as much CPU as a small
 * statement. The driver's stream is not in its types; without it each statement leaves by itself.
 */
function inOnePacket(client: pg.PoolClient): void {
  const { stream } = (client as unknown as { connection?: { stream?: Writable } }).connection ?? {};
  stream?.cork();
  process.nextTick(() => stream?.uncork());
}

/** A scope without a province finds nothing: `in ()` is no SQL. */
const plugins = [new HandleEmptyInListsPlugin({ strategy: replaceWithNoncontingentExpression })];

/**
 * One transaction on one connection with its row scope set: plain SQL, Kysely and the unit of work share it.
 * The first statement leaves in the same packet as BEGIN and the scope.
 */
export class Transaction {
  readonly #client: pg.PoolClient;
  readonly #database: Database;
  readonly #timer: NodeJS.Timeout;
  #kysely: Kysely<Tables> | undefined;
  #em: EntityManager | undefined;
  #open = true;

  private constructor(database: Database, client: pg.PoolClient) {
    this.#database = database;
    this.#client = client;
    this.#timer = setTimeout(() => this.#abandon(), database.longestMs);
  }

  static async begin(database: Database, scope: RowScope): Promise<Transaction> {
    const client = await database.pool.connect().catch((error: unknown) => {
      throw new Unavailable('The database did not answer in time.', { cause: error });
    });
    const transaction = new Transaction(database, client);
    inOnePacket(client);
    // Not awaited: a failure of either makes the next statement fail, and with it the request.
    client.query('begin').catch(() => undefined);
    client.query({ ...setScope, values: scopeValues(scope) }).catch(() => undefined);
    return transaction;
  }

  async changeScope(scope: RowScope): Promise<void> {
    await this.rows(setScope, scopeValues(scope));
  }

  get isOpen(): boolean {
    return this.#open;
  }

  async rows<Row extends pg.QueryResultRow>(statement: Statement, values: unknown[]): Promise<Row[]> {
    if (!this.#open) throw new Unavailable('The transaction has ended.');
    inOnePacket(this.#client);
    const { rows } = await this.#client.query<Row>({ ...statement, values }).catch(failed);
    return rows;
  }

  /** Runs a statement whose text varies with the length of a batch, so it is not kept by name. */
  async batch<Row extends pg.QueryResultRow>(text: string, values: unknown[]): Promise<Row[]> {
    if (!this.#open) throw new Unavailable('The transaction has ended.');
    const { rows } = await this.#client.query<Row>(text, values).catch(failed);
    return rows;
  }

  get kysely(): Kysely<Tables> {
    const client = this.#client;
    const query = async (text: string, values: unknown[]) => {
      inOnePacket(client);
      // What a list filters by decides its plan: it is planned for its values.
      client.query(plannedForValues).catch(() => undefined);
      const result = client.query(text, values);
      client.query(plannedOnce).catch(() => undefined);
      return result.catch(failed);
    };
    const pool = { connect: async () => ({ query, release: () => undefined }), end: async () => undefined };
    return (this.#kysely ??= new Kysely<Tables>({ dialect: new PostgresDialect({ pool: pool as never }), plugins }));
  }

  /** The unit of work of this transaction; flushed by commit. */
  get em(): EntityManager {
    if (!this.#em) {
      this.#em = this.#database.orm.em.fork();
      this.#em.setTransactionContext(this.kysely);
    }
    return this.#em;
  }

  async commit(): Promise<void> {
    if (!this.#open) throw new Unavailable('The transaction has ended.');
    try {
      await this.#em?.flush();
      const { command } = await this.#client.query('commit').catch(failed);
      // COMMIT of an aborted transaction answers ROLLBACK without an error.
      if (command !== 'COMMIT') throw new Unavailable('The transaction could not be committed.');
      this.#release();
    } catch (error) {
      await this.rollback();
      throw error;
    }
  }

  async rollback(): Promise<void> {
    if (!this.#open) return;
    try {
      await this.#client.query('rollback');
      this.#release();
    } catch (error) {
      this.#release(error as Error);
    }
  }

  #release(error?: Error): void {
    if (!this.#open) return;
    this.#open = false;
    clearTimeout(this.#timer);
    this.#client.release(error);
  }

  #abandon(): void {
    this.#release(new Error(`The transaction lasted longer than ${this.#database.longestMs} ms.`));
    // Released, the driver would wait for the statement that hangs; cut off, it fails at once, and Postgres rolls back.
    (this.#client as unknown as { connection: { stream: Socket } }).connection.stream.destroy();
  }
}

/** Does one piece of work in a transaction of its own, for what is no request: start-up, jobs, tests. */
export async function inTransaction<T>(
  database: Database,
  scope: RowScope,
  work: (tx: Transaction) => Promise<T>,
): Promise<T> {
  const tx = await Transaction.begin(database, scope);
  try {
    const result = await work(tx);
    await tx.commit();
    return result;
  } catch (error) {
    await tx.rollback();
    throw error;
  }
}
