import type { LoaderDefinition, LoadingContext } from '../platform/graphql/loaders.ts';
import type { Account } from './account.entity.ts';
import { accountsByIds, assignedCheckpoints, lastSignIns } from './accounts.queries.ts';
import { enrolledAccounts } from './second-factor/second-factor.ts';

// Where somebody has just signed in, the transaction that did it is open, and the context has no viewer yet.
const reading = (context: LoadingContext) => context.transactions.open ?? context.transaction();

export const accountLoader: LoaderDefinition<string, Account> = {
  async load(context, ids) {
    const found = new Map((await accountsByIds(await reading(context), ids)).map((account) => [account.id, account]));
    return ids.map((id) => found.get(id) ?? null);
  },
};

export const assignmentLoader: LoaderDefinition<string, string[]> = {
  async load(context, accountIds) {
    const found = await assignedCheckpoints(await reading(context), accountIds);
    return accountIds.map((id) => found.get(id) ?? []);
  },
};

export const lastSignInLoader: LoaderDefinition<string, Date> = {
  async load(context, accountIds) {
    const found = await lastSignIns(await reading(context), accountIds);
    return accountIds.map((id) => found.get(id) ?? null);
  },
};

/** Null: it has no second factor. */
export const enrolledLoader: LoaderDefinition<string, true> = {
  async load(context, accountIds) {
    const enrolled = await enrolledAccounts(await reading(context), accountIds);
    return accountIds.map((id) => enrolled.has(id) || null);
  },
};
