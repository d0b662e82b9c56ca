import type { Database } from '../../platform/database/database.ts';
import { inTransaction, wholeProvinces } from '../../platform/database/transaction.ts';
import { releaseChecks, storeFailures, storeVerdicts, type Answered } from './checks.queries.ts';

export interface Storing {
  at: Date;
  freshUntil: Date;
}

const of = <Kind extends Answered['outcome']['kind']>(answered: readonly Answered[], kind: Kind) =>
  answered.filter(({ outcome }) => outcome.kind === kind) as unknown as Array<Answered<Kind>>;

/** Keeps what came of checks, those of a province in one transaction. */
async function storeOutcomes(database: Database, answered: readonly Answered[], times: Storing): Promise<void> {
  for (const [province, own] of Map.groupBy(answered, ({ check }) => check.province)) {
    const [verdicts, failures, released] = [of(own, 'VERDICT'), of(own, 'FAILED'), of(own, 'RELEASED')];
    await inTransaction(database, wholeProvinces([province]), async (tx) => {
      if (verdicts.length > 0) await storeVerdicts(tx, province, verdicts, times);
      if (failures.length > 0) await storeFailures(tx, province, failures, times);
      if (released.length > 0) await releaseChecks(tx, province, released);
    });
  }
}

/** Keeps outcomes as they come: those that come while others are being stored go together next. */
export class OutcomeStore {
  readonly #database: Database;
  readonly #times: () => Storing;
  #waiting: Answered[] = [];
  #next: Promise<void> | null = null;
  #current: Promise<void> = Promise.resolve();

  constructor(database: Database, times: () => Storing) {
    this.#database = database;
    this.#times = times;
  }

  /** Settles when it is committed. */
  keep(answered: Answered): Promise<void> {
    this.#waiting.push(answered);
    if (!this.#next) {
      const flush = () => {
        this.#next = null;
        return storeOutcomes(this.#database, this.#waiting.splice(0), this.#times());
      };
      this.#next = this.#current.then(flush, flush);
      this.#current = this.#next;
    }
    return this.#next;
  }
}
