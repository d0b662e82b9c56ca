import type { Transaction } from '../platform/database/transaction.ts';
import { badInput, notFound } from '../platform/graphql/problems.ts';
import type { Scope } from '../policy/policy.ts';
import type { Viewer } from '../policy/viewer.ts';
import { endHold } from '../people/holds.service.ts';
import { unwatchCase } from '../watchlist/watch-list.service.ts';
import { closedAsSuspectedText, closedText } from './case.problems.ts';
import type { CaseRow, CaseStatus } from './case.row.ts';
import { caseById, closeCaseRow } from './cases.queries.ts';
import { enterDeed } from './enter-deed.ts';
import { letGoOfCase } from './trace-orders.queries.ts';

export interface Closing {
  viewer: Viewer;
  scope: Scope;
  at: Date;
}

/** Closes a case: nobody is watched or kept for it any more. Sent again it answers the same. */
export async function closeCase(
  tx: Transaction,
  { viewer, scope, at }: Closing,
  id: string,
  status: CaseStatus,
  reason: string,
): Promise<CaseRow> {
  if (status === 'SUSPECTED') throw badInput({ status: closedAsSuspectedText });
  const known = await caseById(tx, scope, id);
  if (!known) throw notFound();
  const closed = await closeCaseRow(tx, known, { status, at, by: viewer.accountId, reason });
  if (!closed) return closedBefore(await caseById(tx, scope, id), status, reason);
  const provinceCode = closed.province_code;
  await unwatchCase(tx, [provinceCode], id);
  await endHold(tx, { provinceCode, id }, at);
  await letGoOfCase(tx, closed, at);
  const by = { accountId: viewer.accountId, unitId: viewer.jurisdiction.unitId };
  const detail = { caseId: id, status };
  await enterDeed(tx, by, { provinceCode, action: 'case.close', subjectIds: [closed.citizen_id], reason, detail });
  return closed;
}

function closedBefore(row: CaseRow | null, status: CaseStatus, reason: string): CaseRow {
  if (!row) throw notFound();
  if (row.status === status && row.close_reason === reason) return row;
  throw badInput({ id: closedText });
}
