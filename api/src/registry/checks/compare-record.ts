import { nameWords } from '../../platform/shared/text.ts';
import type { RegistryRecord } from '../registry-port.ts';

/** The person that the registry is asked about, as declared or as known of the citizen. */
export interface AskedPerson {
  fullName: string;
  /** 1950-08-23, or 1950. */
  dateOfBirth: string;
  sex: 'FEMALE' | 'MALE' | 'OTHER';
  /** 12 digits, or the 9 of a former card. */
  idNumber: string;
}

/** Names of the fields of PersonInput that a record can contradict. */
export type ComparedField = 'fullName' | 'dateOfBirth' | 'sex' | 'idNumber';

/** The fields in which a record differs; what either side does not know differs from nothing. */
export function differingFields(asked: AskedPerson, record: RegistryRecord): ComparedField[] {
  const same: ReadonlyArray<[ComparedField, boolean]> = [
    ['fullName', sameName(asked.fullName, record.fullName)],
    ['dateOfBirth', record.dateOfBirth === null || sameBirth(asked.dateOfBirth, record.dateOfBirth)],
    ['sex', record.sex === null || asked.sex === 'OTHER' || asked.sex === record.sex],
    ['idNumber', sameNumber(asked.idNumber, record)],
  ];
  return same.filter(([, holds]) => !holds).map(([field]) => field);
}

/** Alike without diacritics, case, spacing and the order of words: clerks write names in one piece or family name last. */
export function sameName(one: string, other: string): boolean {
  const [words, others] = [nameWords(one), nameWords(other)];
  return words.join('') === others.join('') || words.toSorted().join(' ') === others.toSorted().join(' ');
}

/** Where one side knows the year only, the year decides. */
export function sameBirth(one: string, other: string): boolean {
  const length = Math.min(one.length, other.length);
  return one.slice(0, length) === other.slice(0, length);
}

function sameNumber(asked: string, { idNumber, formerIdNumber }: RegistryRecord): boolean {
  const known = asked.length === 12 ? idNumber : formerIdNumber;
  return known === null || known === asked;
}
