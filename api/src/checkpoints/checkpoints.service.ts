import type { CheckpointTable } from '../platform/database/tables.ts';
import type { LoaderDefinition } from '../platform/graphql/loaders.ts';
import { Checkpoint, type CheckpointKind } from './checkpoint.entity.ts';
import { checkpointsByIds } from './checkpoints.queries.ts';

export { checkpointsByIds } from './checkpoints.queries.ts';

export function toCheckpoint(row: CheckpointTable): Checkpoint {
  const { unit_id: unitId, province_code: provinceCode, kind, ...rest } = row;
  return Object.assign(new Checkpoint(), { ...rest, unitId, provinceCode, kind: kind as CheckpointKind });
}

/** By id, for rows the reader may see already: a checkpoint's name is no secret of a jurisdiction. */
export const checkpointLoader: LoaderDefinition<string, Checkpoint> = {
  async load(context, ids) {
    const rows = await checkpointsByIds(await context.transaction(), ids);
    const found = new Map(rows.map((row) => [row.id, toCheckpoint(row)]));
    return ids.map((id) => found.get(id) ?? null);
  },
};
