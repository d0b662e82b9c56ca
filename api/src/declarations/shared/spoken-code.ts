// 29 characters, none of which looks or sounds like another; a prime, which the check below rests on.
const ALPHABET = '0123456789ACDEFGHJKMNPQRTVWXY';
const LOOK_ALIKES: Record<string, string> = { O: '0', I: '1', L: '1', B: '8', S: '5', Z: '2', U: 'V' };
const SHAPE = /^\d{2}[0-9ACDEFGHJKMNPQRTVWXY]{7}$/;

/**
 * A code to be spoken and typed: two digits of the province, six random characters, one check character. At least one
 * is a letter, so that a code is never taken for a 9-digit CMND nor the other way round.
 */
export function newSpokenCode(provinceCode: string): string {
  if (!/^\d{2}$/.test(provinceCode)) throw new RangeError('A spoken code begins with the two digits of a province');
  for (;;) {
    const start = provinceCode + Array.from({ length: 6 }, randomCharacter).join('');
    const code = start + checkCharacter(start);
    if (!isAllDigits(code)) return code;
  }
}

function randomCharacter(): string {
  const fair = 256 - (256 % ALPHABET.length);
  for (;;) {
    const [byte = fair] = crypto.getRandomValues(new Uint8Array(1));
    if (byte < fair) return ALPHABET.charAt(byte % ALPHABET.length);
  }
}

/**
 * Reads a typed code: any case, with blanks and dashes, look-alikes (O, I, L, B, S, Z, U) taken for what was meant.
 * Null when the check character does not fit: every single wrong character and every swap of two is found.
 */
export function readSpokenCode(text: string): string | null {
  if (text.length > 64) return null;
  const bare = text.toUpperCase().replace(/[\s\-–]/gu, '');
  const code = bare.replace(/[OILBSZU]/g, (letter) => LOOK_ALIKES[letter] ?? letter);
  return SHAPE.test(code) && !isAllDigits(code) && code.at(-1) === checkCharacter(code.slice(0, -1)) ? code : null;
}

// Weights 2 to 9, the check character's own being 1: all distinct and none a multiple of 29, so neither one change nor
// one swap leaves the sum at 0.
function checkCharacter(start: string): string {
  let sum = 0;
  for (const [at, character] of [...start].entries()) sum += (at + 2) * ALPHABET.indexOf(character);
  return ALPHABET.charAt((ALPHABET.length - (sum % ALPHABET.length)) % ALPHABET.length);
}

function isAllDigits(code: string): boolean {
  return /^\d+$/.test(code);
}

/** In groups of three, as it is read aloud: 38A C7F 2KM. */
export function formatSpokenCode(code: string): string {
  return code.replace(/(.{3})(?=.)/g, '$1 ');
}
