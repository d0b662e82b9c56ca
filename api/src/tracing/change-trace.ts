import type { Transaction } from '../platform/database/transaction.ts';
import { badInput, notFound } from '../platform/graphql/problems.ts';
import type { Scope } from '../policy/policy.ts';
import { citizensAsTheyStand } from '../people/citizens.service.ts';
import { peopleReached } from '../passages/people-reached.service.ts';
import type { Asker } from './asker.ts';
import { metAtText, notWaitingText, samePersonText, closedText } from './case.problems.ts';
import type { CaseRow } from './case.row.ts';
import { caseById } from './cases.queries.ts';
import { provincesOfLink, storeNamedContact, storeReview, type Link } from './contact-graph.queries.ts';
import { enterDeed } from './enter-deed.ts';
import type { LinkReview } from './exposure.row.ts';
import { contactOf } from './follow-ups.queries.ts';
import { approveTraceRow, traceAgain } from './trace-orders.queries.ts';

export interface Change {
  scope: Scope;
  asker: Asker;
}

/** What a tracer decided on a link outlives every trace; the next one goes by it. */
export async function reviewLink(
  tx: Transaction,
  { scope, asker }: Change,
  link: Link,
  { review, reason }: { review: LinkReview; reason: string },
): Promise<CaseRow> {
  const row = await openCaseById(tx, scope, link.caseId);
  const provinces = await provincesOfLink(tx, scope, link);
  if (!provinces) throw notFound();
  await storeReview(tx, provinces, link, { review, reason, at: asker.at, by: asker.accountId });
  await traceAgain(tx, row, asker);
  await enter(tx, row, asker, 'case.review-link', [link.source, link.target], reason, { kind: link.kind, review });
  return row;
}

export interface Naming {
  id: string;
  oneId: string;
  otherId: string;
  metAt: Date;
  reason: string;
}

/** Two people who met, as one of them said. The one belongs to the case, the other is somebody whom the tracer may see. */
export async function nameContact(
  tx: Transaction,
  { scope, asker }: Change,
  caseId: string,
  { id, oneId, otherId, metAt, reason }: Naming,
): Promise<CaseRow> {
  const row = await openCaseById(tx, scope, caseId);
  if (metAt > asker.at) throw badInput({ metAt: metAtText });
  if (oneId === otherId) throw badInput({ otherId: samePersonText });
  const province = row.province_code;
  const belongs = await belongsTo(tx, row, oneId);
  const [other] = await peopleReached(tx, scope, [{ province_code: province, id: otherId }]);
  if (!belongs || !other) throw notFound();
  const named = { id, oneId, otherId, metAt, reason, at: asker.at, by: asker.accountId };
  await storeNamedContact(tx, { province, caseId }, named);
  await traceAgain(tx, row, asker);
  await enter(tx, row, asker, 'case.name-contact', [oneId, otherId], reason, {});
  return row;
}

/** The case's person, also as whom they stand by now, or a contact. */
async function belongsTo(tx: Transaction, { province_code, id, citizen_id }: CaseRow, one: string): Promise<boolean> {
  if (one === citizen_id || (await contactOf(tx, [province_code], id, one))) return true;
  const [person] = await citizensAsTheyStand(tx, [province_code], [citizen_id]);
  return person?.id === one;
}

/** A second tracer lets a large trace run. */
export async function approveTrace(
  tx: Transaction,
  { scope, asker }: Change,
  caseId: string,
  reason: string,
): Promise<CaseRow> {
  const row = await openCaseById(tx, scope, caseId);
  const approved = await approveTraceRow(tx, row, { accountId: asker.accountId, at: asker.at, reason });
  if (!approved) throw badInput({ caseId: notWaitingText });
  await enter(tx, row, asker, 'case.approve-trace', [row.citizen_id], reason, {});
  return row;
}

async function openCaseById(tx: Transaction, scope: Scope, id: string): Promise<CaseRow> {
  const row = await caseById(tx, scope, id);
  if (!row) throw notFound();
  if (row.closed_at) throw badInput({ caseId: closedText });
  return row;
}

async function enter(
  tx: Transaction,
  row: CaseRow,
  asker: Asker,
  action: string,
  subjectIds: string[],
  reason: string,
  detail: Record<string, unknown>,
): Promise<void> {
  const provinceCode = row.province_code;
  await enterDeed(tx, asker, { provinceCode, action, subjectIds, reason, detail: { caseId: row.id, ...detail } });
}
