import type { Transaction } from '../platform/database/transaction.ts';
import { badInput, notFound } from '../platform/graphql/problems.ts';
import { readReason } from '../platform/graphql/read-reason.ts';
import { vietnamDate } from '../platform/shared/vietnam-date.ts';
import type { Scope } from '../policy/policy.ts';
import { watchPeople } from '../watchlist/watch-list.service.ts';
import type { Asker } from './asker.ts';
import type { UpdateCaseInput } from './case.input.ts';
import { closedText } from './case.problems.ts';
import { infectiousWindow, type CaseRow } from './case.row.ts';
import { changeCaseRow, lockCase, ruleSetByCode, type CaseContent } from './cases.queries.ts';
import { contactsBecomeCases } from './contacts-become-cases.ts';
import { enterDeed } from './enter-deed.ts';
import { checkPeriod, checkStatusAndDays } from './new-case.ts';
import { infectiousPeriod } from './rule-set.ts';
import { traceAgain, traceWider } from './trace-orders.queries.ts';

/** What is known better of an open case: its contacts are traced by it, and the watch list has every number its person has by now. */
export async function updateCase(
  tx: Transaction,
  scope: Scope,
  asker: Asker,
  input: UpdateCaseInput,
): Promise<CaseRow> {
  const reason = readReason(input.reason);
  checkStatusAndDays(input, vietnamDate(asker.at));
  const before = await lockCase(tx, scope, input.id);
  if (!before) throw notFound();
  if (before.closed_at) throw badInput({ 'input.id': closedText });
  const content = await contentOf(tx, before, input, reason);
  const changed = changesOf(before, content);
  // Sent again it is as it is.
  if (changed.length === 0) return before;
  const row = await changeCaseRow(tx, before, content);
  const person = { provinceCode: row.province_code, caseId: row.id, citizenId: row.citizen_id };
  await watchPeople(tx, { kind: 'CASE', since: row.opened_at, until: null }, [person]);
  await trace(tx, before, row, asker);
  if (row.status === 'CONFIRMED' && before.status !== 'CONFIRMED')
    await contactsBecomeCases(tx, scope.provinces, [row], asker);
  await enterDeed(tx, asker, {
    provinceCode: row.province_code,
    action: 'case.update',
    subjectIds: [row.citizen_id],
    reason,
    detail: { caseId: row.id, changed, status: row.status, before: before.status },
  });
  return row;
}

/** What was given in place of what stood; null takes a day away. */
async function contentOf(
  tx: Transaction,
  before: CaseRow,
  input: UpdateCaseInput,
  reason: string,
): Promise<CaseContent> {
  const or = <Value>(given: Value | undefined, stood: Value): Value => (given === undefined ? stood : given);
  const content = {
    status: input.status ?? before.status,
    onset_on: or(input.onsetOn, before.onset_on),
    sampled_on: or(input.sampledOn, before.sampled_on),
    confirmed_on: or(input.confirmedOn, before.confirmed_on),
    isolated_at: or(input.isolatedAt, before.isolated_at),
  };
  return { ...content, ...(await periodOf(tx, before, content, input, reason)) };
}

type Period = Pick<CaseContent, 'infectious_from' | 'infectious_until' | 'override_reason'>;

/** One that was given needs a reason and stays until it is taken back; by the rule set it follows the days. */
async function periodOf(
  tx: Transaction,
  before: CaseRow,
  days: Pick<CaseContent, 'onset_on' | 'sampled_on' | 'confirmed_on'>,
  { infectiousFrom, infectiousUntil, overrideReason }: UpdateCaseInput,
  reason: string,
): Promise<Period> {
  if (infectiousFrom || infectiousUntil) {
    const [from, until] = [infectiousFrom ?? before.infectious_from, infectiousUntil ?? before.infectious_until];
    checkPeriod({ from, until });
    return { infectious_from: from, infectious_until: until, override_reason: readReason(overrideReason ?? reason) };
  }
  const takenBack = infectiousFrom === null && infectiousUntil === null;
  if (before.override_reason !== null && !takenBack) {
    const { infectious_from, infectious_until, override_reason } = before;
    return { infectious_from, infectious_until, override_reason };
  }
  const rules = await ruleSetByCode(tx, before.rule_set);
  const { onset_on: onsetOn, sampled_on: sampledOn, confirmed_on: confirmedOn } = days;
  const { from, until } = infectiousPeriod(rules, { onsetOn, sampledOn, confirmedOn }, vietnamDate(before.opened_at));
  return { infectious_from: from, infectious_until: until, override_reason: null };
}

function changesOf(before: CaseRow, content: CaseContent): string[] {
  const plain = (value: unknown) => (value instanceof Date ? value.getTime() : value);
  const columns = Object.keys(content) as Array<keyof CaseContent>;
  return columns.filter((column) => plain(before[column]) !== plain(content[column]));
}

/** A longer time is a wider trace, which is approved anew; a change that moves neither end traces nothing. */
async function trace(tx: Transaction, before: CaseRow, row: CaseRow, asker: Asker): Promise<void> {
  const [was, is] = [infectiousWindow(before, asker.at), infectiousWindow(row, asker.at)];
  if (is.since < was.since || is.until > was.until) await traceWider(tx, row, asker);
  else if (is.since !== was.since || is.until !== was.until) await traceAgain(tx, row, asker);
}
