import type { Database } from '../../platform/database/database.ts';
import { inTransaction, noRows, type Transaction } from '../../platform/database/transaction.ts';
import { readRevision, readZones, revisionStatement } from './zones.queries.ts';
import type { Zones } from './zones.service.ts';

export type ReloadZones = () => Promise<void>;

const lookEveryMs = 2_000;

/**
 * Keeps a node's memory of the zones as the database has them: asked once every two seconds whether any changed, so that no
 * request asks, and a change on another node counts without a restart.
 */
export class ZoneWatch {
  readonly #database: Database;
  readonly #zones: () => Zones;
  #timer: NodeJS.Timeout | undefined;

  constructor(database: Database, zones: () => Zones) {
    this.#database = database;
    this.#zones = zones;
  }

  async start(): Promise<void> {
    await this.reload();
    // Missed is missed: the next look comes in seconds.
    this.#timer = setInterval(() => void this.reload().catch(() => undefined), lookEveryMs).unref();
  }

  readonly reload: ReloadZones = async () => {
    // One statement, no transaction: every node asks it all day.
    const { rows } = await this.#database.pool.query<{ revision: number }>(revisionStatement);
    if (rows[0]?.revision !== this.#zones().revision)
      await inTransaction(this.#database, noRows, (tx) => this.#read(tx));
  };

  async #read(tx: Transaction): Promise<void> {
    // The revision first: zones that change in between are read once more, never missed.
    const revision = await readRevision(tx);
    const zones = await readZones(tx);
    this.#zones().replace(revision, zones);
  }

  stop(): void {
    clearInterval(this.#timer);
  }
}
