import type { Database } from '../platform/database/database.ts';
import { inTransaction, noRows, wholeProvinces } from '../platform/database/transaction.ts';
import type { Logger } from '../platform/observability/logger.ts';
import { provinceCodes } from '../territory/provinces.service.ts';
import { readTerritory } from '../territory/territory-watch.service.ts';
import { countDueDays } from './count-due-days.service.ts';
import { makeReports } from './make-reports.service.ts';
import { neverCounted } from './stored-days.queries.ts';
import { verifyRollups } from './verify-rollups.service.ts';

interface Parts {
  database: Database;
  logger: Logger;
  now: () => Date;
  /** The hour of the morning, in Viet Nam, at which the reports of the day before are made. */
  hour: number;
}

/** What a worker does for the reports by the clock. */
export class ReportWorker {
  readonly #parts: Parts;
  #beginning: Promise<void> = Promise.resolve();
  #stopped = false;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  /** Counts, beside all else, what was recorded before there were rollups, and makes the reports that are due. */
  begin(): void {
    this.#beginning = this.#countFromTheStart()
      .then(() => this.makeDue())
      .catch(({ name }: Error) =>
        this.#parts.logger.warn({ error: name }, 'reports could not be counted at the start'),
      );
  }

  /** Ends after the day at hand. */
  async stop(): Promise<void> {
    this.#stopped = true;
    await this.#beginning;
  }

  /** Journeys and people of the days that changed. */
  async countDue(): Promise<void> {
    await countDueDays(this.#parts.database, this.#parts.now());
  }

  /** Counts everything that is stored anew. There is nothing to mend but what an older worker handled while it was replaced. */
  async mend(): Promise<void> {
    await this.#mend(await this.#provinces());
  }

  async makeDue(): Promise<void> {
    const { database, logger, now, hour } = this.#parts;
    const territory = await readTerritory(database);
    const made = await makeReports(database, territory, { hour, at: now(), isStopped: () => this.#stopped });
    if (made > 0) logger.info({ made }, 'daily reports were made');
  }

  async #countFromTheStart(): Promise<void> {
    const { database } = this.#parts;
    const fresh: string[] = [];
    for (const province of await this.#provinces())
      if (await inTransaction(database, wholeProvinces([province]), (tx) => neverCounted(tx, province)))
        fresh.push(province);
    await this.#mend(fresh);
  }

  async #mend(provinces: readonly string[]): Promise<void> {
    const { database, logger, now } = this.#parts;
    for await (const { province, day, differences } of verifyRollups(database, provinces, { at: now(), mend: true })) {
      if (differences.length > 0)
        logger.warn({ province, day, cells: differences.length }, 'counts of reports were mended');
      if (this.#stopped) break;
    }
  }

  #provinces(): Promise<string[]> {
    return inTransaction(this.#parts.database, noRows, provinceCodes);
  }
}
