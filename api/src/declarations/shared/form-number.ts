import { nfc } from '#api/platform/shared/text.ts';

/**
 * Reads the number of a paper form: 1 to 40 letters, digits, dots, dashes and slashes, upper case without blanks, so that it is
 * one number however it was typed; null for anything else.
 */
export function readFormNumber(text: string): string | null {
  if (text.length > 160) return null;
  const number = nfc(text).replaceAll(' ', '').toUpperCase();
  return /^[\p{L}\p{N}./-]{1,40}$/u.test(number) ? number : null;
}
