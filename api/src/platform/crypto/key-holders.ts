import type pg from 'pg';
import type { Database } from '../database/database.ts';
import { inTransaction, noRows } from '../database/transaction.ts';
import { newUuid7 } from '../shared/uuid7.ts';
import type { Keys } from './keys.ts';
import type { RingName } from './keys-file.ts';
import { idsOf } from './watch-keys-file.ts';

const reportEveryMs = 5_000;
/** A process that has not reported for so long has ended, or has lost the database and serves nobody. */
const goneAfterSeconds = 30;

const report = `insert into key_holder as h (node_id, seen_at, rings) values ($1, now(), $2)
  on conflict (node_id) do update set seen_at = excluded.seen_at, rings = excluded.rings`;

const forgetLongGone = `delete from key_holder where seen_at < now() - interval '1 day'`;

/** Tells every few seconds which keys this process holds, by their ids, until it stops: a rotation waits for all of them. */
export class KeyHolder {
  readonly #nodeId = newUuid7();
  readonly #keys: Keys;
  #pool: pg.Pool | undefined;
  #timer: NodeJS.Timeout | undefined;

  constructor(keys: Keys) {
    this.#keys = keys;
  }

  /** One connection's worth for the whole process, whichever of its roles has one first. */
  async reportThrough(pool: pg.Pool): Promise<void> {
    if (this.#pool) return;
    this.#pool = pool;
    await pool.query(forgetLongGone).catch(() => undefined);
    await this.report();
    this.#timer = setInterval(() => void this.report(), reportEveryMs).unref();
  }

  async report(): Promise<void> {
    // Missed is missed: the next one comes in seconds.
    await this.#pool?.query(report, [this.#nodeId, JSON.stringify(idsOf(this.#keys))]).catch(() => undefined);
  }

  async stop(): Promise<void> {
    clearInterval(this.#timer);
    await this.#pool?.query('delete from key_holder where node_id = $1', [this.#nodeId]).catch(() => undefined);
    this.#pool = undefined;
  }
}

export interface HeldKeys {
  nodeId: string;
  rings: Record<RingName, string[]>;
}

const holders = {
  name: 'key-holders',
  text: 'select node_id as "nodeId", rings from key_holder where seen_at > now() - make_interval(secs => $1) order by node_id',
};

/** The processes that run now, with the ids of the keys they hold, the first of each ring in use. */
export function keyHolders(database: Database): Promise<HeldKeys[]> {
  return inTransaction(database, noRows, (tx) => tx.rows<HeldKeys>(holders, [goneAfterSeconds]));
}
