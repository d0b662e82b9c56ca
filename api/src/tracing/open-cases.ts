import { writeAudits } from '../platform/audit/audit.ts';
import type { Transaction } from '../platform/database/transaction.ts';
import { badInput, notFound } from '../platform/graphql/problems.ts';
import { vietnamDate } from '../platform/shared/vietnam-date.ts';
import { coversUnit, type Scope } from '../policy/policy.ts';
import type { Viewer } from '../policy/viewer.ts';
import { citizensAsTheyStand } from '../people/citizens.service.ts';
import { placeHolds, takeTurnsIn } from '../people/holds.service.ts';
import { onlyReached } from '../passages/people-reached.service.ts';
import type { Territory } from '../territory/territory.service.ts';
import { watchPeople } from '../watchlist/watch-list.service.ts';
import type { Asker } from './asker.ts';
import type { OpenCaseInput } from './case.input.ts';
import { idReusedText, openAlreadyText } from './case.problems.ts';
import type { CaseRow } from './case.row.ts';
import { casesByIds, insertCases, openCasesOf, ruleSetOn, staysOf, type NewCase } from './cases.queries.ts';
import { contactsBecomeCases } from './contacts-become-cases.ts';
import { deedEntry } from './enter-deed.ts';
import { checkNewCase, newCase } from './new-case.ts';
import { askForTraces } from './trace-orders.queries.ts';

export interface Opening {
  viewer: Pick<Viewer, 'accountId' | 'jurisdiction'>;
  scope: Scope;
  territory: Territory;
  at: Date;
}

/** `row` of OPEN_ALREADY: the other case; null where the tracer may not see it. */
export type OpenOutcome =
  | { kind: 'OPENED'; row: CaseRow }
  | { kind: 'OPEN_ALREADY'; row: CaseRow | null }
  | { kind: 'NOT_FOUND' | 'ID_REUSED' };

/** Opens a case, once: the person is on the watch list, and what belongs to the case is kept, from the same moment on. */
export async function openCase(tx: Transaction, opening: Opening, input: OpenCaseInput): Promise<CaseRow> {
  const [outcome] = await openCases(tx, opening, [input]);
  if (outcome?.kind === 'OPENED') return outcome.row;
  if (outcome?.kind === 'OPEN_ALREADY') throw badInput({ 'input.citizenId': openAlreadyText });
  if (outcome?.kind === 'ID_REUSED') throw badInput({ 'input.id': idReusedText });
  throw notFound();
}

/** Opens each of these that may be; sent again they are the same. As many statements for hundreds as for one. */
export async function openCases(
  tx: Transaction,
  opening: Opening,
  inputs: readonly OpenCaseInput[],
  detail: Record<string, unknown> = {},
): Promise<OpenOutcome[]> {
  const today = vietnamDate(opening.at);
  for (const input of inputs) checkNewCase(input, today);
  const wanted = await wantedCases(tx, opening, inputs);
  const rows = wanted.flatMap((row) => row ?? []);
  if (rows.length === 0) return wanted.map(() => ({ kind: 'NOT_FOUND' }));
  await takeTurnsIn(
    tx,
    rows.map(({ province_code }) => province_code),
  );
  const before = await standing(tx, opening.scope, rows);
  const opened = await insertCases(
    tx,
    rows.filter((row) => !before.has(row)),
  );
  await follow(tx, opening, opened, detail);
  const byId = new Map(opened.map((row) => [row.id, row]));
  const missing = rows.filter((row) => !before.has(row) && !byId.has(row.id));
  // Two of one person, or of one id, in one list; or somebody else was faster.
  const meanwhile = missing.length > 0 ? await standing(tx, opening.scope, missing) : new Map<NewCase, OpenOutcome>();
  return wanted.map((row) => {
    if (!row) return { kind: 'NOT_FOUND' };
    const own = byId.get(row.id);
    if (own) return own.citizen_id === row.citizen_id ? { kind: 'OPENED', row: own } : { kind: 'ID_REUSED' };
    // What stood in the way and cannot be seen is an open case of another unit.
    return before.get(row) ?? meanwhile.get(row) ?? { kind: 'OPEN_ALREADY', row: null };
  });
}

