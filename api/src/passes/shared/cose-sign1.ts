import { decode, encode, Tagged } from 'cborg';

/** A COSE_Sign1 (RFC 9052) as passes use it: EdDSA, the kid in the protected header, nothing in the unprotected one. */
export interface Sign1 {
  kid: string;
  payload: Uint8Array;
  signature: Uint8Array;
}

const TAG = 18;
const ALGORITHM = 1;
const EDDSA = -8;
const KID = 4;
const SIGNATURE_BYTES = 64;

/** A kid is four bytes, written as eight hexadecimal digits: enough to tell a handful of keys apart in a small code. */
export function isKid(kid: string): boolean {
  return /^[0-9a-f]{8}$/.test(kid);
}

function protectedHeader(kid: string): Uint8Array {
  const kidBytes = Uint8Array.from(kid.match(/../g) ?? [], (digits) => Number.parseInt(digits, 16));
  return encode(
    new Map<number, number | Uint8Array>([
      [ALGORITHM, EDDSA],
      [KID, kidBytes],
    ]),
  );
}

/** What is signed: the Sig_structure of RFC 9052, section 4.4. */
export function bytesToSign(kid: string, payload: Uint8Array): Uint8Array {
  return encode(['Signature1', protectedHeader(kid), new Uint8Array(), payload]);
}

export function encodeSign1({ kid, payload, signature }: Sign1): Uint8Array {
  if (!isKid(kid) || signature.length !== SIGNATURE_BYTES)
    throw new RangeError('A pass needs a kid of 4 bytes and a signature of 64');
  return encode(new Tagged(TAG, [protectedHeader(kid), new Map(), payload, signature]));
}

/** Reads what `encodeSign1` wrote, byte for byte; null for anything else. */
export function decodeSign1(bytes: Uint8Array): Sign1 | null {
  const tagged = decodeStrictly(bytes, { [TAG]: Tagged.decoder(TAG) });
  const parts: unknown = tagged instanceof Tagged ? tagged.value : null;
  if (!Array.isArray(parts)) return null;
  const [header, , payload, signature] = parts as unknown[];
  if (!(header instanceof Uint8Array && payload instanceof Uint8Array && signature instanceof Uint8Array)) return null;
  const kid = kidIn(header);
  if (kid === null || signature.length !== SIGNATURE_BYTES) return null;
  const read = { kid, payload, signature };
  return sameBytes(encodeSign1(read), bytes) ? read : null;
}

function kidIn(header: Uint8Array): string | null {
  const fields = decodeStrictly(header);
  const kid: unknown = fields instanceof Map ? fields.get(KID) : null;
  if (!(kid instanceof Uint8Array) || kid.length !== 4) return null;
  return Array.from(kid, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** One definite CBOR item in its shortest form, without duplicate keys; undefined for anything else. Never throws. */
export function decodeStrictly(bytes: Uint8Array, tags = {}): unknown {
  try {
    return decode(bytes, {
      strict: true,
      useMaps: true,
      rejectDuplicateMapKeys: true,
      allowIndefinite: false,
      allowUndefined: false,
      allowBigInt: false,
      tags,
    });
  } catch {
    return undefined;
  }
}

export function sameBytes(one: Uint8Array, other: Uint8Array): boolean {
  return one.length === other.length && one.every((byte, at) => byte === other[at]);
}
