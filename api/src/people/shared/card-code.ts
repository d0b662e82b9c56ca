import { nfc, readLine } from '#api/platform/shared/text.ts';
import { readBirthDate } from './birth-date.ts';
import { readIdNumber, type IdNumber } from './id-number.ts';
import { readPersonName } from './person-name.ts';
import type { Sex } from './sex.ts';

/** Who stands on a card, as far as its code says. */
export interface CardPerson {
  idNumber: IdNumber | null;
  /** The number that the person had before: CMND. */
  formerIdNumber: IdNumber | null;
  passportNumber: string | null;
  fullName: string;
  /** 1950-08-23, or 1950. */
  dateOfBirth: string;
  sex: Sex | null;
  address: string | null;
  issuedOn: string | null;
}

/** The first part of a card's code that cannot be right. */
export type CardDamage = 'FIELDS' | 'NUMBER' | 'NAME' | 'BIRTH_DATE' | 'SEX' | 'ISSUED_ON';
export type CardRead = { kind: 'CARD'; card: CardPerson } | { kind: 'DAMAGED'; damage: CardDamage };

const damaged = (damage: CardDamage): CardRead => ({ kind: 'DAMAGED', damage });
const DAY = /^\d{8}$/;
const ISO_DAY = /^\d{4}-\d{2}-\d{2}$/;
const LONGEST_ADDRESS = 255;
// "Nữ" may come decomposed from a scanner.
const sexes: Readonly<Record<string, Sex>> = { nam: 'MALE', nữ: 'FEMALE' };

/**
 * Reads the QR of a chip card (of 2021, or of July 2024 with a tail) or the personal QR v1.1 of the ministry of information.
 * Null for what is neither, not even in part. The formats: shared/domain.md section 3.
 */
export function readCardCode(text: string): CardRead | null {
  const fields = text.trim().split('|').map(nfc);
  if (fields.length < 2 || !isLikeCard(fields)) return null;
  return ISO_DAY.test(fields[2] ?? '') ? readPersonalCode(fields) : readChipCard(fields);
}

function isLikeCard(fields: readonly string[]): boolean {
  const isDay = (field: string) => (DAY.test(field) || ISO_DAY.test(field)) && readBirthDate(field) !== null;
  return /^\d{6,}$/.test(fields[0] ?? '') || fields.some(isDay);
}

/** Number, CMND or nothing, name, birth, sex, address, day of issue. What follows in a newer card is not looked at. */
function readChipCard(fields: readonly string[]): CardRead {
  if (fields.length < 7) return damaged('FIELDS');
  const [number = '', former = '', name = '', born = '', sexWord = '', address = '', issued = ''] = fields;
  const [idNumber, formerIdNumber] = [readIdNumber(number), readIdNumber(former)];
  if (idNumber?.length !== 12 || (former !== '' && !formerIdNumber)) return damaged('NUMBER');
  const fullName = readPersonName(name);
  if (!fullName.ok) return damaged('NAME');
  const dateOfBirth = readCardBirth(born);
  if (dateOfBirth === null) return damaged('BIRTH_DATE');
  const sex = sexes[sexWord.toLowerCase()];
  if (!sex) return damaged('SEX');
  const issuedOn = DAY.test(issued) ? readBirthDate(issued) : null;
  if (issuedOn === null) return damaged('ISSUED_ON');
  const person = {
    idNumber,
    formerIdNumber,
    passportNumber: null,
    fullName: fullName.value,
    dateOfBirth,
    sex,
    issuedOn,
  };
  return { kind: 'CARD', card: { ...person, address: readLine(address, LONGEST_ADDRESS) } };
}

/** Of people who know only their year of birth, no source says how a card writes it: the year, or noughts before it. */
function readCardBirth(text: string): string | null {
  return DAY.test(text) || /^\d{4}$/.test(text) ? readBirthDate(text.replace(/^0000/, '')) : null;
}

/** SoGiayTo, HoTen, NgaySinh, LoaiDinhDanh (0 oneself, 1 on behalf), QID, EXT. The name has neither diacritics nor small letters. */
function readPersonalCode(fields: readonly string[]): CardRead {
  const [number = '', name = '', born = '', kind = ''] = fields;
  if (fields.length < 6 || !/^[01]$/.test(kind)) return damaged('FIELDS');
  const idNumber = readIdNumber(number);
  const passportNumber = /^(?=.*[A-Z])[A-Z0-9]{5,20}$/.test(number.toUpperCase()) ? number.toUpperCase() : null;
  if (!idNumber && !passportNumber) return damaged('NUMBER');
  const fullName = readPersonName(name);
  if (!fullName.ok) return damaged('NAME');
  const dateOfBirth = readBirthDate(born);
  if (dateOfBirth === null) return damaged('BIRTH_DATE');
  const unknown = { formerIdNumber: null, sex: null, address: null, issuedOn: null };
  return { kind: 'CARD', card: { ...unknown, idNumber, passportNumber, fullName: fullName.value, dateOfBirth } };
}
