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

// So many may be answered and not stored yet; a worker that is killed leaves them to be asked about again.
const mostUnstored = 100;

/** Keeps outcomes as they come, while more are asked about: those that come while others are being stored go together next. */
export class OutcomeStore {
  readonly #database: Database;
  readonly #times: () => Storing;
  #waiting: Answered[] = [];
  #storing: Promise<void> | null = null;
  #failure: Error | null = null;

  constructor(database: Database, times: () => Storing) {
    this.#database = database;
    this.#times = times;
  }

  /** Settles at once, unless too many wait; rejects where nothing can be stored. */
  async keep(answered: Answered): Promise<void> {
    this.add([answered]);
    if (this.#waiting.length >= mostUnstored) await this.#storing;
    if (this.#failure) throw this.#failure;
  }

  add(answered: readonly Answered[]): void {
    this.#waiting.push(...answered);
    this.#storing ??= this.#store().finally(() => (this.#storing = null));
  }

  /** Settles when all is committed; rejects where some was not: that is due again when its lease has ended. */
  async stored(): Promise<void> {
    await this.#storing;
    const failure = this.#failure;
    this.#failure = null;
    if (failure) throw failure;
  }

  async #store(): Promise<void> {
    while (this.#waiting.length > 0)
      await storeOutcomes(this.#database, this.#waiting.splice(0), this.#times()).catch(
        (error: Error) => (this.#failure = error),
      );
  }
}
