import { DAY_MS } from '../platform/shared/instant.ts';
import { checkIds } from '../platform/graphql/check-ids.ts';
import { badInput } from '../platform/graphql/problems.ts';
import { readReason } from '../platform/graphql/read-reason.ts';
import { vietnamDate } from '../platform/shared/vietnam-date.ts';
import { uuid7Time } from '../platform/shared/uuid7.ts';
import type { OpenCaseInput } from './case.input.ts';
import { futureText, notV7Text, periodText, ruledOutText } from './case.problems.ts';
import type { NewCase } from './cases.queries.ts';
import { infectiousPeriod, type Period, type RuleSet } from './rule-set.ts';

const longestDays = 60;
export const daysOfCase = ['onsetOn', 'sampledOn', 'confirmedOn'] as const;

export function checkNewCase({ id, citizenId, status, ...input }: OpenCaseInput, today: string): void {
  if (uuid7Time(id) === null) throw badInput({ 'input.id': notV7Text });
  checkIds({ 'input.citizenId': citizenId });
  checkStatusAndDays({ status, ...input }, today);
}

/** A case is suspected or confirmed until it is closed, and nothing of it lies in the future. */
export function checkStatusAndDays(
  { status, ...days }: Pick<OpenCaseInput, (typeof daysOfCase)[number]> & { status?: string | null | undefined },
  today: string,
): void {
  if (status === 'RULED_OUT') throw badInput({ 'input.status': ruledOutText });
  for (const field of daysOfCase) if ((days[field] ?? '') > today) throw badInput({ [`input.${field}`]: futureText });
}

export function checkPeriod(period: Period): Period {
  const days = (period.until.getTime() - period.from.getTime()) / DAY_MS;
  if (days <= 0 || days > longestDays) throw badInput({ 'input.infectiousUntil': periodText });
  return period;
}

interface Found {
  person: { province_code: string; id: string };
  rules: RuleSet;
  unitId: string;
  at: Date;
  accountId: string;
}

export function newCase(input: OpenCaseInput, { person, rules, unitId, at, accountId }: Found): NewCase {
  const byRules = infectiousPeriod(rules, input, vietnamDate(at));
  const overridden = Boolean(input.infectiousFrom ?? input.infectiousUntil);
  const justification = readReason(input.justification);
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
    opened_by: accountId,
    justification,
  };
}
