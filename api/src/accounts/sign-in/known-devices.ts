import { randomBytes } from 'node:crypto';
import { sha256 } from '../../platform/crypto/lookup.ts';
import type { Transaction } from '../../platform/database/transaction.ts';
import type { Context } from '../../policy/viewer.ts';
import { keptDays, type Attempt } from './attempts.ts';

const noncePattern = /^[\w-]{22}$/;
/** A PC that a shift shares knows the last few who worked there. */
const most = 5;

const find = {
  name: 'known-device',
  text: 'select attempt_key from sign_in_attempt where attempt_key = any($1) and succeeded_at is not null limit 1',
};
const remember = {
  name: 'remember-device',
  text: `insert into sign_in_attempt (attempt_key, failures, last_tried_at, next_try_at, succeeded_at) values ($1, 0, $2, $2, $2)`,
};

const noncesOf = (cookie: string | null): string[] =>
  (cookie ?? '')
    .split('.')
    .filter((nonce) => noncePattern.test(nonce))
    .slice(-most);
const keyOf = (username: string, nonce: string) => sha256(JSON.stringify([username, 'device', nonce]));

/**
 * On a browser where this person signed in before, their tries count for themselves: whoever fails with their name behind
 * the same address, or everywhere at once, does not slow them down (OWASP's device cookies).
 */
export async function recognise(tx: Transaction, context: Context, attempt: Attempt): Promise<Attempt> {
  const keys = noncesOf(context.cookies.device).map((nonce) => keyOf(attempt.username, nonce));
  const [known] = keys.length > 0 ? await tx.rows<{ attempt_key: Buffer }>(find, [keys]) : [];
  return known ? { ...attempt, key: known.attempt_key, crowded: false, crowdedFor: 0, device: true } : attempt;
}

/** After a sign-in: the browser is known from now on, by a new value and never one that it brought. */
export async function rememberDevice(tx: Transaction, context: Context, attempt: Attempt): Promise<void> {
  const nonces = noncesOf(context.cookies.device);
  if (!attempt.device) {
    const nonce = randomBytes(16).toString('base64url');
    nonces.push(nonce);
    await tx.rows(remember, [keyOf(attempt.username, nonce), context.at]);
  }
  const expires = new Date(context.at.getTime() + keptDays * 86_400_000);
  context.cookies.setDevice(nonces.slice(-most).join('.'), expires);
}
