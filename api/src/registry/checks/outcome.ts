import type { RegistryAnswer, RegistryFailure } from '../registry-port.ts';
import { differingFields, type AskedPerson, type ComparedField } from './compare-record.ts';
import type { CheckSettings } from './check-settings.ts';

/** What an answer means for the person: all that is kept of it. */
export type Verdict =
  | { kind: 'VERDICT'; status: 'MATCHED' | 'NOT_FOUND'; mismatches: [] }
  | { kind: 'VERDICT'; status: 'MISMATCHED'; mismatches: ComparedField[] }
  /** There is no number to ask by. */
  | { kind: 'VERDICT'; status: 'UNAVAILABLE'; mismatches: [] };

export type Outcome =
  | Verdict
  /** Asked again at `dueAt`; null: given up. */
  | { kind: 'FAILED'; failure: RegistryFailure; dueAt: Date | null; counted: boolean }
  /** Not asked: the remote is left alone. */
  | { kind: 'RELEASED'; dueAt: Date };

export const cannotBeAsked: Verdict = { kind: 'VERDICT', status: 'UNAVAILABLE', mismatches: [] };

export function verdictOf(person: AskedPerson, answer: Exclude<RegistryAnswer, { kind: 'FAILED' }>): Verdict {
  if (answer.kind === 'NOT_FOUND') return { kind: 'VERDICT', status: 'NOT_FOUND', mismatches: [] };
  const mismatches = differingFields(person, answer.record);
  return mismatches.length > 0
    ? { kind: 'VERDICT', status: 'MISMATCHED', mismatches }
    : { kind: 'VERDICT', status: 'MATCHED', mismatches: [] };
}

const firstPauseMs = 30_000;
const longestPauseMs = 3_600_000;

export interface Chance {
  now: Date;
  /** From 0 to 1. */
  random: number;
}

/** When to ask again after so many tries: longer each time, spread, so that what failed together does not come together. */
export function afterFailure(
  answer: Extract<RegistryAnswer, { kind: 'FAILED' }>,
  attempts: number,
  { mostAttempts }: Pick<CheckSettings, 'mostAttempts'>,
  { now, random }: Chance,
): Outcome {
  // A refusal is of us, not of the person: it uses up none of their tries.
  const counted = answer.why !== 'NOT_AUTHORISED';
  if (counted && attempts + 1 >= mostAttempts) return { kind: 'FAILED', failure: answer.why, dueAt: null, counted };
  const pause = answer.retryable ? Math.min(firstPauseMs * 2 ** attempts, longestPauseMs) : longestPauseMs;
  const waits = counted ? pause * (0.5 + random / 2) : 0;
  return { kind: 'FAILED', failure: answer.why, dueAt: new Date(now.getTime() + waits), counted };
}
