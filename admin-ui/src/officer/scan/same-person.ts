import { fold } from '#api/platform/shared/text.ts';

interface Named {
  fullName: string;
  /** 1950-08-23, or 1950. */
  dateOfBirth: string;
}

/** Whether two papers may be of one person: a personal QR has no diacritics, and some people know only the year. */
export function isSamePerson(one: Named, other: Named): boolean {
  const known = Math.min(one.dateOfBirth.length, other.dateOfBirth.length);
  const sameBirth = one.dateOfBirth.slice(0, known) === other.dateOfBirth.slice(0, known);
  return sameBirth && fold(one.fullName) === fold(other.fullName);
}
