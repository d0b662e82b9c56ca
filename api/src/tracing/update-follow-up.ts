import { writeAudit } from '../platform/audit/audit.ts';
import type { Transaction } from '../platform/database/transaction.ts';
import { notFound } from '../platform/graphql/problems.ts';
import type { Scope } from '../policy/policy.ts';
import { unwatchPeople, watchPeople } from '../watchlist/watch-list.service.ts';
import type { ContactRow, FollowUpStatus } from './contact.row.ts';
import { changeFollowUp, contactOf } from './follow-ups.queries.ts';
import { traceAgain, type Asker } from './trace-orders.queries.ts';

export interface FollowUpUpdate {
  caseId: string;
  citizenId: string;
  status: FollowUpStatus;
  notes: string | null;
}

const dayMs = 86_400_000;
/** Who is to be isolated, or was found positive, passes no checkpoint. */
const watched: readonly FollowUpStatus[] = ['ISOLATING', 'TESTED_POSITIVE'];

/** What became of a contact. Isolation ends whom they could infect, so the case is traced again. */
export async function updateFollowUp(
  tx: Transaction,
  scope: Scope,
  asker: Asker,
  update: FollowUpUpdate,
): Promise<ContactRow> {
  const { caseId, citizenId, status } = update;
  const before = await contactOf(tx, scope.provinces, caseId, citizenId);
  const row = await changeFollowUp(tx, scope, { ...update, at: asker.at, by: asker.accountId });
  if (!row || !before) throw notFound();
  await watch(tx, row, asker.at);
  if (before.isolated_at?.getTime() !== row.isolated_at?.getTime())
    await traceAgain(tx, { province_code: row.case_province, id: caseId }, asker);
  if (before.status !== status || before.notes !== row.notes)
    await writeAudit(tx, {
      provinceCode: row.province_code,
      actorId: asker.accountId,
      role: 'TRACER',
      unitId: asker.unitId,
      action: 'follow-up.update',
      subjectKind: 'citizen',
      subjectIds: [citizenId],
      detail: { caseId, status, before: before.status },
    });
  return row;
}

/** Until the end of the last day of isolation. */
async function watch(tx: Transaction, row: ContactRow, at: Date): Promise<void> {
  const { province_code: provinceCode, case_id: caseId, citizen_id: citizenId, status } = row;
  if (!watched.includes(status)) return unwatchPeople(tx, [provinceCode], caseId, [citizenId]);
  const until = new Date(new Date(`${row.until}T00:00:00+07:00`).getTime() + dayMs);
  await watchPeople(tx, { provinceCode, caseId, kind: 'CONTACT', since: at, until }, [citizenId]);
}
