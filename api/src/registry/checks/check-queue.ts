import { randomUUID } from 'node:crypto';
import type { Database } from '../../platform/database/database.ts';
import { everyProvince, inTransaction, wholeProvinces } from '../../platform/database/transaction.ts';
import type { Keys } from '../../platform/crypto/keys.ts';
import type { CheckMetrics } from './check-metrics.ts';
import { leaseMs, type CheckSettings } from './check-settings.ts';
import { countDeadChecks, dueChecks, forgetChecks, takeChecks, type DueChecks } from './checks.queries.ts';
import { readPeople, type DeclaredPersons, type ReadCheck } from './read-people.ts';

// A survey of 100,000 that wait takes some 20 ms.
const surveyHoldsMs = 1_000;
export const mostTaken = 500;

export interface QueueParts {
  database: Database;
  /** Those of the holder: they may change while it runs. */
  keys: Keys;
  declaredPersons: DeclaredPersons;
  settings: CheckSettings;
  metrics: CheckMetrics;
  now: () => Date;
}

/** The checks of all provinces that are due, the urgent first wherever they are; a few are taken at a time. */
export class CheckQueue {
  readonly #parts: QueueParts;
  #survey: DueChecks[] = [];
  #surveyedAt = -Infinity;

  constructor(parts: QueueParts) {
    this.#parts = parts;
  }

  /** The next checks with their people, at most so many; none where nothing is due. Each is the caller's until `until`. */
  async take(most: number): Promise<Array<ReadCheck & { until: Date }>> {
    const { database, keys, declaredPersons, settings, now } = this.#parts;
    for (let next = await this.#next(); next; next = await this.#next()) {
      const { province, priority } = next;
      const at = now();
      const until = new Date(at.getTime() + leaseMs(settings));
      const order = { priority, at, until, claim: randomUUID(), most };
      const taken = await inTransaction(database, wholeProvinces([province]), (tx) => takeChecks(tx, province, order));
      if (taken.length < order.most) this.#survey = this.#survey.filter((one) => one !== next);
      const known = await this.#known(await readPeople(database, keys, declaredPersons, province, taken), province);
      if (known.length > 0) return known.map((check) => ({ ...check, until }));
    }
    return [];
  }

  async #known(read: ReadCheck[], province: string): Promise<ReadCheck[]> {
    const gone = read.filter(({ person }) => person === 'GONE').map(({ check }) => check.citizenId);
    if (gone.length > 0)
      await inTransaction(this.#parts.database, wholeProvinces([province]), (tx) => forgetChecks(tx, province, gone));
    return read.filter(({ person }) => person !== 'GONE');
  }

  /** Where the most urgent wait. */
  async #next(): Promise<DueChecks | null> {
    if (performance.now() - this.#surveyedAt > surveyHoldsMs) await this.survey();
    return this.#survey[0] ?? null;
  }

  async survey(): Promise<void> {
    const { database, metrics, now } = this.#parts;
    const at = now();
    const [due, dead] = await inTransaction(database, everyProvince, async (tx) => [
      await dueChecks(tx, at),
      await countDeadChecks(tx),
    ]);
    metrics.surveyed(due, dead, at);
    this.#survey = due;
    this.#surveyedAt = performance.now();
  }
}
