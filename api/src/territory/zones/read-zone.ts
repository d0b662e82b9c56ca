import { badInput } from '../../platform/graphql/problems.ts';
import { readLine } from '../../platform/shared/text.ts';
import { DAY_MS } from '../../platform/shared/instant.ts';
import { uuid7Time } from '../../platform/shared/uuid7.ts';
import { coversUnit, type Scope } from '../../policy/policy.ts';
import { checkLogic } from '../shared/movement-rules/check-logic.ts';
import type { Territory } from '../territory.service.ts';
import type { AppliesTo, RuleDraft } from './plan-rules.ts';
import { numberOf } from './zone.entity.ts';
import type { MovementRuleInput, ZoneInput } from './zone-input.entity.ts';
import { logicText, zoneTexts } from './zone.problems.ts';

export interface ZoneDraft {
  id: string;
  name: string;
  level: number;
  unitIds: string[];
  startsOn: string;
  endsOn: string | null;
  contactName: string | null;
  contactPhone: string | null;
  rules: RuleDraft[];
}

const longestLine = 200;
const mostUnits = 200;
const mostRules = 20;
const furthestStartMs = 366 * DAY_MS;
const phonePattern = /^\+?[\d .]{3,20}$/;

type Problems = Record<string, { vi: string; en: string }>;

/** Reads what an administrator sent; throws BAD_USER_INPUT with all problems at once, each by its path. */
export function readZone(
  input: ZoneInput,
  { scope, territory, at }: { scope: Scope; territory: Territory; at: Date },
): ZoneDraft {
  const problems: Problems = {};
  const name = readLine(input.name, longestLine);
  const contactName = input.contactName?.trim() ? readLine(input.contactName, longestLine) : null;
  const contactPhone = input.contactPhone?.trim() || null;
  const endsOn = input.endsOn ?? null;
  if (uuid7Time(input.id) === null) problems['id'] = zoneTexts.id;
  if (!name) problems['name'] = zoneTexts.name;
  if (input.contactName?.trim() && !contactName) problems['contactName'] = zoneTexts.line;
  if (contactPhone && !phonePattern.test(contactPhone)) problems['contactPhone'] = zoneTexts.phone;
  if (endsOn !== null && endsOn < input.startsOn) problems['endsOn'] = zoneTexts.endsOn;
  const unitIds = readUnits(input.unitCodes, scope, territory, problems);
  const rules = readRules(input, at, problems);
  if (Object.keys(problems).length > 0) throw badInput(problems);
  const { id, startsOn } = input;
  return {
    id,
    name: name ?? '',
    level: numberOf(input.level),
    unitIds,
    startsOn,
    endsOn,
    contactName,
    contactPhone,
    rules,
  };
}

function readUnits(codes: readonly string[], scope: Scope, territory: Territory, problems: Problems): string[] {
  if (codes.length < 1 || codes.length > mostUnits) problems['unitCodes'] = zoneTexts.unitCodes;
  const ids = codes.slice(0, mostUnits).map((code, index) => {
    const unit = territory.named(code);
    if (unit && unit.level !== 'NATION' && coversUnit(scope, unit)) return unit.id;
    problems[`unitCodes.${index}`] = zoneTexts.unit;
    return '';
  });
  return [...new Set(ids)].sort();
}

function readRules(input: ZoneInput, at: Date, problems: Problems): RuleDraft[] {
  const lists = [
    { path: 'entryRules', appliesTo: 'ENTRY', given: input.entryRules },
    { path: 'exitRules', appliesTo: 'EXIT', given: input.exitRules },
  ] as const;
  const seen = new Set<string>();
  return lists.flatMap(({ path, appliesTo, given }) => {
    if (given.length > mostRules) problems[path] = zoneTexts.rules;
    return given.slice(0, mostRules).map((rule, index) => {
      if (seen.has(rule.id)) problems[`${path}.${index}.id`] = zoneTexts.ruleTwice;
      seen.add(rule.id);
      return readRule(rule, appliesTo, at, (field, texts) => (problems[`${path}.${index}.${field}`] = texts));
    });
  });
}

function readRule(
  { id, onFailure, logic, validFrom, ...texts }: MovementRuleInput,
  appliesTo: AppliesTo,
  at: Date,
  wrong: (field: keyof MovementRuleInput, texts: { vi: string; en: string }) => void,
): RuleDraft {
  const description = readLine(texts.description, longestLine);
  const given = texts.descriptionEnglish?.trim();
  const descriptionEnglish = given ? readLine(given, longestLine) : null;
  const problem = checkLogic(logic);
  if (uuid7Time(id) === null) wrong('id', zoneTexts.id);
  if (!description) wrong('description', zoneTexts.description);
  if (given && !descriptionEnglish) wrong('descriptionEnglish', zoneTexts.line);
  if (problem) wrong('logic', logicText(problem));
  if (onFailure === 'ADMIT') wrong('onFailure', zoneTexts.onFailure);
  if (validFrom && validFrom.getTime() > at.getTime() + furthestStartMs) wrong('validFrom', zoneTexts.validFrom);
  return {
    ...{ id, appliesTo, logic, descriptionEnglish },
    description: description ?? '',
    onFailure: onFailure === 'REFUSE' ? 'REFUSE' : 'EXAMINE',
    validFrom: validFrom ?? null,
  };
}
