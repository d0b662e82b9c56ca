import DataLoader from 'dataloader';
import type { Transaction } from '../database/transaction.ts';
import type { RequestTransactions } from './request-transactions.ts';

/** What a loader needs of the request; the context is more. */
export interface LoadingContext {
  transactions: RequestTransactions;
  transaction(): Promise<Transaction>;
}

/** How a room loads many of its things at once, in one statement; made once for each request that needs it. */
export interface LoaderDefinition<Key, Value> {
  load: (context: LoadingContext, keys: readonly Key[]) => Promise<Array<Value | null>>;
  cacheKey?: (key: Key) => string;
}

export class Loaders {
  readonly #made = new Map<unknown, DataLoader<never, never, never>>();

  of<Key, Value>(
    context: LoadingContext,
    definition: LoaderDefinition<Key, Value>,
  ): DataLoader<Key, Value | null, string> {
    let loader = this.#made.get(definition) as DataLoader<Key, Value | null, string> | undefined;
    if (!loader) {
      loader = new DataLoader<Key, Value | null, string>((keys) => definition.load(context, keys), {
        cacheKeyFn: definition.cacheKey ?? String,
        maxBatchSize: 1_000,
      });
      this.#made.set(definition, loader as never);
    }
    return loader;
  }
}
