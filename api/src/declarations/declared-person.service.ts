import type { Keys } from '../platform/crypto/keys.ts';
import { vietnamDate } from '../platform/shared/vietnam-date.ts';
import { sealIdentifiers, type Identifiers } from '../people/identifiers.service.ts';
import type { PersonRow } from '../people/person-view.service.ts';
import type { Territory } from '../territory/territory.service.ts';
import { checkContext } from './check-context.ts';
import { normaliseDeclaration, type FieldProblemCode } from './shared/declaration-checks.ts';
import type { DeclaredAddress, DeclaredPerson } from './shared/declaration-draft.ts';
import { checkPerson } from './shared/person-checks.ts';

/** A person without a form, as an officer keys one in: in its one spelling, and what is wrong by the rules of a form's person. */
export function readPerson(
  territory: Territory,
  typed: DeclaredPerson,
  at: Date,
): { person: DeclaredPerson; problems: FieldProblemCode[] } {
  const person = normaliseDeclaration({ person: typed }).person as DeclaredPerson;
  return {
    person,
    problems: checkPerson(person, checkContext(territory, { at, channel: 'ASSISTED', day: vietnamDate(at) })),
  };
}

/** The columns that hold a person; codes of communes become units of the day. */
export function personRow(keys: Keys, person: DeclaredPerson, unitId: (code: string) => string): PersonRow {
  const place = (address: DeclaredAddress | null | undefined) => ({
    line: address?.line ?? null,
    unit: address ? unitId(address.unitCode) : null,
  });
  const { line: permanentLine, unit: permanentUnit } = place(person.permanentAddress);
  const { line: temporaryLine, unit: temporaryUnit } = place(person.temporaryAddress);
  return {
    full_name: person.fullName,
    date_of_birth: person.dateOfBirth,
    sex: person.sex,
    nationality: person.nationality,
    identifiers_sealed: sealIdentifiers(keys, identifiersOf(person)),
    permanent_line: permanentLine,
    permanent_unit_id: permanentUnit,
    temporary_line: temporaryLine,
    temporary_unit_id: temporaryUnit,
  };
}

export function identifiersOf({
  idNumber,
  passportNumber,
  phone,
  email,
  healthInsuranceNumber,
}: DeclaredPerson): Identifiers {
  return {
    ...(idNumber ? { idNumber } : {}),
    ...(passportNumber ? { passportNumber } : {}),
    ...(phone ? { phone } : {}),
    ...(email ? { email } : {}),
    ...(healthInsuranceNumber ? { healthInsuranceNumber } : {}),
  };
}
