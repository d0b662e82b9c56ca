import { randomBytes, timingSafeEqual } from 'node:crypto';
import { sha256 } from '../../platform/crypto/lookup.ts';

/** 256 random bits: nobody guesses one, so its plain hash may be stored. */
export const newSecret = (): string => randomBytes(32).toString('base64url');

export const secretHash = (secret: string): Buffer => sha256(secret);

/** The secrets of an app as stored. */
export interface StoredSecrets {
  secret_number: number;
  secret_hash: Buffer;
  earlier_secret_hash: Buffer | null;
  earlier_ends_at: Date | null;
}

/** Which of an app's living secrets this is, by its number; null: none. Takes as long for one as for another. */
export function secretNumberOf(stored: StoredSecrets, secret: string, at: Date): number | null {
  const hash = secretHash(secret);
  const isNewest = timingSafeEqual(hash, stored.secret_hash);
  const isEarlier = timingSafeEqual(hash, stored.earlier_secret_hash ?? Buffer.alloc(hash.length));
  if (isNewest) return stored.secret_number;
  return isEarlier && stored.earlier_ends_at && stored.earlier_ends_at > at ? stored.secret_number - 1 : null;
}
