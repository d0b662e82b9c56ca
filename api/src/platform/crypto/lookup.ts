import { createHash, createHmac } from 'node:crypto';
import type { Keyring, SecretKey } from './keyring.ts';

/** A keyed hash by which an identifier is found without being readable: HMAC-SHA-256 over its kind and canonical form. */
export function lookupHash(keyring: Keyring, kind: string, value: string): Buffer {
  return createHmac('sha256', keyring.active.key).update(`${kind}:${value}`).digest();
}

/** The hashes under every key that is still in use: what to ask for while a key rotates. */
export function lookupHashes(keyring: Keyring, kind: string, value: string): Buffer[] {
  return keyring.all.map(({ key }) => createHmac('sha256', key).update(`${kind}:${value}`).digest());
}

/** A keyed hash of content, by which it is known again and not guessed: an unkeyed one could be tried against every number. */
export function contentHmac(keyring: Keyring, content: string): Buffer {
  return createHmac('sha256', keyring.active.key).update(content).digest();
}

/** Whether a stored hash, perhaps cut short, is of this content under any key that is still in use. */
export function isHmacOf(keyring: Keyring, stored: Buffer, content: string): boolean {
  const under = ({ key }: SecretKey) => createHmac('sha256', key).update(content).digest();
  return stored.length >= 16 && keyring.all.some((entry) => under(entry).subarray(0, stored.length).equals(stored));
}

export function sha256(value: string | Buffer): Buffer {
  return createHash('sha256').update(value).digest();
}
