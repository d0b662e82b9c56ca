import type { Database } from '../database/database.ts';
import { Transaction, type RowScope } from '../database/transaction.ts';
import { badInput } from './problems.ts';

const keyOf = (scope: RowScope) => JSON.stringify([scope.provinces, scope.unitIds, scope.accountId]);

/**
 * The transactions of one operation. A query has one, begun when first needed; each root field of a mutation has its own,
 * which its result is read in too. `finish` commits before the response leaves, so a failed COMMIT is an error, never data.
 */
export class RequestTransactions {
  readonly #database: Database;
  #current: Promise<Transaction> | undefined;
  #scope: RowScope | undefined;
  #failure: Error | undefined;
  #afterCommit: Array<() => Promise<void>> = [];

  constructor(database: Database) {
    this.#database = database;
  }

  /** The open transaction, or one begun with this scope. An operation reads with one scope only. */
  within(scope: RowScope): Promise<Transaction> {
    if (this.#scope && keyOf(this.#scope) !== keyOf(scope)) {
      throw badInput({
        province: { vi: 'Mỗi yêu cầu chỉ hỏi được một tỉnh.', en: 'One operation reaches one province.' },
      });
    }
    this.#scope = scope;
    return (this.#current ??= Transaction.begin(this.#database, scope));
  }

  /** The transaction that is already open: nested fields read where their root field read or wrote. */
  get open(): Promise<Transaction> | undefined {
    return this.#current;
  }

  /** What the open transaction reaches from here on: written further than it is read, it is read in the reader's own scope. */
  async changeScope(scope: RowScope): Promise<void> {
    const tx = await this.#current;
    await tx?.changeScope(scope);
    this.#scope = scope;
  }

  /** Commits what is open. Once that failed it fails for good: nothing of such an operation is answered as data. */
  async commit(): Promise<void> {
    if (this.#failure) throw this.#failure;
    const current = this.#current;
    this.#forget();
    const tx = await current?.catch(() => undefined);
    try {
      await tx?.commit();
    } catch (error) {
      this.#failure = error as Error;
      throw error;
    }
    // What was committed stays so, whatever comes of what follows.
    for (const follow of this.#afterCommit.splice(0)) await follow().catch(() => undefined);
  }

  /** What this node does once the open transaction is committed, before it answers; nothing where it is rolled back. */
  afterCommit(follow: () => Promise<void>): void {
    this.#afterCommit.push(follow);
  }

  async rollback(): Promise<void> {
    const current = this.#current;
    this.#forget();
    this.#afterCommit = [];
    const tx = await current?.catch(() => undefined);
    await tx?.rollback();
  }

  #forget(): void {
    this.#current = undefined;
    this.#scope = undefined;
  }
}
