import { ageOn, latestBirthDate, readBirthDate } from '#api/people/shared/birth-date.ts';
import { readIdNumber } from '#api/people/shared/id-number.ts';
import { isNationality } from '#api/people/shared/nationality.ts';
import { readPersonName } from '#api/people/shared/person-name.ts';
import { readPhoneNumber } from '#api/people/shared/phone-number.ts';
import { Sex } from '#api/people/shared/sex.ts';
import { vietnamDate } from '#api/platform/shared/vietnam-date.ts';
import type { DeclarationDraft } from './declaration-draft.ts';
import {
  at,
  choiceProblem,
  isBlank,
  textProblem,
  type CheckContext,
  type FieldProblemCode,
  type ProblemCode,
} from './field-problems.ts';
import { checkAddress } from './place-checks.ts';

const LONGEST_REASON = 500;
const LONGEST_EMAIL = 254;
const OLDEST_AGE = 130;
const AGE_OF_FIRST_DOCUMENT = 14;

type PersonDraft = NonNullable<DeclarationDraft['person']>;

export function checkPerson(person: PersonDraft, context: CheckContext): FieldProblemCode[] {
  const vietnamese = person.nationality === 'VNM';
  return [
    ...at('person.fullName', nameProblem(person.fullName)),
    ...at('person.dateOfBirth', birthProblem(person.dateOfBirth, context.now)),
    ...at('person.sex', choiceProblem(person.sex, Sex)),
    ...at('person.nationality', nationalityProblem(person.nationality)),
    ...checkDocument(person, context),
    ...at('person.phone', unread(person.phone, readPhoneNumber) ? 'PHONE_NUMBER' : null),
    ...at('person.email', emailProblem(person.email)),
    ...at(
      'person.healthInsuranceNumber',
      unread(person.healthInsuranceNumber, readHealthInsuranceNumber) ? 'HEALTH_INSURANCE_NUMBER' : null,
    ),
    ...checkAddress('person.permanentAddress', person.permanentAddress, vietnamese, context),
    ...checkAddress('person.temporaryAddress', person.temporaryAddress, false, context),
  ];
}

function nameProblem(name: string | null | undefined): ProblemCode | null {
  const read = readPersonName(name ?? '');
  return read.ok ? null : read.code;
}

function birthProblem(typed: string | null | undefined, now: Date): ProblemCode | null {
  if (isBlank(typed)) return 'REQUIRED';
  const born = readBirthDate(typed);
  if (born === null) return 'BIRTH_DATE';
  const today = vietnamDate(now);
  if (born > today) return 'BIRTH_IN_FUTURE';
  const oldest = `${Number(today.slice(0, 4)) - OLDEST_AGE}${today.slice(4)}`;
  return latestBirthDate(born) < oldest ? 'BIRTH_TOO_LONG_AGO' : null;
}

function nationalityProblem(code: string | null | undefined): ProblemCode | null {
  if (isBlank(code)) return 'REQUIRED';
  return isNationality(code) ? null : 'NATIONALITY';
}

// A number or a passport, unless under 14; who keys in a form for someone may say why there is neither.
function checkDocument(person: PersonDraft, context: CheckContext): FieldProblemCode[] {
  const wrong = [
    ...at('person.idNumber', unread(person.idNumber, readIdNumber) ? 'ID_NUMBER' : null),
    ...at('person.passportNumber', unread(person.passportNumber, readPassportNumber) ? 'PASSPORT_NUMBER' : null),
    ...at('person.noDocumentReason', textProblem(person.noDocumentReason, LONGEST_REASON, false)),
  ];
  const hasDocument = !isBlank(person.idNumber) || !isBlank(person.passportNumber);
  if (hasDocument || isChild(person.dateOfBirth, context.now)) return wrong;
  const keyedIn = context.channel === 'PAPER' || context.channel === 'ASSISTED';
  if (!keyedIn) return [...wrong, ...at('person.idNumber', 'DOCUMENT_REQUIRED')];
  return isBlank(person.noDocumentReason)
    ? [...wrong, ...at('person.noDocumentReason', 'DOCUMENT_OR_REASON_REQUIRED')]
    : wrong;
}

function isChild(typed: string | null | undefined, now: Date): boolean {
  const born = readBirthDate(typed ?? '');
  return born !== null && ageOn(born, vietnamDate(now)) < AGE_OF_FIRST_DOCUMENT;
}

/** 5 to 20 letters and digits, upper case, blanks left out; null for anything else. */
export function readPassportNumber(text: string): string | null {
  return readLettersAndDigits(text, /^[A-Z0-9]{5,20}$/);
}

/** 8 to 17 letters and digits, upper case, blanks left out; null for anything else. */
export function readHealthInsuranceNumber(text: string): string | null {
  return readLettersAndDigits(text, /^[A-Z0-9]{8,17}$/);
}

function readLettersAndDigits(text: string, shape: RegExp): string | null {
  const typed = text.length > 64 ? '' : text.replace(/[\s.\-–]/gu, '').toUpperCase();
  return shape.test(typed) ? typed : null;
}

function emailProblem(email: string | null | undefined): ProblemCode | null {
  if (isBlank(email)) return null;
  const typed = email.trim();
  if (typed.length > LONGEST_EMAIL) return 'TOO_LONG';
  return /^[^\s@<>(),;:"[\]\\\p{C}]+@[^\s@<>(),;:"[\]\\\p{C}]+\.[^\s@.<>(),;:"[\]\\\p{C}]{2,}$/u.test(typed)
    ? null
    : 'EMAIL';
}

function unread(typed: string | null | undefined, read: (text: string) => string | null): boolean {
  return !isBlank(typed) && read(typed) === null;
}
