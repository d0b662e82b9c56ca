import type { MovementRuleInput, ZoneInput, ZoneLevel } from '../../../gql/admin/graphql.ts';
import { readDay } from '../../days.ts';
import { logicOf, logicProblem, validFromOf, type RuleDraft } from '../rules/rule-draft.ts';

/** By its id: a code is read as of today, and may be another unit's since a reform. */
export interface ZoneUnit {
  id: string;
  path: string;
}

/** What the form holds; days as they are typed. */
export interface ZoneDraft {
  name: string;
  level: ZoneLevel | null;
  units: readonly ZoneUnit[];
  startsOn: string;
  endsOn: string;
  contactName: string;
  contactPhone: string;
  entryRules: readonly RuleDraft[];
  exitRules: readonly RuleDraft[];
}

export const emptyDraft = (startsOn: string): ZoneDraft => ({
  name: '',
  level: null,
  units: [],
  startsOn,
  endsOn: '',
  contactName: '',
  contactPhone: '',
  entryRules: [],
  exitRules: [],
});

/** The keys of texts for what is wrong, by the paths that the server names them by. */
export type Problems = Readonly<Record<string, string>>;

/** Every problem that can be seen without the server. */
export function problemsOf(draft: ZoneDraft): Problems {
  const { name, level, units, startsOn, endsOn } = draft;
  const [first, last] = [readDay(startsOn), readDay(endsOn)];
  return {
    ...(!name.trim() && { name: 'zones.missing.name' }),
    ...(!level && { level: 'zones.missing.level' }),
    ...(units.length === 0 && { unitCodes: 'zones.missing.units' }),
    ...(!first && { startsOn: 'filter.noSuchDay' }),
    ...(endsOn.trim() && !last && { endsOn: 'filter.noSuchDay' }),
    ...(first && last && last < first && { endsOn: 'filter.endsBefore' }),
    ...ruleProblems('entryRules', draft.entryRules),
    ...ruleProblems('exitRules', draft.exitRules),
  };
}

function ruleProblems(path: string, rules: readonly RuleDraft[]): Problems {
  const found = rules.flatMap((rule, at) => [
    ...(logicProblem(rule) ? [[`${path}.${at}.logic`, 'zones.missing.logic']] : []),
    ...wordProblem(`${path}.${at}.description`, rule.vietnamese, 'zones.missing.words'),
    ...wordProblem(`${path}.${at}.descriptionEnglish`, rule.english, null),
    ...(rule.begins.trim() && !readDay(rule.begins) ? [[`${path}.${at}.validFrom`, 'filter.noSuchDay']] : []),
  ]);
  return Object.fromEntries(found) as Problems;
}

const longestWords = 200;

function wordProblem(path: string, words: string, missing: string | null): string[][] {
  if (!words.trim()) return missing ? [[path, missing]] : [];
  return words.trim().length > longestWords ? [[path, 'zones.missing.shorter']] : [];
}

/** What the server takes; null while there are problems. */
export function toZoneInput(id: string, draft: ZoneDraft, today: string): ZoneInput | null {
  const { name, level, units, contactName, contactPhone } = draft;
  const startsOn = readDay(draft.startsOn);
  if (Object.keys(problemsOf(draft)).length > 0 || !level || !startsOn) return null;
  return {
    id,
    name: name.trim(),
    level,
    unitCodes: units.map(({ id: unitId }) => unitId),
    startsOn,
    endsOn: readDay(draft.endsOn),
    contactName: contactName.trim() || null,
    contactPhone: contactPhone.trim() || null,
    entryRules: draft.entryRules.map((rule) => toRuleInput(rule, today)),
    exitRules: draft.exitRules.map((rule) => toRuleInput(rule, today)),
  };
}

const toRuleInput = (rule: RuleDraft, today: string): MovementRuleInput => ({
  id: rule.id,
  description: rule.vietnamese.trim(),
  descriptionEnglish: rule.english.trim() || null,
  logic: logicOf(rule) ?? {},
  onFailure: rule.onFailure,
  validFrom: validFromOf(rule, today),
});

/** The server's problems by their paths, without the argument's name, and what belongs to no field of the form. */
export function sortProblems(fields: Readonly<Record<string, string>>): { problems: Problems; other: string[] } {
  const known =
    /^(name|level|startsOn|endsOn|contactName|contactPhone)$|^(entry|exit)Rules(\.\d+\.(logic|description|descriptionEnglish|validFrom))?$/;
  const problems: Record<string, string> = {};
  const other: string[] = [];
  for (const [given, text] of Object.entries(fields)) {
    const path = given.replace(/^input\./, '');
    if (/^unitCodes\b/.test(path)) problems['unitCodes'] ??= text;
    else if (known.test(path)) problems[path] = text;
    else other.push(text);
  }
  return { problems, other };
}
