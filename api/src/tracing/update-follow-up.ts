import type { Transaction } from '../platform/database/transaction.ts';
import { badInput, notFound } from '../platform/graphql/problems.ts';
import { endOfDay } from '../platform/shared/vietnam-date.ts';
import type { Scope } from '../policy/policy.ts';
import { unwatchContact, watchPeople } from '../watchlist/watch-list.service.ts';
import type { Asker } from './asker.ts';
import { isolatedAtText } from './case.problems.ts';
import type { ContactRow, FollowUpStatus } from './contact.row.ts';
import { enterDeed } from './enter-deed.ts';
import { changeFollowUp, contactOf } from './follow-ups.queries.ts';
import { isOfOpenCase, traceCasesOfContacts } from './trace-orders.queries.ts';

export interface FollowUpUpdate {
  caseId: string;
  citizenId: string;
  status: FollowUpStatus;
  notes: string | null;
  /** Since when they are isolated; null: as it stood, or from now on. */
  isolatedAt: Date | null;
}

/** Who is to be isolated, or was found positive, passes no checkpoint. */
const watched: readonly FollowUpStatus[] = ['ISOLATING', 'TESTED_POSITIVE'];

/** What became of a contact. Isolation ends whom they could infect, so the case is traced again, whosever case it is. */
export async function updateFollowUp(
  tx: Transaction,
  scope: Scope,
  asker: Asker,
  update: FollowUpUpdate,
): Promise<ContactRow> {
  const { caseId, citizenId, status, isolatedAt } = update;
  if (isolatedAt && isolatedAt > asker.at) throw badInput({ isolatedAt: isolatedAtText });
  const before = await contactOf(tx, scope.provinces, caseId, citizenId);
  const row = await changeFollowUp(tx, scope, { ...update, at: asker.at, by: asker.accountId });
  if (!row || !before) throw notFound();
  await stop(tx, row, asker.at);
  const moved = before.isolated_at?.getTime() !== row.isolated_at?.getTime();
  if (moved) await traceCasesOfContacts(tx, [row], asker);
  if (moved || before.status !== status || before.notes !== row.notes)
    await enterDeed(tx, asker, {
      provinceCode: row.province_code,
      action: 'follow-up.update',
      subjectIds: [citizenId],
      detail: { caseId, status, before: before.status },
    });
  return row;
}

/** Until the end of the last day of isolation, and while the case is open. */
async function stop(tx: Transaction, row: ContactRow, at: Date): Promise<void> {
  const { province_code: provinceCode, case_id: caseId, citizen_id: citizenId, status } = row;
  const contact = { provinceCode, caseId, citizenId };
  const stops = watched.includes(status) && (await isOfOpenCase(tx, { province: provinceCode, id: citizenId }, caseId));
  if (!stops) return unwatchContact(tx, contact);
  await watchPeople(tx, { kind: 'CONTACT', since: at, until: endOfDay(row.until) }, [contact]);
}
