import type { LoaderDefinition } from '../platform/graphql/loaders.ts';
import { accountsByIds } from './accounts.queries.ts';
import { Actor } from './actor.entity.ts';

/** Names of accounts for those who reached something that one of them did. */
export const actorLoader: LoaderDefinition<string, Actor> = {
  async load(context, accountIds) {
    const tx = await (context.transactions.open ?? context.transaction());
    const accounts = await accountsByIds(tx, accountIds);
    const actors = new Map(
      accounts.map(({ id, fullName, unitId }) => [id, Object.assign(new Actor(), { id, name: fullName, unitId })]),
    );
    return accountIds.map((id) => actors.get(id) ?? null);
  },
};
