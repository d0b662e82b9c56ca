import { hash, verify } from '@node-rs/argon2';
import { randomInt, timingSafeEqual } from 'node:crypto';
import { sha256 } from '../../platform/crypto/lookup.ts';
import { Unavailable } from '../../platform/graphql/problems.ts';

/** argon2id with OWASP's least settings: 19 MiB, two passes, one lane. */
const cost = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };
/** Of random bytes that nobody kept: verified for user names that do not exist, so that they take as long as others. */
const hashOfNothing =
  '$argon2id$v=19$m=19456,t=2,p=1$O3p46N2lPE82HI7sSxk2Lw$xTb4st+9MtPNGaccr9e9V9yS+cJHPwBU2UCN8IIg7jg';

const mostAtOnce = 2;
const mostWaiting = 100;
let running = 0;
const waiting: Array<() => void> = [];

/** A flood of sign-ins must not take the threads and the memory that all other requests need. */
async function inTurn<T>(work: () => Promise<T>): Promise<T> {
  if (waiting.length >= mostWaiting) throw new Unavailable('Too many passwords are being checked.');
  if (running >= mostAtOnce) await new Promise<void>((resolve) => waiting.push(resolve));
  else running += 1;
  try {
    return await work();
  } finally {
    const next = waiting.shift();
    if (next) next();
    else running -= 1;
  }
}

// Keyboards send Vietnamese letters composed or not; both are the same password.
const bytesOf = (password: string) => password.normalize('NFC');

export function hashPassword(password: string): Promise<string> {
  return inTurn(() => hash(bytesOf(password), cost));
}

/** False for the right password of nobody too. Takes as long for nobody and for a one-time password as for a chosen one. */
export async function verifyPassword(password: string, storedHash: string | null): Promise<boolean> {
  const oneTime = storedHash?.startsWith(plainScheme) ?? false;
  const chosenHash = oneTime ? null : storedHash;
  const right = await inTurn(() => verify(chosenHash ?? hashOfNothing, bytesOf(password)));
  if (!storedHash) return false;
  return oneTime ? isSameText(hashOneTimePassword(password), storedHash) : right;
}

const plainScheme = 'sha256$';

/** A plain hash: 79 random bits cannot be guessed from it, and thousands of accounts are made in seconds. */
export function hashOneTimePassword(password: string): string {
  return plainScheme + sha256(bytesOf(password)).toString('base64url');
}

const isSameText = (one: string, other: string) =>
  one.length === other.length && timingSafeEqual(Buffer.from(one), Buffer.from(other));

const readable = 'abcdefghjkmnpqrstuvwxyz23456789';

/** 16 characters without look-alikes, 79 bits: to be read from a slip, typed once and changed. */
export function makeOneTimePassword(): string {
  return Array.from({ length: 16 }, () => readable[randomInt(readable.length)]).join('');
}
