import type { Database } from '../platform/database/database.ts';
import { inTransaction, noRows } from '../platform/database/transaction.ts';
import type { Logger } from '../platform/observability/logger.ts';
import { readUnits, readUnitsVersion } from './territory.queries.ts';
import { Territory } from './territory.service.ts';

const everyMs = 2_000;

interface Reading {
  version: string;
  territory: Territory;
}

/** Holds the units in memory and looks, beside all requests, whether a reform was imported: then it reads them anew, whole. */
export class TerritoryWatch {
  readonly #database: Database;
  readonly #logger: Logger;
  readonly #changed: Array<(territory: Territory) => void> = [];
  #reading: Reading;
  #timer: NodeJS.Timeout | null = null;
  #looking: Promise<void> = Promise.resolve();

  private constructor(database: Database, logger: Logger, reading: Reading) {
    this.#database = database;
    this.#logger = logger;
    this.#reading = reading;
    this.#timer = setInterval(() => {
      this.#looking = this.#look();
    }, everyMs).unref();
  }

  static async begin(database: Database, logger: Logger): Promise<TerritoryWatch> {
    return new TerritoryWatch(database, logger, await read(database));
  }

  get territory(): Territory {
    return this.#reading.territory;
  }

  onChange(tell: (territory: Territory) => void): void {
    this.#changed.push(tell);
  }

  async stop(): Promise<void> {
    if (this.#timer) clearInterval(this.#timer);
    await this.#looking;
  }

  async #look(): Promise<void> {
    try {
      const version = await inTransaction(this.#database, noRows, readUnitsVersion);
      if (version === this.#reading.version) return;
      const next = await read(this.#database);
      // No scan is judged without the zones: they go along, by the ids of their units, until their own watch looks again.
      next.territory.zones.replace(this.territory.zones.revision, this.territory.zones.all);
      this.#reading = next;
      for (const tell of this.#changed) tell(this.territory);
      this.#logger.info({ version }, 'the administrative units were read anew');
    } catch (error) {
      // An outage: the next look may do better, and the units of before serve until then.
      this.#logger.warn({ error: (error as Error).name }, 'whether the administrative units changed is not known');
    }
  }
}

/** The version first: units of a later one are at worst read once more. */
async function read(database: Database): Promise<Reading> {
  return inTransaction(database, noRows, async (tx) => ({
    version: await readUnitsVersion(tx),
    territory: new Territory(await readUnits(tx)),
  }));
}
