// National numbers of Viet Nam since 2018: mobile 3, 5, 7, 8, 9 and eight digits; fixed line 2 and nine digits.
const VIETNAMESE = /^(?:[35789]\d{8}|2\d{9})$/;

/**
 * Reads a phone number as people write it: 0912 345 678, +84 912 345 678, 84912345678, 0084..., +84 (0)912...; abroad +
 * and 8 to 15 digits. Returns E.164 (+84912345678), or null.
 */
export function readPhoneNumber(text: string): string | null {
  if (text.length > 64) return null;
  const dialled = text.replace(/[\s.\-–()]/gu, '').replace(/^00/, '+');
  const national = /^(?:\+?84)?0?(\d{9,10})$/.exec(dialled)?.[1];
  if (national !== undefined && VIETNAMESE.test(national) && /^(?:0|\+?84)/.test(dialled)) return `+84${national}`;
  return /^\+(?!84)[1-9]\d{7,14}$/.test(dialled) ? dialled : null;
}
