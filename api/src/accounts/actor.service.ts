import type { LoaderDefinition } from '../platform/graphql/loaders.ts';
import { actorsByIds, type ActorRow } from './accounts.queries.ts';
import { Actor } from './actor.entity.ts';

/** Names of accounts for those who reached something that one of them did. */
export const actorLoader: LoaderDefinition<string, Actor> = {
  async load(context, accountIds) {
    const tx = await (context.transactions.open ?? context.transaction());
    const actors = new Map((await actorsByIds(tx, accountIds)).map((row) => [row.id, toActor(row)]));
    return accountIds.map((id) => actors.get(id) ?? null);
  },
};

const toActor = ({ id, full_name, unit_id }: ActorRow): Actor =>
  Object.assign(new Actor(), { id, name: full_name, unitId: unit_id });
