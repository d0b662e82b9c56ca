import { writeAudit } from '../../platform/audit/audit.ts';
import type { Transaction } from '../../platform/database/transaction.ts';
import { badInput } from '../../platform/graphql/problems.ts';
import type { Locale } from '../../platform/graphql/locale.ts';
import { readReason } from '../../platform/graphql/read-reason.ts';
import { canonical } from '../../platform/shared/canonical.ts';
import { uuid7Time } from '../../platform/shared/uuid7.ts';
import { auditActorOf, type Viewer } from '../../policy/viewer.ts';
import { takeTurns } from '../recount.queries.ts';
import { idReusedText, notV7Text, tooManyFiles } from './export.problems.ts';
import type { ExportFormat, ExportKind, ExportRow, StoredFilter } from './export.row.ts';
import { insertExport, keptExports, ownExport, type Owner } from './exports.queries.ts';

/** Files that an account may have at once. */
const mostFiles = 10;

export interface Wish {
  id: string;
  kind: ExportKind;
  format: ExportFormat;
  filter: object;
  reason: string;
}

export function ownerOf(viewer: Viewer): Owner {
  const { provinceCode: province, accountId, unitId } = auditActorOf(viewer);
  return { province, accountId, unitId };
}

/** Takes the order in: a worker makes the file. Sent again it is the same order. */
export async function requestExport(
  tx: Transaction,
  viewer: Viewer,
  { id, kind, format, ...wish }: Wish,
  { at, locale }: { at: Date; locale: Locale },
): Promise<ExportRow> {
  if (uuid7Time(id) === null) throw badInput({ id: notV7Text });
  const reason = readReason(wish.reason);
  const filter = stored(wish.filter);
  const owner = ownerOf(viewer);
  // Else several at once would each count those before them alone.
  await takeTurns(tx, [`files of ${owner.accountId}`]);
  const before = await ownExport(tx, owner, id);
  if (before) return sameOrder(before, { kind, format, filter, reason });
  if ((await keptExports(tx, owner, at)) >= mostFiles) throw tooManyFiles(mostFiles);
  const { province: province_code, accountId: account_id, unitId: unit_id } = owner;
  const asked = { province_code, id, account_id, unit_id, kind, format, filter, reason, locale, asked_at: at };
  const row = await insertExport(tx, asked);
  if (!row) return sameOrder(await ownExport(tx, owner, id), { kind, format, filter, reason });
  await writeAudit(tx, {
    provinceCode: province_code,
    actorId: account_id,
    role: viewer.roles.join(','),
    unitId: unit_id,
    action: 'export.request',
    reason,
    detail: { exportId: id, kind, format, conditions: filter },
  });
  return row;
}

/** What was given, without what was not: moments as texts. */
function stored(filter: object): StoredFilter {
  const given = Object.entries(filter).filter(([, value]) => value !== null && value !== undefined);
  return JSON.parse(canonical(Object.fromEntries(given))) as StoredFilter;
}

function sameOrder(
  row: ExportRow | null,
  { kind, format, filter, reason }: Pick<ExportRow, 'kind' | 'format' | 'filter' | 'reason'>,
): ExportRow {
  const isSame = row?.kind === kind && row.format === format && row.reason === reason;
  if (!row || !isSame || canonical(row.filter) !== canonical(filter)) throw badInput({ id: idReusedText });
  return row;
}
