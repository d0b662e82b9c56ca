import { readBirthDate } from '#api/people/shared/birth-date.ts';

/** The day of 23/08/2021 or 2021-08-23, as the latter; null for what is no day. */
export function readDay(typed: string): string | null {
  const read = readBirthDate(typed);
  return read !== null && read.length === 10 ? read : null;
}
