import type { RequestContext } from '../platform/graphql/context.ts';
import type { LoaderDefinition } from '../platform/graphql/loaders.ts';
import type { Checkpoint } from './checkpoint.entity.ts';
import { checkpointsByIds, toCheckpoint, type CheckpointRow } from './checkpoints.queries.ts';

export { closesOn, isClosedAt } from './closing.ts';
export { saveCheckpoint } from './save-checkpoint.ts';
export { checkpointsByIds, checkpointsInScope, type CheckpointRow } from './checkpoints.queries.ts';

/** By id, for rows the reader may see already: a checkpoint's name is no secret of a jurisdiction. */
export const checkpointLoader: LoaderDefinition<string, Checkpoint> = {
  async load(context, ids) {
    // Where somebody has just signed in, a transaction is open, and the context has no viewer to begin another with.
    const tx = await (context.transactions.open ?? context.transaction());
    const found = new Map((await checkpointsByIds(tx, ids)).map((checkpoint) => [checkpoint.id, checkpoint]));
    return ids.map((id) => found.get(id) ?? null);
  },
};

/** Puts checkpoints that a list brought along where the loader finds them: one statement less a page. */
export function keepCheckpoints(context: RequestContext, rows: readonly CheckpointRow[]): void {
  const loader = context.loaders.of(context, checkpointLoader);
  const kept = new Map(rows.map((row) => [row.id, row]));
  for (const [id, row] of kept) loader.prime(id, toCheckpoint(row));
}
