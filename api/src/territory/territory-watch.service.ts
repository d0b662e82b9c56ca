import type { Database } from '../platform/database/database.ts';
import { inTransaction, noRows } from '../platform/database/transaction.ts';
import type { Logger } from '../platform/observability/logger.ts';
import { readUnits, versionsStatement, type Versions } from './territory.queries.ts';
import { Territory } from './territory.service.ts';
import { reloadZones } from './zones/reload-zones.service.ts';

const everyMs = 2_000;

interface Reading {
  unitsVersion: string;
  territory: Territory;
}

/**
 * Holds the units and zones in memory and looks, beside all requests and one look after the other, whether a reform was
 * imported or a zone changed on another node: then it reads them anew, whole.
 */
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
    this.#wait();
  }

  static async begin(database: Database, logger: Logger): Promise<TerritoryWatch> {
    return new TerritoryWatch(database, logger, await read(database, (await versionsOf(database)).units));
  }

  get territory(): Territory {
    return this.#reading.territory;
  }

  onChange(tell: (territory: Territory) => void): void {
    this.#changed.push(tell);
  }

  /** What the node that changed a zone does at once. */
  readonly reloadZones = (): Promise<void> => reloadZones(this.#database, this.territory.zones);

  async stop(): Promise<void> {
    if (this.#timer) clearTimeout(this.#timer);
    await this.#looking;
    if (this.#timer) clearTimeout(this.#timer);
  }

  #wait(): void {
    this.#timer = setTimeout(() => {
      this.#looking = this.#look().finally(() => this.#wait());
    }, everyMs).unref();
  }

  async #look(): Promise<void> {
    try {
      const { units, zones } = await versionsOf(this.#database);
      if (units !== this.#reading.unitsVersion) await this.#replace(units);
      else if (zones !== this.territory.zones.revision) await this.reloadZones();
    } catch (error) {
      // An outage: the next look may do better, and what was known before serves until then.
      this.#logger.warn({ error: (error as Error).name }, 'whether units or zones changed is not known');
    }
  }

  async #replace(version: string): Promise<void> {
    this.#reading = await read(this.#database, version);
    for (const tell of this.#changed) tell(this.territory);
    this.#logger.info({ version }, 'the administrative units were read anew');
  }
}

/** One statement, no transaction: every node asks it all day. */
async function versionsOf(database: Database): Promise<Versions> {
  const { rows } = await database.pool.query<Versions>(versionsStatement);
  return rows[0] ?? { units: '', zones: 1 };
}

/** After its version was asked: units of a later one are at worst read once more. */
const read = async (database: Database, unitsVersion: string): Promise<Reading> => ({
  unitsVersion,
  territory: await readTerritory(database),
});

/** All units and zones as they are now. No scan is judged without the zones. */
export async function readTerritory(database: Database): Promise<Territory> {
  const territory = new Territory(await inTransaction(database, noRows, readUnits));
  await reloadZones(database, territory.zones);
  return territory;
}
