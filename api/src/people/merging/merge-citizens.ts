import { writeAudit } from '../../platform/audit/audit.ts';
import type { Transaction } from '../../platform/database/transaction.ts';
import type { Locale } from '../../platform/graphql/locale.ts';
import { badInput, forbidden, notFound } from '../../platform/graphql/problems.ts';
import { permit, signedIn } from '../../policy/policy.ts';
import type { Context } from '../../policy/viewer.ts';
import type { CitizenRow } from '../citizen.entity.ts';
import { citizensByIds } from '../citizens.queries.ts';
import { dismissPair } from '../doubles/doubles.queries.ts';
import {
  endMerge,
  insertMerge,
  mergesAmong,
  standAs,
  takeTurnToMerge,
  wasMerged,
  type Merge,
} from './merges.queries.ts';

type Texts = Record<Locale, string>;
const texts = {
  same: { vi: 'Hãy chọn hai người khác nhau.', en: 'Choose two different people.' },
  provinces: {
    vi: 'Hai người này thuộc hai tỉnh. Chỉ gộp được trong cùng một tỉnh; giữa các tỉnh, giấy tờ nhận ra họ.',
    en: 'These two are known in two provinces. Only people of one province are merged; across provinces their documents tell who they are.',
  },
  already: {
    vi: 'Người này đã được gộp vào người khác. Hãy tách ra trước.',
    en: 'This person is merged into somebody else. Un-merge them first.',
  },
  circle: {
    vi: 'Người giữ lại đang được gộp vào chính người này. Hãy tách ra trước, hoặc giữ người kia.',
    en: 'The one to keep is merged into this very person. Un-merge them first, or keep the other.',
  },
  notMerged: { vi: 'Người này không được gộp vào ai.', en: 'This person is not merged into anybody.' },
} satisfies Record<string, Texts>;

/** What a person declared lies in communes of the whole province: only who stands at the province or above merges. */
export function permitMerging(context: Context): readonly string[] {
  const { provinces, unitIds } = permit(context, 'citizen.merge');
  if (unitIds) throw forbidden();
  return provinces;
}

/** Merges one person into another of the province: from then on both are one, as whom the kept one stands. Sent again it changes nothing. */
export async function mergeCitizens(
  context: Context,
  { keep, merge }: { keep: string; merge: string },
  reason: string,
): Promise<CitizenRow> {
  const provinces = permitMerging(context);
  if (keep === merge) throw badInput({ merge: texts.same });
  const tx = await context.transaction();
  const [kept, merged] = await bothOf(tx, provinces, keep, merge);
  const province = kept.province_code;
  await takeTurnToMerge(tx, province);
  const merges = await mergesAmong(tx, [province], [keep, merge]);
  const standsAs = (id: string) => merges.find(({ alias_id }) => alias_id === id)?.kept_id ?? id;
  const isMerged = standsAs(merge) !== merge;
  if (isMerged && standsAs(merge) !== standsAs(keep)) throw badInput({ merge: texts.already });
  if (!isMerged && standsAs(keep) === merge) throw badInput({ keep: texts.circle });
  if (!isMerged) {
    const { accountId } = signedIn(context);
    const followers = merges.filter(({ kept_id }) => kept_id === merge).map(({ alias_id }) => alias_id);
    await standAs(tx, province, followers, standsAs(keep));
    await insertMerge(tx, {
      province_code: province,
      alias_id: merged.id,
      citizen_id: keep,
      kept_id: standsAs(keep),
      merged_at: context.at,
      merged_by: accountId,
      reason,
    });
    await enter(tx, context, { action: 'citizens.merge', province, ids: [keep, merge], reason });
  }
  const [standing] = await citizensByIds(tx, [province], [standsAs(keep)]);
  return standing ?? kept;
}

async function bothOf(
  tx: Transaction,
  provinces: readonly string[],
  keep: string,
  merge: string,
): Promise<[CitizenRow, CitizenRow]> {
  const rows = await citizensByIds(tx, provinces, [keep, merge]);
  const of = (id: string) => rows.filter((row) => row.id === id);
  if (of(keep).length === 0 || of(merge).length === 0) throw notFound();
  const pairs = of(keep).flatMap((kept) =>
    of(merge)
      .filter((merged) => merged.province_code === kept.province_code)
      .map((merged): [CitizenRow, CitizenRow] => [kept, merged]),
  );
  const [pair] = pairs;
  if (!pair) throw badInput({ merge: texts.provinces });
  return pair;
}

/** Ends a merge: they, and whoever is merged into them, stand for themselves again, with what was recorded as theirs. */
export async function unmergeCitizen(context: Context, id: string, reason: string): Promise<CitizenRow> {
  const provinces = permitMerging(context);
  const tx = await context.transaction();
  const [known] = await citizensByIds(tx, provinces, [id]);
  if (!known) throw notFound();
  const province = known.province_code;
  await takeTurnToMerge(tx, province);
  const merges = await mergesAmong(tx, [province], [id]);
  const own = merges.find(({ alias_id }) => alias_id === id);
  if (own) {
    const { accountId: by } = signedIn(context);
    await endMerge(tx, province, id, { at: context.at, by, reason });
    await standAs(tx, province, below(merges, id), id);
    await dismissPair(tx, province, [id, own.citizen_id], { at: context.at, by, reason });
    await enter(tx, context, { action: 'citizens.unmerge', province, ids: [id, own.citizen_id], reason });
  } else if (!(await wasMerged(tx, [province], id))) throw badInput({ id: texts.notMerged });
  return known;
}

/** Who is merged into somebody, directly or by others. */
function below(merges: readonly Merge[], id: string): string[] {
  const direct = merges.filter(({ citizen_id }) => citizen_id === id).map(({ alias_id }) => alias_id);
  return [...direct, ...direct.flatMap((one) => below(merges, one))];
}

interface Entered {
  action: string;
  province: string;
  ids: string[];
  reason: string;
}

export async function enter(tx: Transaction, context: Context, entered: Entered): Promise<void> {
  const viewer = signedIn(context);
  await writeAudit(tx, {
    provinceCode: entered.province,
    actorId: viewer.accountId,
    role: viewer.roles.join(),
    unitId: viewer.jurisdiction.unitId,
    action: entered.action,
    subjectKind: 'citizen',
    subjectIds: entered.ids,
    reason: entered.reason,
  });
}
