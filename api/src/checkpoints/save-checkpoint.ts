import { writeAudit } from '../platform/audit/audit.ts';
import type { Transaction } from '../platform/database/transaction.ts';
import { vietnamDate } from '../platform/shared/vietnam-date.ts';
import { badInput, notFound } from '../platform/graphql/problems.ts';
import { coversUnit, type Scope } from '../policy/policy.ts';
import { heirOf, isOver } from '../territory/succession.service.ts';
import { reachOf } from '../territory/reach.service.ts';
import type { Viewer } from '../policy/viewer.ts';
import type { Territory } from '../territory/territory.service.ts';
import { Checkpoint } from './checkpoint.entity.ts';
import { checkpointIdWithCode, lockCheckpoints, officersLeftBehind } from './checkpoints.queries.ts';
import { closingOf, type Closing } from './closing.ts';
import type { CheckpointDraft } from './read-checkpoint.ts';

/** Creates the checkpoint or makes it as sent; sent twice, the second time changes nothing and enters nothing. */
export async function saveCheckpoint(
  tx: Transaction,
  by: { viewer: Viewer; scope: Scope; territory: Territory; at: Date; reason?: string | null },
  { wanted, ...asked }: CheckpointDraft,
): Promise<Checkpoint> {
  await lockCheckpoints(tx);
  const known = await tx.em.findOne(Checkpoint, { id: asked.id });
  const draft = known ? stayingInProvince(known, asked, by) : asked;
  if (known && known.unitId !== draft.unitId) await refuseToStrand(tx, draft, by.territory, by.at);
  await refuseTakenCode(tx, draft);
  const after = { ...draft, ...closingOf(known, wanted, by.at) };
  const changed = known ? changedFields(known, after) : [];
  if (known && changed.length === 0) return known;

  const saved = known ? Object.assign(known, after) : tx.em.create(Checkpoint, { ...after, createdAt: by.at });
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
    reason: by.reason ?? null,
    detail: known ? { changed } : {},
  });
  return saved;
}

/**
 * Its passages carry the code of its province, so it keeps that, also where the province has another one since a reform; one of
 * another jurisdiction is as good as none.
 */
function stayingInProvince(
  known: Checkpoint,
  draft: Moved,
  { scope, territory, at }: { scope: Scope; territory: Territory; at: Date },
): Moved {
  if (!coversUnit(scope, { id: known.unitId, provinceCode: known.provinceCode })) throw notFound();
  const province = territory.path(territory.byId(draft.unitId)).at(-1);
  if (!province || !reachOf(territory, province, vietnamDate(at)).provinces.includes(known.provinceCode)) {
    throw badInput({
      unitCode: {
        vi: 'Chốt không chuyển sang tỉnh khác được; hãy ngừng chốt này và tạo chốt mới.',
        en: 'A checkpoint cannot move to another province; close it and create a new one.',
      },
    });
  }
  return { ...draft, provinceCode: known.provinceCode, unitId: sameToday(known, draft, territory) };
}

/** Saved without a move it keeps its unit of old: which passages happened where before a reform is read from it. */
const sameToday = (known: Checkpoint, draft: Moved, territory: Territory) =>
  territory.today(known.unitId).id === draft.unitId ? known.unitId : draft.unitId;

/**
 * An officer records within the own unit: who stands at the old one would be assigned to what they cannot reach. Whose unit a
 * reform split is left out: they follow by a decision of their own.
 */
async function refuseToStrand(tx: Transaction, { id, unitId }: Moved, territory: Territory, at: Date): Promise<void> {
  const today = vietnamDate(at);
  const above = new Set([...territory.path(territory.byId(unitId)), territory.nation]);
  const reaching = [...territory.all].filter((unit) => {
    const heir = heirOf(unit, today);
    return above.has(heir) || isOver(heir, today);
  });
  const count = await officersLeftBehind(
    tx,
    id,
    reaching.map((unit) => unit.id),
  );
  if (count === 0) return;
  throw badInput({
    unitCode: {
      vi: `${count} người được phân công ở chốt này không thuộc đơn vị mới. Hãy thôi phân công họ trước.`,
      en: `${count} of those assigned here do not work in the new unit. Take them off the checkpoint first.`,
    },
  });
}

async function refuseTakenCode(tx: Transaction, { id, provinceCode, code }: Moved): Promise<void> {
  const holder = await checkpointIdWithCode(tx, provinceCode, code);
  if (holder === null || holder === id) return;
  throw badInput({
    code: { vi: 'Mã này đã có chốt khác trong tỉnh dùng.', en: 'Another checkpoint of the province has this code.' },
  });
}

type Moved = Omit<CheckpointDraft, 'wanted'>;

function changedFields(known: Checkpoint, after: Moved & Closing): string[] {
  const plain = (value: unknown) => (value instanceof Date ? value.getTime() : value);
  return (Object.keys(after) as Array<keyof typeof after>).filter(
    (field) => plain(known[field]) !== plain(after[field]),
  );
}
