import { checkpointsByIds, closesOn, isClosedAt, saveCheckpoint } from '../../checkpoints/checkpoints.service.ts';
import type { Transaction } from '../../platform/database/transaction.ts';
import { Fault, badInput } from '../../platform/graphql/problems.ts';
import { coversUnit } from '../../policy/policy.ts';
import type { AdministrativeUnit } from '../../territory/unit.entity.ts';
import type { Administrator } from '../read-account.ts';
import { updateAccount } from '../update-account.ts';
import type { PostDecisionInput } from './unsettled-post.entity.ts';
import { positionOf, postsByIds, type PostRow } from './unsettled-posts.queries.ts';

export type Decided = { id: string; unit: AdministrativeUnit } | { id: string; fault: Fault };

const settledAlready = () =>
  new Fault('NOT_FOUND', {
    vi: 'Không chờ quyết định, hoặc ngoài phạm vi của bạn.',
    en: 'It awaits no decision, or lies outside your jurisdiction.',
  });
const wrongUnit = () =>
  badInput({
    unitCode: {
      vi: 'Chọn đơn vị hiện nay nằm trong địa bàn của bạn.',
      en: 'Choose a unit of today within your jurisdiction.',
    },
  });

/**
 * Moves what stands at units of old to where somebody decides, by the rules and with the audit of any other move. One that is
 * refused stays; checkpoints go first, so that their officers can follow them.
 */
export async function settlePosts(
  tx: Transaction,
  by: Administrator,
  unsettled: string[],
  decisions: readonly PostDecisionInput[],
): Promise<Decided[]> {
  const ids = decisions.map(({ id }) => id);
  const rows = new Map((await postsByIds(tx, by.scope, unsettled, ids)).map((row) => [row.id, row]));
  const decided = new Map<string, Decided>();
  const inOrder = decisions.toSorted((a, b) => (rankOf(rows.get(a.id)) < rankOf(rows.get(b.id)) ? -1 : 1));
  for (const decision of inOrder)
    if (!decided.has(decision.id)) decided.set(decision.id, await settle(tx, by, rows.get(decision.id), decision));
  return decisions.map(({ id }) => decided.get(id) ?? { id, fault: settledAlready() });
}

const rankOf = (row: PostRow | undefined) => (row ? (positionOf(row)[0] ?? '') : '');

async function settle(
  tx: Transaction,
  by: Administrator,
  row: PostRow | undefined,
  { id, unitCode }: PostDecisionInput,
): Promise<Decided> {
  const unit = by.territory.byCode(unitCode);
  if (!row) return { id, fault: settledAlready() };
  if (!unit || unit.level === 'NATION' || !coversUnit(by.scope, unit)) return { id, fault: wrongUnit() };
  try {
    if (row.kind === 'ACCOUNT') await updateAccount(tx, by, id, { unitCode });
    else await moveCheckpoint(tx, by, id, unit);
    return { id, unit };
  } catch (error) {
    // What the rules refuse was not begun; an outage ends the whole.
    if (error instanceof Fault && ['BAD_USER_INPUT', 'FORBIDDEN', 'NOT_FOUND'].includes(codeOf(error)))
      return { id, fault: error };
    throw error;
  }
}

const codeOf = ({ extensions }: Fault) => String(extensions['code']);

async function moveCheckpoint(tx: Transaction, by: Administrator, id: string, unit: AdministrativeUnit): Promise<void> {
  const [checkpoint] = await checkpointsByIds(tx, [id]);
  if (!checkpoint) throw settledAlready();
  const { code, name, kind, latitude, longitude } = checkpoint;
  const wanted = { active: !isClosedAt(checkpoint, by.at), closesOn: closesOn(checkpoint) };
  const place = { unitId: unit.id, provinceCode: unit.provinceCode };
  await saveCheckpoint(tx, by, { id, code, name, kind, latitude, longitude, wanted, ...place });
}
