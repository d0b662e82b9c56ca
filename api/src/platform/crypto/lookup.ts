import { createHash, createHmac } from 'node:crypto';
import type { Keyring } from './keyring.ts';

/** A keyed hash by which an identifier is found without being readable: HMAC-SHA-256 over its kind and canonical form. */
export function lookupHash(keyring: Keyring, kind: string, value: string): Buffer {
  return createHmac('sha256', keyring.active.key).update(`${kind}:${value}`).digest();
}

/** The hashes under every key that is still in use: what to ask for while a key rotates. */
export function lookupHashes(keyring: Keyring, kind: string, value: string): Buffer[] {
  return keyring.all.map(({ key }) => createHmac('sha256', key).update(`${kind}:${value}`).digest());
}

export function sha256(value: string | Buffer): Buffer {
  return createHash('sha256').update(value).digest();
}
