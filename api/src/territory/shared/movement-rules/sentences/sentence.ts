import { fill, match, type Logic } from './logic-template.ts';
import { levels, patternNames, patternOf, type BlankKind, type PatternName } from './patterns.ts';

export type Value = number | readonly string[];

/** A pattern with its blanks filled in. */
export interface Sentence {
  pattern: PatternName;
  values: Readonly<Record<string, Value>>;
}

export const newSentence = (pattern: PatternName): Sentence => ({ pattern, values: patternOf(pattern).first });

/** Whether a blank takes it. */
function fits(blank: BlankKind, value: unknown): value is Value {
  if (blank.kind === 'LEVEL') return levels.some((level) => level === value);
  if (blank.kind === 'NUMBER') return isWhole(value) && value >= blank.least && value <= blank.most;
  if (!Array.isArray(value) || value.length === 0 || new Set(value).size < value.length) return false;
  return value.every((item) => blank.choices.includes(item as string));
}
const isWhole = (value: unknown): value is number => Number.isInteger(value);

/** The blanks that hold nothing that they take. */
export function unfitBlanks({ pattern, values }: Sentence): string[] {
  const blanks = Object.entries(patternOf(pattern).blanks);
  return blanks.filter(([name, blank]) => !fits(blank, values[name])).map(([name]) => name);
}

export const toLogic = ({ pattern, values }: Sentence): Logic => fill(patternOf(pattern).logic, values);

/** The sentence that says what a logic does; null where none does. */
export function readSentence(logic: Logic): Sentence | null {
  for (const pattern of patternNames) {
    const values = match(patternOf(pattern).logic, logic);
    if (values && isFilled(pattern, values)) return { pattern, values };
  }
  return null;
}

function isFilled(pattern: PatternName, values: Readonly<Record<string, unknown>>): values is Sentence['values'] {
  return Object.entries(patternOf(pattern).blanks).every(([name, blank]) => fits(blank, values[name]));
}

export const isExemption = ({ pattern }: Sentence): boolean => patternOf(pattern).role === 'EXEMPTION';
