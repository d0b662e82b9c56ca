import { birthYear } from './birth-date.ts';
import type { Sex } from './sex.ts';

declare const idNumber: unique symbol;
/** A 12-digit personal number (CCCD) or a 9-digit CMND, digits only. */
export type IdNumber = string & { readonly [idNumber]: true };

export type IdNumberWarning = 'UNKNOWN_PROVINCE' | 'CONTRADICTS_SEX' | 'CONTRADICTS_BIRTH_YEAR';

// The provinces' three-digit codes, 001 to 096 with gaps. Numbers are not reissued when provinces merge, so these of 2021
// stand. Any other code may be a country of birth: that is why it is a warning and no error.
const PROVINCES = new Set(
  (
    '001 002 004 006 008 010 011 012 014 015 017 019 020 022 024 025 026 027 030 031 033 034 035 036 037 038 040 042 044 045 046 ' +
    '048 049 051 052 054 056 058 060 062 064 066 067 068 070 072 074 075 077 079 080 082 083 084 086 087 089 091 092 093 094 095 096'
  ).split(' '),
);

/** Reads a typed number, with or without blanks, dots and dashes; null when it has neither 12 nor 9 digits. */
export function readIdNumber(text: string): IdNumber | null {
  if (text.length > 64) return null;
  const digits = text.replace(/[\s.\-–]/gu, '');
  return isIdNumber(digits) ? digits : null;
}

function isIdNumber(digits: string): digits is IdNumber {
  return /^(\d{12}|\d{9})$/.test(digits);
}

/**
 * What looks wrong in a number but may be true (Decree 137/2015): PPP G YY RRRRRR, where G is
 * 2 x (century - 20) + (female ? 1 : 0) and the 1900s are century 20. There is no check digit. A CMND tells nothing.
 */
export function idNumberWarnings(number: IdNumber, person: { sex: Sex; dateOfBirth: string }): IdNumberWarning[] {
  if (number.length !== 12) return [];
  const warnings: IdNumberWarning[] = [];
  const digit = Number(number[3]);
  if (!PROVINCES.has(number.slice(0, 3))) warnings.push('UNKNOWN_PROVINCE');
  if (person.sex !== 'OTHER' && (digit % 2 === 1) !== (person.sex === 'FEMALE')) warnings.push('CONTRADICTS_SEX');
  if (yearIn(number) !== birthYear(person.dateOfBirth)) warnings.push('CONTRADICTS_BIRTH_YEAR');
  return warnings;
}

function yearIn(number: IdNumber): number {
  return 1900 + 100 * Math.floor(Number(number[3]) / 2) + Number(number.slice(4, 6));
}

/** A number that is right in itself and belongs to nobody, for tests and demonstrations. OTHER is written as male. */
export function syntheticIdNumber(of: {
  provinceCode3: string;
  sex: Sex;
  birthYear: number;
  serial: number;
}): IdNumber {
  const centuryAndSex = 2 * (Math.floor(of.birthYear / 100) - 19) + (of.sex === 'FEMALE' ? 1 : 0);
  const year = String(of.birthYear % 100).padStart(2, '0');
  const number = readIdNumber(`${of.provinceCode3}${centuryAndSex}${year}${String(of.serial).padStart(6, '0')}`);
  if (number?.length !== 12)
    throw new RangeError('A number needs a 3-digit province, a year from 1900 to 2399 and a serial below a million');
  return number;
}
