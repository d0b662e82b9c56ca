// Told apart from passes and typed numbers by whoever reads a code.
const PREFIX = 'PF:';

/** What the code in the corner of a blank form says: letters of the small QR alphabet. */
export const formCode = (number: string): string => PREFIX + number;

/** The number in what was read, where it is the code of a form; null for anything else. */
export function numberInCode(text: string): string | null {
  const read = text.trim().toUpperCase();
  return read.startsWith(PREFIX) ? read.slice(PREFIX.length) : null;
}

// No look-alikes: people read these aloud and type them.
const LETTERS = '23456789ABCDEFGHJKMNPQRTUVWXYZ';

/** Numbers for blank forms of a checkpoint that no other printing has: its code, five random letters of the printing, a place. */
export function newFormNumbers(checkpointCode: string, count: number): string[] {
  const printing = Array.from(
    crypto.getRandomValues(new Uint8Array(5)),
    (byte) => LETTERS[byte % LETTERS.length] ?? '',
  ).join('');
  return Array.from({ length: count }, (_, at) => `${checkpointCode}-${printing}-${String(at + 1).padStart(2, '0')}`);
}
