/** One spelling of a text: composed (NFC), without white space around it, one blank where there was any inside. */
export function nfc(text: string): string {
  return text.normalize('NFC').replace(/\s+/gu, ' ').trim();
}

/** What a search compares: lower case without diacritics, "Thanh Hóa" and "thanh hoa" alike. */
export function fold(text: string): string {
  const letters = text.toLowerCase().normalize('NFD').replace(/\p{M}/gu, '');
  // Đ is a letter of its own: no Unicode decomposition takes its stroke away.
  return nfc(letters).replaceAll('đ', 'd');
}

/**
 * The distinct keys by which a name is found, sorted: three characters each of the upper-case name without diacritics,
 * its words padded as in PostgreSQL's pg_trgm with two blanks before and one after.
 */
export function trigrams(name: string): string[] {
  const keys = new Set<string>();
  for (const word of nameWords(name).map((each) => each.toUpperCase())) {
    const letters = [' ', ' ', ...word, ' '];
    for (let at = 0; at + 3 <= letters.length; at++) keys.add(letters.slice(at, at + 3).join(''));
  }
  return [...keys].sort();
}

/** The words of a name as they are compared: folded, without what is no letter or digit. */
export function nameWords(name: string): string[] {
  return fold(name).match(/[\p{L}\p{N}]+/gu) ?? [];
}

/** One key for a whole name, whatever the order of its words: '=AN NGUYEN VAN'. */
export function wholeNameKey(name: string): string {
  return `=${nameWords(name)
    .map((word) => word.toUpperCase())
    .sort()
    .join(' ')}`;
}

/** All keys by which a name is found: its trigrams, and itself. */
export const nameKeys = (name: string): string[] => [wholeNameKey(name), ...trigrams(name)];

// Also the marks that turn the direction of writing, by which one name can be made to look like another. The two joiners
// stay: scripts of South and West Asia need them.
const UNSEEN = /[\p{Cc}\p{Cs}]|(?![\u200c\u200d])\p{Cf}/u;

/** Whether a text holds characters that cannot be seen, or that PostgreSQL cannot store (NUL, half a surrogate pair). */
export function holdsUnseenCharacters(text: string): boolean {
  return UNSEEN.test(text);
}

/** How long a text is for a person: in code points. */
export function lengthInCodePoints(text: string): number {
  return [...text].length;
}

/** A line that people type, composed and trimmed; null when empty, too long or holding what cannot be seen. */
export function readLine(text: string, longest: number): string | null {
  // Bounded before it is normalised: no line needs more than four code units a character.
  if (text.length > longest * 4) return null;
  const line = nfc(text);
  const fits = line !== '' && lengthInCodePoints(line) <= longest && !holdsUnseenCharacters(line);
  return fits ? line : null;
}
