import type { PatternName } from './patterns.ts';

/** The words of one language. Blanks stand as {name}. */
export interface SentenceWords {
  patterns: Readonly<Record<PatternName, string>>;
  level: (level: number) => string;
  symptom: Readonly<Record<string, string>>;
  purpose: Readonly<Record<string, string>>;
  vehicle: Readonly<Record<string, string>>;
  /** Says of conditions that they have to be met: to an officer a bare "no fever" would say that there is none. */
  needed: (conditions: string) => string;
  and: string;
  or: string;
  /** Between the last two of a list of choices. */
  orItem: string;
}
