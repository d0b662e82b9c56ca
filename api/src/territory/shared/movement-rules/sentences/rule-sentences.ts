import type { Logic } from './logic-template.ts';
import { isExemption, readSentence, toLogic, unfitBlanks, type Sentence } from './sentence.ts';

/** A rule as people say it: all of its conditions, or any one of them, unless an exemption applies. */
export interface RuleSentences {
  combined: 'ALL' | 'ANY';
  conditions: readonly Sentence[];
  exemptions: readonly Sentence[];
}

/** A rule's logic, of at least one condition. */
export function printRule({ combined, conditions, exemptions }: RuleSentences): Logic {
  const [first = null, ...more] = conditions.map(toLogic);
  const base = more.length === 0 ? first : { [combined === 'ALL' ? 'and' : 'or']: [first, ...more] };
  return exemptions.length === 0 ? base : { or: [base, ...exemptions.map(toLogic)] };
}

/**
 * The sentences that print to exactly this logic; null where none do. What is read and printed again is the same to the
 * last letter, so that no rule is changed by being looked at.
 */
export function readRule(logic: Logic): RuleSentences | null {
  const rule = readExempted(logic) ?? readConditions(logic);
  return rule && sameLogic(printRule(rule), logic) ? rule : null;
}

/** Whether a rule can be saved: it asks for something, and no blank is empty. */
export const isComplete = ({ conditions, exemptions }: RuleSentences): boolean =>
  conditions.length > 0 && [...conditions, ...exemptions].every((sentence) => unfitBlanks(sentence).length === 0);

function readExempted(logic: Logic): RuleSentences | null {
  const [base, ...rest] = partsOf(logic, 'or') ?? [];
  const exemptions = rest.map(readSentence).filter((sentence) => sentence !== null);
  const rule = base === undefined || rest.length === 0 ? null : readConditions(base);
  return rule && exemptions.length === rest.length && exemptions.every(isExemption) ? { ...rule, exemptions } : null;
}

function readConditions(logic: Logic): RuleSentences | null {
  const alone = readSentence(logic);
  if (alone) return asRule('ALL', [alone]);
  const all = partsOf(logic, 'and');
  const parts = all ?? partsOf(logic, 'or') ?? [];
  const read = parts.map(readSentence).filter((sentence) => sentence !== null);
  return read.length === parts.length ? asRule(all ? 'ALL' : 'ANY', read) : null;
}

function asRule(combined: 'ALL' | 'ANY', conditions: readonly Sentence[]): RuleSentences | null {
  return conditions.length > 0 && !conditions.some(isExemption) ? { combined, conditions, exemptions: [] } : null;
}

function partsOf(logic: Logic, operator: 'and' | 'or'): readonly Logic[] | null {
  if (typeof logic !== 'object' || logic === null || !Object.hasOwn(logic, operator)) return null;
  const parts: Logic | undefined = (logic as Readonly<Record<string, Logic>>)[operator];
  return Array.isArray(parts) ? (parts as readonly Logic[]) : null;
}

/** As JSON, whatever the order in which an object names its keys. */
function sameLogic(one: Logic, other: Logic): boolean {
  if (typeof one !== 'object' || typeof other !== 'object' || one === null || other === null) return one === other;
  const [mine, theirs] = [new Map(Object.entries(one)), new Map(Object.entries(other))];
  if (Array.isArray(one) !== Array.isArray(other) || mine.size !== theirs.size) return false;
  return [...mine].every(([key, part]) => theirs.has(key) && sameLogic(part, theirs.get(key) as Logic));
}
