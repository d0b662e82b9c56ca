import type { Database } from '../../platform/database/database.ts';
import { inTransaction, noRows } from '../../platform/database/transaction.ts';
import { readRevision, readZones } from './zones.queries.ts';
import type { Zones } from './zones.service.ts';

export type ReloadZones = () => Promise<void>;

const lookEveryMs = 2_000;

/**
 * Keeps a node's memory of the zones as the database has them: asked once every two seconds whether any changed, so that no
 * request asks, and a change on another node counts without a restart.
 */
export class ZoneWatch {
  readonly #database: Database;
  readonly #zones: Zones;
  #timer: NodeJS.Timeout | undefined;

  constructor(database: Database, zones: Zones) {
    this.#database = database;
    this.#zones = zones;
  }

  async start(): Promise<void> {
    await this.reload();
    // Missed is missed: the next look comes in seconds.
    this.#timer = setInterval(() => void this.reload().catch(() => undefined), lookEveryMs).unref();
  }

  readonly reload: ReloadZones = async () => {
    await inTransaction(this.#database, noRows, async (tx) => {
      // The revision first: zones that change in between are read once more, never missed.
      const revision = await readRevision(tx);
      if (revision !== this.#zones.revision) this.#zones.replace(revision, await readZones(tx));
    });
  };

  stop(): void {
    clearInterval(this.#timer);
  }
}
