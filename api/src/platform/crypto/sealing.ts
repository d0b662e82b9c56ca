import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import type { Keyring } from './keyring.ts';

const version = 1;
const ivLength = 12;
const tagLength = 16;

/**
 * AES-256-GCM with the key's id in front: `version | length of id | id | iv | tag | ciphertext`. The purpose is bound in as
 * additional data, so a value sealed for one use cannot be moved to another.
 */
export function seal(keyring: Keyring, purpose: string, plain: string): Buffer {
  const { id, key } = keyring.active;
  const name = Buffer.from(id);
  const iv = randomBytes(ivLength);
  const cipher = createCipheriv('aes-256-gcm', key, iv);
  cipher.setAAD(Buffer.from(purpose));
  const sealed = Buffer.concat([cipher.update(plain, 'utf8'), cipher.final()]);
  return Buffer.concat([Buffer.from([version, name.length]), name, iv, cipher.getAuthTag(), sealed]);
}

/** Opens what seal made, under any key of the ring; throws when the bytes, the purpose or the key are not right. */
export function unseal(keyring: Keyring, purpose: string, sealed: Buffer): string {
  const nameLength = sealed[1] ?? 0;
  const ivAt = 2 + nameLength;
  const tagAt = ivAt + ivLength;
  if (sealed[0] !== version || sealed.length < tagAt + tagLength) throw new Error('Not a sealed value.');
  const decipher = createDecipheriv(
    'aes-256-gcm',
    keyring.byId(sealed.toString('utf8', 2, ivAt)),
    sealed.subarray(ivAt, tagAt),
    {
      authTagLength: tagLength,
    },
  );
  decipher.setAAD(Buffer.from(purpose));
  decipher.setAuthTag(sealed.subarray(tagAt, tagAt + tagLength));
  return Buffer.concat([decipher.update(sealed.subarray(tagAt + tagLength)), decipher.final()]).toString('utf8');
}

/** The same value under the active key; null where it is already. */
export function resealed(keyring: Keyring, purpose: string, sealed: Buffer): Buffer | null {
  const under = sealed.toString('utf8', 2, 2 + (sealed[1] ?? 0));
  return under === keyring.active.id ? null : seal(keyring, purpose, unseal(keyring, purpose, sealed));
}