/** What each comes to; null for whom no row names that the tracer may see. */
async function wantedCases(
  tx: Transaction,
  { viewer, scope, territory, at }: Opening,
  inputs: readonly OpenCaseInput[],
): Promise<Array<NewCase | null>> {
  const ids = inputs.map(({ citizenId }) => citizenId);
  const known = await onlyReached(tx, scope, await citizensAsTheyStand(tx, scope.provinces, ids));
  const people = inputs.map(({ citizenId }) => known.find((row) => row.asked_id === citizenId));
  const rules = await ruleSetOn(tx, vietnamDate(at));
  const stays = await staysOf(
    tx,
    people.flatMap((person) => person ?? []),
  );
  // A case belongs to the unit where the person stays; where that is not in the tracer's reach, to where they were last seen there.
  const unitOf = (province: string, units: readonly string[]) =>
    units.map((id) => territory.byId(id)).find((unit) => unit.provinceCode === province && coversUnit(scope, unit))
      ?.id ?? viewer.jurisdiction.unitId;
  return inputs.map((input, place) => {
    const person = people[place];
    if (!person) return null;
    const unitId = unitOf(person.province_code, stays.shift() ?? []);
    return newCase(input, { person, rules, unitId, at, accountId: viewer.accountId });
  });
}

/** The same case from before; another one under its id, or the open one of its person, is told apart. */
async function standing(tx: Transaction, scope: Scope, rows: readonly NewCase[]): Promise<Map<NewCase, OpenOutcome>> {
  const sameId = new Map(
    (
      await casesByIds(
        tx,
        scope,
        rows.map(({ id }) => id),
      )
    ).map((row) => [row.id, row]),
  );
  const keys = rows.map(({ province_code, citizen_id }) => ({ province_code, id: citizen_id }));
  const ofPerson = new Map((await openCasesOf(tx, keys)).map(({ place, ...row }) => [place - 1, row]));
  const found = new Map<NewCase, OpenOutcome>();
  for (const [at, row] of rows.entries()) {
    const [same, open] = [sameId.get(row.id), ofPerson.get(at)];
    if (same && isSame(same, row)) found.set(row, { kind: 'OPENED', row: same });
    else if (same) found.set(row, { kind: 'ID_REUSED' });
    else if (open) found.set(row, { kind: 'OPEN_ALREADY', row: open });
  }
  return found;
}

/** By what does not change: the rest may be known better since. */
const isSame = (stored: CaseRow, row: NewCase): boolean =>
  stored.citizen_id === row.citizen_id && stored.justification === row.justification;

/** From the same moment on its person is watched and kept, its contacts are looked for, and it stands in the audit trail. */
async function follow(
  tx: Transaction,
  { viewer, scope, at }: Opening,
  opened: readonly CaseRow[],
  detail: Record<string, unknown>,
): Promise<void> {
  if (opened.length === 0) return;
  const asker: Asker = { accountId: viewer.accountId, unitId: viewer.jurisdiction.unitId, at };
  const people = opened.map((row) => ({ provinceCode: row.province_code, caseId: row.id, citizenId: row.citizen_id }));
  await watchPeople(tx, { kind: 'CASE', since: at, until: null }, people);
  const holds = people.map((one) => ({ ...one, id: one.caseId, reason: `case ${one.caseId}` }));
  await placeHolds(tx, holds, at);
  await askForTraces(tx, opened, asker);
  await contactsBecomeCases(
    tx,
    scope.provinces,
    opened.filter(({ status }) => status === 'CONFIRMED'),
    asker,
  );
  await writeAudits(
    tx,
    opened.map((row) =>
      deedEntry(asker, {
        provinceCode: row.province_code,
        action: 'case.open',
        subjectIds: [row.citizen_id],
        reason: row.justification,
        detail: {
          caseId: row.id,
          status: row.status,
          ruleSet: row.rule_set,
          overridden: row.override_reason !== null,
          ...detail,
        },
      }),
    ),
  );
}
