// RFC 9285, written out: the base45 package decodes to Node's Buffer, which browsers lack, and lets characters outside
// the alphabet and groups above the range through.
const ALPHABET = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:';

export function toBase45(bytes: Uint8Array): string {
  let text = '';
  for (let at = 0; at < bytes.length; at += 2) {
    const [high = 0, low] = bytes.subarray(at, at + 2);
    text += low === undefined ? group(high, 2) : group(high * 256 + low, 3);
  }
  return text;
}

function group(value: number, length: 2 | 3): string {
  let characters = '';
  for (let rest = value; characters.length < length; rest = Math.floor(rest / 45))
    characters += ALPHABET.charAt(rest % 45);
  return characters;
}

/** The bytes, or null for what is no base45: another character, a lone one at the end, a group above the range. */
export function fromBase45(text: string): Uint8Array | null {
  const bytes: number[] = [];
  for (let at = 0; at < text.length; at += 3) {
    const characters = text.slice(at, at + 3);
    const value = valueOf(characters);
    if (value === null || characters.length === 1 || value >= (characters.length === 3 ? 65536 : 256)) return null;
    if (characters.length === 3) bytes.push(value >> 8);
    bytes.push(value & 255);
  }
  return Uint8Array.from(bytes);
}

function valueOf(characters: string): number | null {
  let value = 0;
  for (let at = characters.length - 1; at >= 0; at--) {
    const digit = ALPHABET.indexOf(characters.charAt(at));
    if (digit < 0) return null;
    value = value * 45 + digit;
  }
  return value;
}
