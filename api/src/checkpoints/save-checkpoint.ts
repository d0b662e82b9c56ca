import { writeAudit } from '../platform/audit/audit.ts';
import type { Transaction } from '../platform/database/transaction.ts';
import { badInput, notFound } from '../platform/graphql/problems.ts';
import { coversUnit, type Scope } from '../policy/policy.ts';
import type { Viewer } from '../policy/viewer.ts';
import { Checkpoint } from './checkpoint.entity.ts';
import { checkpointIdWithCode, lockCheckpoints } from './checkpoints.queries.ts';
import type { CheckpointDraft } from './read-checkpoint.ts';

/** Creates the checkpoint or makes it as sent; sent twice, the second time changes nothing and enters nothing. */
export async function saveCheckpoint(
  tx: Transaction,
  by: { viewer: Viewer; scope: Scope; at: Date },
  draft: CheckpointDraft,
): Promise<Checkpoint> {
  await lockCheckpoints(tx);
  const known = await tx.em.findOne(Checkpoint, { id: draft.id });
  if (known) refuseToMove(known, draft, by.scope);
  await refuseTakenCode(tx, draft);
  const changed = known ? changedFields(known, draft) : [];
  if (known && changed.length === 0) return known;

  const saved = known ? Object.assign(known, draft) : tx.em.create(Checkpoint, { ...draft, createdAt: by.at });
  await tx.em.flush();
  await writeAudit(tx, {
    provinceCode: draft.provinceCode,
    actorId: by.viewer.accountId,
    role: 'ADMIN',
    unitId: by.viewer.jurisdiction.unitId,
    action: known ? 'checkpoint.change' : 'checkpoint.create',
    subjectKind: 'checkpoint',
    subjectIds: [draft.id],
    checkpointId: draft.id,
    detail: known ? { changed } : {},
  });
  return saved;
}

/** Its passages carry its province, so it stays there; one of another jurisdiction is as good as none. */
function refuseToMove(known: Checkpoint, draft: CheckpointDraft, scope: Scope): void {
  if (!coversUnit(scope, { id: known.unitId, provinceCode: known.provinceCode })) throw notFound();
  if (known.provinceCode !== draft.provinceCode) {
    throw badInput({
      unitCode: {
        vi: 'Chốt không chuyển sang tỉnh khác được; hãy ngừng chốt này và tạo chốt mới.',
        en: 'A checkpoint cannot move to another province; close it and create a new one.',
      },
    });
  }
}

async function refuseTakenCode(tx: Transaction, { id, provinceCode, code }: CheckpointDraft): Promise<void> {
  const holder = await checkpointIdWithCode(tx, provinceCode, code);
  if (holder === null || holder === id) return;
  throw badInput({
    code: { vi: 'Mã này đã có chốt khác trong tỉnh dùng.', en: 'Another checkpoint of the province has this code.' },
  });
}

function changedFields(known: Checkpoint, draft: CheckpointDraft): string[] {
  return (Object.keys(draft) as Array<keyof CheckpointDraft>).filter((field) => known[field] !== draft[field]);
}
