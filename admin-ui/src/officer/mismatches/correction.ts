import { normaliseDeclaration } from '#api/declarations/shared/declaration-checks.ts';
import type { DeclaredPerson } from '#api/declarations/shared/declaration-draft.ts';
import { formatBirthDate } from '#api/people/shared/birth-date.ts';
import type { PersonInput, PersonToCheckFragment } from '../../gql/officer/graphql.ts';
import { toPickedUnit } from '../../ui/picked-unit.ts';
import { personOf, type KeyedPerson } from '../paper/paper-form.ts';
import { spokenPhone } from '../words.ts';

/** The form as it stands at first: what is known of the person. */
export function keyedFrom(person: PersonToCheckFragment): KeyedPerson {
  const { fullName, dateOfBirth, sex, nationality, idNumber, passportNumber, phone, permanentAddress } = person;
  return {
    fullName,
    born: formatBirthDate(dateOfBirth),
    sex,
    nationality,
    document: idNumber ?? passportNumber ?? '',
    noDocumentReason: '',
    phone: phone ? spokenPhone(phone) : '',
    permanent: permanentAddress ? toPickedUnit(permanentAddress.unit) : null,
    permanentLine: permanentAddress?.line ?? '',
  };
}

/** What is sent once no rule is broken; the temporary address, which the form does not ask for, goes as it is. */
export function correctedOf(form: KeyedPerson, { temporaryAddress }: PersonToCheckFragment): PersonInput {
  const temporary = temporaryAddress && { line: temporaryAddress.line ?? '', unitCode: temporaryAddress.unit.code };
  const person = { ...personOf(form), temporaryAddress: temporary ?? null };
  return normaliseDeclaration({ person }).person as DeclaredPerson;
}

/** Where the keyboard goes first: to the first field that differs. */
export function firstToCorrect(mismatches: readonly string[]): string {
  const names: Record<string, string> = {
    fullName: 'name',
    dateOfBirth: 'born',
    idNumber: 'document',
    passportNumber: 'document',
    permanentAddress: 'permanent',
  };
  return mismatches.map((field) => names[field]).find((name) => name !== undefined) ?? 'name';
}
