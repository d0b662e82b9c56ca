import { fromBase45, toBase45 } from './base45.ts';
import { bytesToSign, decodeSign1, encodeSign1, isKid } from './cose-sign1.ts';
import { cutName, decodeClaims, encodeClaims, type PassClaims } from './pass-claims.ts';

export type { PassClaims } from './pass-claims.ts';

/** What every pass begins with: of QR's alphanumeric characters, and the version of what follows. */
export const PASS_PREFIX = 'CDN1:';
/** A pass has at most 296 characters (QR version 12 at level Q); nothing longer than this is looked into. */
const LONGEST_INPUT = 600;

export interface DecodedPass {
  claims: PassClaims;
  kid: string;
  signedBytes: Uint8Array;
  signature: Uint8Array;
}

/**
 * The text of a pass's QR code: prefix and base45 of a COSE_Sign1 with Ed25519. It holds blanks, also two in a row: it must
 * not be trimmed inside or normalised on its way.
 * @param kid eight hexadecimal digits (see `kidOf` in web-crypto-ed25519.ts)
 * @param sign gives the 64 bytes of an Ed25519 signature
 */
export async function encodePass(
  claims: PassClaims,
  kid: string,
  sign: (bytes: Uint8Array) => Promise<Uint8Array> | Uint8Array,
): Promise<string> {
  if (!isKid(kid)) throw new RangeError('A kid has eight hexadecimal digits');
  const fullName = claims.fullName ? cutName(claims.fullName) : null;
  const payload = encodeClaims({ ...claims, fullName });
  const signature = await sign(bytesToSign(kid, payload));
  return PASS_PREFIX + toBase45(encodeSign1({ kid, payload, signature }));
}

/** What a text claims to be, unverified. Exactly what `encodePass` writes is read and nothing else; never throws. */
export function decodePass(text: string): DecodedPass | 'UNREADABLE' {
  if (text.length > LONGEST_INPUT || !text.startsWith(PASS_PREFIX)) return 'UNREADABLE';
  const bytes = fromBase45(text.slice(PASS_PREFIX.length));
  const sign1 = bytes && decodeSign1(bytes);
  const claims = sign1 && decodeClaims(sign1.payload);
  if (!sign1 || !claims) return 'UNREADABLE';
  return { claims, kid: sign1.kid, signedBytes: bytesToSign(sign1.kid, sign1.payload), signature: sign1.signature };
}

export interface PassVerification<Key> {
  /** The issuers' public keys by kid, several at a time while keys change. */
  keys: ReadonlyMap<string, Key>;
  verify(key: Key, signature: Uint8Array, bytes: Uint8Array): Promise<boolean> | boolean;
  /** Whether the declaration with this id was withdrawn. */
  withdrawn(id: string): boolean;
  now: Date;
}

export type VerifiedPass =
  | { ok: true; claims: PassClaims }
  | { ok: false; code: 'UNREADABLE' | 'UNKNOWN_ISSUER' | 'BAD_SIGNATURE'; claims?: undefined }
  | { ok: false; code: 'EXPIRED' | 'WITHDRAWN'; claims: PassClaims };

/** Whether a pass was issued by one of these keys, and holds now. Claims are given only where the signature is right. */
export async function verifyPass<Key>(text: string, by: PassVerification<Key>): Promise<VerifiedPass> {
  const pass = decodePass(text);
  if (pass === 'UNREADABLE') return { ok: false, code: 'UNREADABLE' };
  const key = by.keys.get(pass.kid);
  if (key === undefined) return { ok: false, code: 'UNKNOWN_ISSUER' };
  if (!(await by.verify(key, pass.signature, pass.signedBytes))) return { ok: false, code: 'BAD_SIGNATURE' };
  const { claims } = pass;
  if (by.withdrawn(claims.id)) return { ok: false, code: 'WITHDRAWN', claims };
  return claims.expiresAt.getTime() <= by.now.getTime() ? { ok: false, code: 'EXPIRED', claims } : { ok: true, claims };
}
