import { normaliseDeclaration } from '#api/declarations/shared/declaration-checks.ts';
import type { DeclaredPerson } from '#api/declarations/shared/declaration-draft.ts';
import { formatBirthDate } from '#api/people/shared/birth-date.ts';
import { readWrittenDocument } from '#api/people/shared/written-document.ts';
import type { PersonInput, Sex, WholePersonFragment } from '../../gql/admin/graphql.ts';
import { toPickedUnit, type PickedUnit } from '../../ui/picked-unit.ts';

export interface Correction {
  fullName: string;
  born: string;
  sex: Sex;
  /** CCCD, CMND or passport. */
  document: string;
  permanent: PickedUnit | null;
  permanentLine: string;
}

/** What the form has a field for, as the API names it. */
export const correctionFields = [
  'fullName',
  'dateOfBirth',
  'sex',
  'idNumber',
  'passportNumber',
  'permanentAddress',
] as const;
export type CorrectionField = (typeof correctionFields)[number];

/** As it stands at first: what is known of the person. */
export function correctionOf(person: WholePersonFragment): Correction {
  const { fullName, dateOfBirth, sex, idNumber, passportNumber, permanentAddress } = person;
  return {
    fullName,
    born: formatBirthDate(dateOfBirth),
    sex,
    document: idNumber ?? passportNumber ?? '',
    permanent: permanentAddress ? toPickedUnit(permanentAddress.unit) : null,
    permanentLine: permanentAddress?.line ?? '',
  };
}

/** What is sent: numbers and phone that are not given stay, and the temporary address goes as it is. */
export function correctedOf(form: Correction, known: WholePersonFragment): PersonInput {
  const { fullName, born, sex, document, permanent, permanentLine } = form;
  const temporary = known.temporaryAddress;
  const person = {
    fullName,
    dateOfBirth: born,
    sex,
    nationality: known.nationality,
    ...readWrittenDocument(document),
    permanentAddress: permanent ? { unitCode: permanent.code, line: permanentLine } : null,
    temporaryAddress: temporary ? { unitCode: temporary.unit.code, line: temporary.line ?? '' } : null,
  };
  return normaliseDeclaration({ person }).person as DeclaredPerson;
}
