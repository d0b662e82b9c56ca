import { LogicEngine, defaultMethods } from 'json-logic-engine';
import type { Language } from '../../../platform/shared/language.ts';
import { failures, type Advice, type Failure } from './advice.ts';
import { checkLogic } from './check-logic.ts';
import type { Facts } from './facts.ts';

/** One version of a rule, as it was in force. True: it is met. */
export interface RuleVersion {
  id: string;
  version: number;
  /** In Vietnamese; what a person reads as the reason. */
  description: string;
  /** Null: the Vietnamese one stands for both. */
  descriptionEnglish: string | null;
  /** JsonLogic over the names of facts.ts. */
  logic: unknown;
  onFailure: Failure;
  /** In force from then on, until it ended; RFC 3339. */
  validFrom: string;
  endedAt: string | null;
}

/** A rule as it is applied: entry rules and those in force everywhere to who comes in, exit rules to who goes out. */
export interface AppliedRule {
  rule: RuleVersion;
  direction: 'IN' | 'OUT';
}

export interface Verdict {
  advice: Advice;
  /** The rules that are not met, those that refuse first. */
  failed: RuleVersion[];
}

type Operands = readonly unknown[];
const inOrder =
  (holds: (one: number, other: number) => boolean) =>
  (given: Operands): boolean =>
    given.every((value) => typeof value === 'number') &&
    given.every((value, index) => index === 0 || holds(given[index - 1] as number, value));

const ofFacts = ([name]: Operands, facts: object): unknown =>
  // The library's own `var` walks up the prototype: {"var": "constructor.name"} answers "Object".
  typeof name === 'string' && Object.hasOwn(facts, name) ? (facts as Record<string, unknown>)[name] : null;

const same = ([one, other]: Operands): boolean => one === other;
const { and, or, in: isIn } = defaultMethods;

/**
 * The library's comparisons take null for 0 and for false: a person without a test would have a fresh one, which is positive
 * too. Here what is not known is neither less nor more than anything, and equal to nothing but null.
 */
const engine = new LogicEngine({
  ...{ and, or, in: isIn, '!': defaultMethods['!'], '!!': defaultMethods['!!'] },
  var: ofFacts,
  '==': same,
  '===': same,
  '!=': (given: Operands) => !same(given),
  '!==': (given: Operands) => !same(given),
  '<': inOrder((one, other) => one < other),
  '<=': inOrder((one, other) => one <= other),
  '>': inOrder((one, other) => one > other),
  '>=': inOrder((one, other) => one >= other),
});

const accepted = new WeakMap<object, boolean>();

function isAccepted(logic: unknown): logic is object {
  if (typeof logic !== 'object' || logic === null) return false;
  const known = accepted.get(logic);
  if (known !== undefined) return known;
  const answer = checkLogic(logic) === null;
  accepted.set(logic, answer);
  return answer;
}

/** Whether a rule is met; null for one that cannot be evaluated. Never throws, whatever the logic. */
export function isMet(logic: unknown, facts: Facts): boolean | null {
  if (!isAccepted(logic)) return null;
  try {
    return engine.run(logic, Object.assign(Object.create(null), facts)) === true;
  } catch {
    return null;
  }
}

/** What these rules advise. One that cannot be evaluated fails closed: the person is examined, with its reason. */
export function judge(applied: readonly AppliedRule[], facts: Facts): Verdict {
  const out: Facts = { ...facts, direction: 'OUT' };
  const failed = applied.flatMap(({ rule, direction }) => {
    const met = isMet(rule.logic, direction === 'IN' ? facts : out);
    if (met) return [];
    return [met === null ? { ...rule, onFailure: 'EXAMINE' as const } : rule];
  });
  const sorted = failures.flatMap((onFailure) => failed.filter((rule) => rule.onFailure === onFailure));
  return { advice: sorted[0]?.onFailure ?? 'ADMIT', failed: sorted };
}

export function describe({ description, descriptionEnglish }: RuleVersion, language: Language): string {
  return (language === 'en' ? descriptionEnglish : null) ?? description;
}
