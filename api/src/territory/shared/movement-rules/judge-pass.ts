import { HOUR_MS } from '#api/platform/shared/instant.ts';
import { worse, type Advice } from './advice.ts';
import { isMet, type AppliedRule, type RuleVersion } from './evaluate.ts';
import { factNames, factsOf, ofNobody, kindOf, type FactName, type Facts } from './facts.ts';
import { levelsOf, rulesFor, type ZonesAround } from './levels.ts';
import { zonesAroundCodes, type RulesInForce } from './rules-in-force.ts';

/** What a pass tells of its journey; the answers on health are in its advice alone. */
export interface PassFacts {
  /** When it was declared, and signed. */
  signedAt: Date;
  advice: Advice;
  originCode: string | null | undefined;
  destinationCode: string | null | undefined;
  testedAt: Date | null | undefined;
  vaccineDoses: number | null | undefined;
  age: number | null;
}

export interface OfflineVerdict {
  advice: Advice;
  /** Not met, whatever the person answered. */
  failed: RuleVersion[];
  /** Whether they are met depends on answers that the pass does not tell: the officer asks. */
  toAsk: RuleVersion[];
}

/**
 * Judged without the server: zone levels, rules and the age of the test anew, the rest is the signed advice. A rule counts as
 * covered by the signature where no answer that was fine when it was signed could fail it now.
 */
export function judgePass({ everywhere, zones }: RulesInForce, pass: PassFacts, at: Date): OfflineVerdict {
  const around = zonesAroundCodes(zones, { origin: pass.originCode, destination: pass.destinationCode });
  const then = knownAt(pass, around, pass.signedAt);
  const now = knownAt(pass, around, at);
  const wereInForce = new Set(rulesFor(everywhere, around, pass.signedAt).map(({ rule }) => versionOf(rule)));
  const found = rulesFor(everywhere, around, at).map((applied) => ({
    rule: applied.rule,
    outcome: outcomeOf(applied, { then, now, wasInForce: wereInForce.has(versionOf(applied.rule)) }),
  }));
  const withOutcome = (wanted: Outcome) => found.filter(({ outcome }) => outcome === wanted).map(({ rule }) => rule);
  const [failed, toAsk] = [withOutcome('FAILED'), withOutcome('TO_ASK')];
  const ofFailed = failed.reduce<Advice>((worst, { onFailure }) => worse(worst, onFailure), pass.advice);
  return { advice: toAsk.length > 0 ? worse(ofFailed, 'EXAMINE') : ofFailed, failed, toAsk };
}

const versionOf = ({ id, version }: RuleVersion) => `${id}@${version}`;

type Outcome = 'MET' | 'FAILED' | 'TO_ASK';

function outcomeOf(
  { rule, direction }: AppliedRule,
  { then, now, wasInForce }: { then: Facts; now: Facts; wasInForce: boolean },
): Outcome {
  const holds = (facts: Facts) => isMet(rule.logic, { ...facts, direction });
  const unknown = [...factsIn(rule.logic)].filter((name) => !isOnPass(name, now));
  const possible = answersTo(unknown, textsIn(rule.logic));
  if (possible === null) return 'TO_ASK';
  const cases = possible.map((answers) => ({
    // What was not in force when it was signed, the signature says nothing of.
    before: wasInForce ? holds({ ...then, ...answers }) : true,
    after: holds({ ...now, ...answers }),
  }));
  if (cases.some(({ after }) => after === null)) return 'TO_ASK';
  if (cases.every(({ after }) => after === false)) return 'FAILED';
  return cases.some(({ before, after }) => before !== false && after === false) ? 'TO_ASK' : 'MET';
}

const onPass = new Set<FactName>([
  'testAgeHours',
  'vaccineDoses',
  'age',
  'originLevel',
  'destinationLevel',
  'direction',
]);

/** A test whose result spoke against passing is in the advice: with any other, it was negative. */
const isOnPass = (name: FactName, { testNegative, testAgeHours }: Facts) =>
  onPass.has(name) || (name === 'testNegative' && (testNegative !== null || testAgeHours === null));

function knownAt({ testedAt, advice, vaccineDoses, age }: PassFacts, around: ZonesAround, at: Date): Facts {
  const health = {
    symptoms: [],
    contactWithCase: false,
    contactWithSymptomatic: false,
    contactFromAffectedArea: false,
    visitedEpidemicArea: false,
    testedAt: testedAt ?? null,
    testNegative: testedAt && advice !== 'REFUSE' ? true : null,
    vaccineDoses: vaccineDoses ?? 0,
  };
  return factsOf({ health, purpose: '', vehicle: '', nationality: '', age }, levelsOf(around, at), at);
}

function factsIn(part: unknown, found = new Set<FactName>()): Set<FactName> {
  if (typeof part !== 'object' || part === null) return found;
  for (const [key, inner] of Object.entries(part)) {
    const name: unknown = key === 'var' && Array.isArray(inner) ? inner[0] : inner;
    if (key === 'var' && factNames.includes(name as FactName)) found.add(name as FactName);
    else factsIn(inner, found);
  }
  return found;
}

/** What a rule compares with: no fact's name, no number. */
function textsIn(part: unknown, found = new Set<string>()): ReadonlySet<string> {
  if (typeof part === 'string') found.add(part);
  if (typeof part !== 'object' || part === null) return found;
  for (const [key, inner] of Object.entries(part)) if (key !== 'var') textsIn(inner, found);
  return found;
}

const mostCases = 2_000;

/** Every way in which these facts can stand together; null where they are too many to try. */
function answersTo(names: readonly FactName[], texts: ReadonlySet<string>): Array<Partial<Facts>> | null {
  let all: Array<Partial<Facts>> = [{}];
  for (const name of names) {
    const values = possibleValues(name, texts);
    if (all.length * values.length > mostCases) return null;
    all = all.flatMap((answers) => values.map((value) => ({ ...answers, [name]: value })));
  }
  return all;
}

/** Those that the rule can tell apart: of what it does not name, one stands for all. */
function possibleValues(name: FactName, texts: ReadonlySet<string>): readonly unknown[] {
  if (name === 'testNegative') return [true, false];
  const kind = kindOf(name);
  if (kind.kind === 'YES_NO') return [true, false];
  if (kind.kind === 'LIST') return subsetsOf(oneOfUnnamed(kind.values, texts));
  if (kind.kind === 'NUMBER') return Array.from({ length: kind.most - kind.least + 1 }, (_, step) => kind.least + step);
  if (kind.kind === 'TEXT') return [...texts, ofNobody].filter((text) => kind.pattern.test(text));
  return kind.values;
}

function oneOfUnnamed(values: readonly string[], texts: ReadonlySet<string>): string[] {
  const unnamed = values.find((value) => !texts.has(value));
  return values.filter((value) => texts.has(value) || value === unnamed);
}

const subsetsOf = (values: readonly string[]): string[][] =>
  values.reduce<string[][]>((all, value) => [...all, ...all.map((some) => [...some, value])], [[]]);

/** How long a declaration holds from its submission: the moment a pass was signed is so long before it expires. */
export const passHoldsMs = 72 * HOUR_MS;
