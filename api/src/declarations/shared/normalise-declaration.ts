import { readBirthDate } from '#api/people/shared/birth-date.ts';
import { readIdNumber } from '#api/people/shared/id-number.ts';
import { readPhoneNumber } from '#api/people/shared/phone-number.ts';
import { nfc } from '#api/platform/shared/text.ts';
import type { CompleteDeclaration, DeclarationDraft } from './declaration-draft.ts';
import { isBlank } from './field-problems.ts';
import { readFormNumber } from './form-number.ts';
import { readHealthInsuranceNumber, readPassportNumber } from './person-checks.ts';
import { isBlankAddress } from './place-checks.ts';
import { readPlate } from './plate.ts';
import { readDay } from './stay-day.ts';

type Text = string | null | undefined;

/**
 * A copy in which everything stands in its one spelling: texts in NFC, numbers without blanks, phone in E.164, an ISO
 * date of birth, null for what was left blank. What cannot be read stays as typed: the checks say so.
 */
export function normaliseDeclaration(input: CompleteDeclaration): CompleteDeclaration;
export function normaliseDeclaration(input: DeclarationDraft): DeclarationDraft;
export function normaliseDeclaration(input: DeclarationDraft): DeclarationDraft {
  return {
    ...input,
    receiptSecret: input.receiptSecret ?? null,
    person: input.person && normalPerson(input.person),
    journey: input.journey && {
      ...withoutLastDay(input.journey),
      destinationAddress: normalAddress(input.journey.destinationAddress),
      plate: read(input.journey.plate, readPlate),
      ...lastDay(input.journey.staysUntil),
    },
    health: input.health && {
      ...input.health,
      symptoms: input.health.symptoms && [...new Set(input.health.symptoms)],
      visitedUnitCodes: [...new Set(input.health.visitedUnitCodes ?? [])],
      testedAt: isBlank(input.health.testedAt) ? null : input.health.testedAt,
      testNegative: input.health.testNegative ?? null,
    },
    stayAddress: normalAddress(input.stayAddress),
    onBehalf: input.onBehalf ?? false,
    // Not there where there is none: what was sent before forms had numbers has the same content still.
    ...(isBlank(input.paperFormNumber) ? {} : { paperFormNumber: read(input.paperFormNumber, readFormNumber) }),
  };
}

function withoutLastDay({ staysUntil: _, ...journey }: NonNullable<DeclarationDraft['journey']>) {
  return journey;
}

/** Not there where it was not said: what was sent before it was asked has the same content still. */
function lastDay(typed: string | null | undefined): { staysUntil?: string } {
  return isBlank(typed) ? {} : { staysUntil: readDay(typed ?? '') ?? typed ?? '' };
}

function normalPerson(person: NonNullable<DeclarationDraft['person']>): NonNullable<DeclarationDraft['person']> {
  return {
    ...person,
    fullName: nfc(person.fullName ?? ''),
    dateOfBirth: read(person.dateOfBirth, readBirthDate) ?? '',
    idNumber: read(person.idNumber, readIdNumber),
    passportNumber: read(person.passportNumber, readPassportNumber),
    noDocumentReason: read(person.noDocumentReason, nfc),
    phone: read(person.phone, readPhoneNumber),
    email: read(person.email, nfc),
    healthInsuranceNumber: read(person.healthInsuranceNumber, readHealthInsuranceNumber),
    permanentAddress: normalAddress(person.permanentAddress),
    temporaryAddress: normalAddress(person.temporaryAddress),
  };
}

function normalAddress(address: DeclarationDraft['stayAddress']): DeclarationDraft['stayAddress'] {
  return isBlankAddress(address) ? null : { ...address, line: nfc(address?.line ?? '') };
}

function read(typed: Text, reader: (text: string) => string | null): string | null {
  return isBlank(typed) ? null : (reader(typed) ?? nfc(typed));
}
