import { writeAudit } from '../../platform/audit/audit.ts';
import type { Transaction } from '../../platform/database/transaction.ts';
import { notFound } from '../../platform/graphql/problems.ts';
import type { Scope } from '../../policy/policy.ts';
import type { Viewer } from '../../policy/viewer.ts';
import { timeOf } from '../../declarations/declarations.service.ts';
import type { ArrivalRow } from './arrival.row.ts';
import { arrivalById, setReported } from './arrivals.queries.ts';

/** Who came by a way without a checkpoint reports in too. As it is already, it stays, with nothing entered. */
export async function reportArrival(
  tx: Transaction,
  by: { viewer: Viewer; scope: Scope; at: Date },
  id: string,
  reported: boolean,
): Promise<ArrivalRow> {
  const row = await arrivalById(tx, by.scope, id, timeOf(id));
  if (!row) throw notFound();
  if ((row.reported_at !== null) === reported) return row;
  const { accountId, jurisdiction } = by.viewer;
  await setReported(tx, row, reported ? { at: by.at, by: accountId } : null);
  await writeAudit(tx, {
    provinceCode: row.province_code,
    actorId: accountId,
    role: 'ADMIN',
    unitId: jurisdiction.unitId,
    action: reported ? 'arrival.report' : 'arrival.unreport',
    subjectKind: 'declaration',
    subjectIds: [id],
    detail: {},
  });
  return { ...row, reported_at: reported ? by.at : null, reported_by: reported ? accountId : null };
}
