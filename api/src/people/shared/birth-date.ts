const YEAR = /^[12]\d{3}$/;

/**
 * Reads a date of birth, or a year where only that is known: `1950-08-23`, `23/08/1950` (also with dots, dashes or blanks),
 * `23081950`, `1950`. Returns `1950-08-23` or `1950`; null for what is no date of the calendar.
 */
export function readBirthDate(text: string): string | null {
  const typed = text.trim();
  if (YEAR.test(typed)) return typed;
  const iso = /^(\d{4})-(\d{2})-(\d{2})$/.exec(typed);
  if (iso) return calendarDate(iso[1], iso[2], iso[3]);
  const vietnamese = /^(\d{2})(\d{2})(\d{4})$/.exec(typed) ?? /^(\d{1,2})[/.\- ](\d{1,2})[/.\- ](\d{4})$/.exec(typed);
  return vietnamese ? calendarDate(vietnamese[3], vietnamese[2], vietnamese[1]) : null;
}

function calendarDate(year = '', month = '', day = ''): string | null {
  if (!YEAR.test(year)) return null;
  const date = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
  const read = new Date(`${date}T00:00:00Z`);
  // 31 April is read as 1 May by some engines and refused by others: only what comes back the same is a date.
  return !Number.isNaN(read.getTime()) && read.toISOString().startsWith(date) ? date : null;
}

export function birthYear(dateOfBirth: string): number {
  return Number(dateOfBirth.slice(0, 4));
}

/** Whole years on a day (2021-08-23). Where only the year is known, the youngest that the person can be. */
export function ageOn(dateOfBirth: string, onIsoDate: string): number {
  const birthday = latestBirthDate(dateOfBirth).slice(5);
  return birthYear(onIsoDate) - birthYear(dateOfBirth) - (onIsoDate.slice(5) < birthday ? 1 : 0);
}

/** The last day on which the person can have been born. */
export function latestBirthDate(dateOfBirth: string): string {
  return dateOfBirth.length === 4 ? `${dateOfBirth}-12-31` : dateOfBirth;
}

/** As people write it in Viet Nam: `23/08/1950`, or the year alone. */
export function formatBirthDate(dateOfBirth: string): string {
  return dateOfBirth.split('-').reverse().join('/');
}
