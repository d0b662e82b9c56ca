import { writeAudit } from '../platform/audit/audit.ts';
import type { Transaction } from '../platform/database/transaction.ts';
import { checkIds } from '../platform/graphql/check-ids.ts';
import { badInput, notFound } from '../platform/graphql/problems.ts';
import { readReason } from '../platform/graphql/read-reason.ts';
import { vietnamDate } from '../platform/shared/vietnam-date.ts';
import { uuid7Time } from '../platform/shared/uuid7.ts';
import { coversUnit, type Scope } from '../policy/policy.ts';
import type { Viewer } from '../policy/viewer.ts';
import { citizensAsTheyStand } from '../people/citizens.service.ts';
import type { CitizenRow } from '../people/citizen.entity.ts';
import { placeHold } from '../people/holds.service.ts';
import { peopleReached } from '../passages/people-reached.service.ts';
import type { Territory } from '../territory/territory.service.ts';
import { watchPeople } from '../watchlist/watch-list.service.ts';
import type { OpenCaseInput } from './case.input.ts';
import { futureText, idReusedText, notV7Text, openAlreadyText, periodText, ruledOutText } from './case.problems.ts';
import type { CaseRow } from './case.row.ts';
import { caseById, insertCase, openCaseOf, ruleSetOn, staysOf, type NewCase } from './cases.queries.ts';
import { askForTrace } from './trace-orders.queries.ts';
import { contactBecomesCase } from './contact-of.ts';
import { infectiousPeriod, type Period, type RuleSet } from './rule-set.ts';

const longestDays = 60;
const dayMs = 86_400_000;

export interface Opening {
  viewer: Pick<Viewer, 'accountId' | 'jurisdiction'>;
  scope: Scope;
  territory: Territory;
  at: Date;
}

/** Opens a case, once: the person is on the watch list, and what belongs to the case is kept, from the same moment on. */
export async function openCase(tx: Transaction, opening: Opening, input: OpenCaseInput): Promise<CaseRow> {
  const { viewer, scope, at } = opening;
  checkInput(input, vietnamDate(at));
  const justification = readReason(input.justification);
  const person = await personOf(tx, scope, input.citizenId);
  const rules = await ruleSetOn(tx, vietnamDate(at));
  const unitId = await unitOf(tx, opening, person);
  const row = newCase(opening, input, { person, rules, unitId, justification });
  const stored = await insertCase(tx, row);
  if (!stored) return standing(tx, scope, row);
  const { province_code: provinceCode, id: caseId, citizen_id: citizenId } = stored;
  await watchPeople(tx, { provinceCode, caseId, kind: 'CASE', since: at, until: null }, [citizenId]);
  await placeHold(tx, { provinceCode, id: caseId, citizenId, reason: `case ${caseId}` }, at);
  const asker = { accountId: viewer.accountId, unitId: viewer.jurisdiction.unitId, at };
  await askForTrace(tx, stored, asker);
  if (stored.status === 'CONFIRMED')
    await contactBecomesCase(tx, { province: provinceCode, id: citizenId }, { at, by: viewer.accountId });
  await writeAudit(tx, {
    provinceCode,
    actorId: viewer.accountId,
    role: 'TRACER',
    unitId: viewer.jurisdiction.unitId,
    action: 'case.open',
    subjectKind: 'citizen',
    subjectIds: [citizenId],
    reason: justification,
    detail: { caseId, status: stored.status, ruleSet: stored.rule_set, overridden: stored.override_reason !== null },
  });
  return stored;
}

function checkInput({ id, citizenId, status, ...input }: OpenCaseInput, today: string): void {
  if (uuid7Time(id) === null) throw badInput({ 'input.id': notV7Text });
  checkIds({ 'input.citizenId': citizenId });
  if (status === 'RULED_OUT') throw badInput({ 'input.status': ruledOutText });
  for (const field of ['onsetOn', 'sampledOn', 'confirmedOn'] as const)
    if ((input[field] ?? '') > today) throw badInput({ [`input.${field}`]: futureText });
}

/** Who they stand as, where a row names them that the tracer may see. */
async function personOf(tx: Transaction, scope: Scope, citizenId: string): Promise<CitizenRow> {
  const known = await citizensAsTheyStand(tx, scope.provinces, [citizenId]);
  const [reached] = known.length === 0 ? [] : await peopleReached(tx, scope, known);
  const person = known.find((row) => row.province_code === reached?.province_code && row.id === reached.id);
  if (!person) throw notFound();
  return person;
}

/** A case belongs to the unit where the person stays; where that is not in the tracer's reach, to where they were last seen there. */
async function unitOf(tx: Transaction, { scope, territory, viewer }: Opening, person: CitizenRow): Promise<string> {
  const known = await staysOf(tx, person.province_code, person.id);
  const units = known.map((id) => territory.byId(id));
  const within = units.find((unit) => unit.provinceCode === person.province_code && coversUnit(scope, unit));
  return within?.id ?? viewer.jurisdiction.unitId;
}

interface Found {
  person: CitizenRow;
  rules: RuleSet;
  unitId: string;
  justification: string;
}

function newCase({ viewer, at }: Opening, input: OpenCaseInput, found: Found): NewCase {
  const { person, rules, unitId, justification } = found;
  const byRules = infectiousPeriod(rules, input, vietnamDate(at));
  const overridden = Boolean(input.infectiousFrom ?? input.infectiousUntil);
  const period = checkPeriod({
    from: input.infectiousFrom ?? byRules.from,
    until: input.infectiousUntil ?? byRules.until,
  });
  return {
    province_code: person.province_code,
    id: input.id,
    unit_id: unitId,
    citizen_id: person.id,
    status: input.status,
    onset_on: input.onsetOn ?? null,
    sampled_on: input.sampledOn ?? null,
    confirmed_on: input.confirmedOn ?? null,
    isolated_at: input.isolatedAt ?? null,
    rule_set: rules.code,
    infectious_from: period.from,
    infectious_until: period.until,
    override_reason: overridden ? readReason(input.overrideReason ?? justification) : null,
    opened_at: at,
    opened_by: viewer.accountId,
    justification,
  };
}

function checkPeriod(period: Period): Period {
  const days = (period.until.getTime() - period.from.getTime()) / dayMs;
  if (days <= 0 || days > longestDays) throw badInput({ 'input.infectiousUntil': periodText });
  return period;
}

/** The same case from before; another one under its id, or of its person, is told apart. */
async function standing(tx: Transaction, scope: Scope, row: NewCase): Promise<CaseRow> {
  const stored = await caseById(tx, scope, row.id);
  if (stored && isSame(stored, row)) return stored;
  if (!stored && (await openCaseOf(tx, row.province_code, row.citizen_id)))
    throw badInput({ 'input.citizenId': openAlreadyText });
  throw badInput({ 'input.id': idReusedText });
}

const given = ['citizen_id', 'onset_on', 'sampled_on', 'confirmed_on', 'justification', 'override_reason'] as const;

/** By what the client gave: the status may have changed since. */
const isSame = (stored: CaseRow, row: NewCase): boolean =>
  given.every((column) => stored[column] === row[column]) &&
  stored.isolated_at?.getTime() === row.isolated_at?.getTime() &&
  (row.override_reason === null || stored.infectious_from.getTime() === row.infectious_from.getTime());
