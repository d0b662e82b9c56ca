import { holdsUnseenCharacters, lengthInCodePoints, nfc } from '#api/platform/shared/text.ts';
import type { Channel } from './declaration-draft.ts';

/** All that can be wrong with a declaration. Each has its words in declaration-texts.ts. */
export const PROBLEM_CODES = [
  // any field
  'REQUIRED',
  'TOO_LONG',
  'HIDDEN_CHARACTER',
  'CHOICE',
  // person
  'NO_LETTER',
  'EMOJI',
  'BIRTH_DATE',
  'BIRTH_IN_FUTURE',
  'BIRTH_TOO_LONG_AGO',
  'NATIONALITY',
  'ID_NUMBER',
  'PASSPORT_NUMBER',
  'DOCUMENT_REQUIRED',
  'DOCUMENT_OR_REASON_REQUIRED',
  'PHONE_NUMBER',
  'EMAIL',
  'HEALTH_INSURANCE_NUMBER',
  // places and journey
  'UNKNOWN_UNIT',
  'NOT_A_COMMUNE',
  'OUTSIDE',
  'OUTSIDE_APP',
  'DATE_TIME',
  'DEPARTED_TOO_LONG_AGO',
  'DEPARTS_TOO_LATE',
  'STAY_DAY',
  'STAY_PAST',
  'STAY_TOO_LONG',
  'PLATE',
  // health
  'TEST_IN_FUTURE',
  'TEST_TOO_LONG_AGO',
  'TEST_RESULT_REQUIRED',
  'TEST_TIME_REQUIRED',
  'DOSES',
  'TOO_MANY',
  // the declaration itself
  'ID',
  'CLOCK',
  'ID_REUSED',
  'RECEIPT_SECRET',
  'WRONG_PROVINCE',
  'OTHER_PROVINCE',
  'DUPLICATE',
  'FORM_NUMBER',
  'FORM_NUMBER_USED',
  'PAPER_ONLY',
  // warnings: what looks wrong but may be true
  'UNKNOWN_PROVINCE',
  'CONTRADICTS_SEX',
  'CONTRADICTS_BIRTH_YEAR',
] as const;
export type ProblemCode = (typeof PROBLEM_CODES)[number];

/** What is wrong with which field; the path is that of the contract's input (`person.permanentAddress.unitCode`). */
export interface FieldProblemCode {
  path: string;
  code: ProblemCode;
}

/** A unit as far as a form needs it: its path holds the codes from the nation or province down to itself. */
export interface UnitFacts {
  code: string;
  level: 'NATION' | 'PROVINCE' | 'DISTRICT' | 'COMMUNE';
  path: readonly string[];
}

export interface CheckContext {
  now: Date;
  channel: Channel;
  unit(code: string): UnitFacts | undefined;
  /** Whether the time in the declaration's id is held against `now`: not while a form is being filled in. */
  checkClock: boolean;
}

/** The problem of one field as a list, so that the checks of many fields are simply joined. */
export function at(path: string, code: ProblemCode | null): FieldProblemCode[] {
  return code === null ? [] : [{ path, code }];
}

export function isBlank(value: unknown): value is null | undefined | '' {
  return value === null || value === undefined || (typeof value === 'string' && value.trim() === '');
}

export function textProblem(text: string | null | undefined, longest: number, required: boolean): ProblemCode | null {
  if (isBlank(text)) return required ? 'REQUIRED' : null;
  // Bounded before it is normalised: composing takes at most eight code units to one character here.
  if (text.length > longest * 8 || lengthInCodePoints(nfc(text)) > longest) return 'TOO_LONG';
  return holdsUnseenCharacters(nfc(text)) ? 'HIDDEN_CHARACTER' : null;
}

export function choiceProblem(value: string | null | undefined, choices: object): ProblemCode | null {
  if (isBlank(value)) return 'REQUIRED';
  return Object.hasOwn(choices, value) ? null : 'CHOICE';
}
