import { fold } from '#api/platform/shared/text.ts';

// Two digits of the province, a series (A, B1, LD, MD1), four or five digits. Five digits after letters are a car's number
// (36A-123.45), though a motorcycle's of before 2010 (36A1-2345) reads the same.
const VIETNAMESE = /^(\d{2}[A-Z]{1,2}(?:\d(?=\d{5}$))?)(\d{4,5})$/;

/**
 * Reads a number plate: 4 to 12 letters and digits, at least one digit, upper case without blanks, dots and dashes
 * (36B112345). Đ is written D, so that plates typed on any keyboard are equal.
 */
export function readPlate(text: string): string | null {
  if (text.length > 64) return null;
  const plate = fold(text)
    .toUpperCase()
    .replace(/[\s.\-–/]/gu, '');
  return /^(?=.*\d)[A-Z0-9]{4,12}$/.test(plate) ? plate : null;
}

/** A plate as it stands on the vehicle: 36B1-123.45, 36A-1234; any other as it is. */
export function formatPlate(plate: string): string {
  const [, series, digits] = VIETNAMESE.exec(plate) ?? [];
  if (series === undefined || digits === undefined) return plate;
  return digits.length === 5 ? `${series}-${digits.slice(0, 3)}.${digits.slice(3)}` : `${series}-${digits}`;
}
