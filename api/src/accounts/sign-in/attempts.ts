import { RateLimiterMemory, type RateLimiterRes } from 'rate-limiter-flexible';
import { sha256 } from '../../platform/crypto/lookup.ts';
import type { Transaction } from '../../platform/database/transaction.ts';
import { networkOf } from '../../platform/shared/network.ts';

/** A try at a password: of one user name, from one address, or on a browser where the person signed in before. */
export interface Attempt {
  username: string;
  key: Buffer;
  address: string;
  /** Whether the address has failed too often lately; then only who signed in from there before may go on. */
  crowded: boolean;
  /** Until when the address is crowded, in seconds. */
  crowdedFor: number;
  /** Whether it counts for the browser. */
  device: boolean;
  /** Whether somebody signed in so before; known once the try has begun. */
  known: boolean;
}

export interface BegunAttempt {
  mayTry: boolean;
  /** Seconds to wait before the next try, should this one fail; null: none. */
  retryAfter: number | null;
  /** Whether somebody signed in so before. */
  known: boolean;
}

// Mobile networks put thousands of people behind one address, so it is roomy. Each node counts for itself.
const failures = new RateLimiterMemory({ points: 100, duration: 600 });
export const keptDays = 30;

const begin = {
  name: 'begin-attempt',
  text: `insert into sign_in_attempt as a (attempt_key, failures, last_tried_at, next_try_at)
         select $1, 1, $2, $2
         where not $3 or exists (select from sign_in_attempt where attempt_key = $1 and succeeded_at is not null)
         on conflict (attempt_key) do update set
           failures = case when a.last_tried_at < $2 - interval '1 day' then 1 else a.failures + 1 end,
           last_tried_at = $2,
           next_try_at = case when a.failures < 4 or a.last_tried_at < $2 - interval '1 day' then $2
             else $2 + make_interval(secs => least(900, 2 ^ least(a.failures - 4, 10))) end
         where a.next_try_at <= $2
         returning next_try_at, succeeded_at is not null as known`,
};
const nextTry = { name: 'next-try', text: 'select next_try_at from sign_in_attempt where attempt_key = $1' };
const succeed = {
  name: 'attempt-succeeded',
  text: 'update sign_in_attempt set failures = 0, next_try_at = $2, succeeded_at = $2 where attempt_key = $1',
};
const withdraw = {
  name: 'withdraw-attempt',
  text: 'update sign_in_attempt set failures = greatest(failures - 1, 0), next_try_at = $2 where attempt_key = $1',
};
const forget = {
  name: 'forget-attempts',
  text: 'delete from sign_in_attempt where last_tried_at < $1',
};

export async function newAttempt(username: string, ip: string): Promise<Attempt> {
  const address = networkOf(ip);
  const key = sha256(JSON.stringify([username, address]));
  const refused = await failures.consume(address).then(
    () => null,
    (state: RateLimiterRes) => state,
  );
  return {
    username,
    key,
    address,
    crowded: refused !== null,
    crowdedFor: Math.ceil((refused?.msBeforeNext ?? 0) / 1000),
    device: false,
    known: false,
  };
}

/**
 * Counts the try as failed before the password is checked, so that tries at once cannot outrun the count. From the fifth
 * failure on the next try waits 1 s, 2 s, 4 s, to 15 minutes; a day without a try forgets.
 */
export async function beginAttempt(tx: Transaction, attempt: Countable, at: Date): Promise<BegunAttempt> {
  const [begun] = await tx.rows<{ next_try_at: Date; known: boolean }>(begin, [attempt.key, at, attempt.crowded]);
  if (begun) return { mayTry: true, retryAfter: secondsUntil(begun.next_try_at, at), known: begun.known };
  const [waiting] = await tx.rows<{ next_try_at: Date }>(nextTry, [attempt.key]);
  const wait = (waiting && secondsUntil(waiting.next_try_at, at)) ?? 1;
  return { mayTry: false, retryAfter: Math.max(wait, attempt.crowdedFor), known: false };
}

type Countable = Pick<Attempt, 'key' | 'crowded' | 'crowdedFor'>;

// Whoever has the password guesses codes from as many addresses as they like: codes are counted by account besides.
const codesOf = (accountId: string): Countable => ({
  key: sha256(JSON.stringify(['codes', accountId])),
  crowded: false,
  crowdedFor: 0,
});

/** Counts a try at the account's code, from wherever, with the same growing delays. */
export function beginCodeAttempt(tx: Transaction, accountId: string, at: Date): Promise<BegunAttempt> {
  return beginAttempt(tx, codesOf(accountId), at);
}

export async function codeAttemptSucceeded(tx: Transaction, accountId: string, at: Date): Promise<void> {
  await tx.rows(succeed, [codesOf(accountId).key, at]);
}

/** Neither failed nor succeeded: the code is still to come, and may come at once. Earlier failures stay counted. */
export async function withdrawAttempt(tx: Transaction, attempt: Attempt, at: Date): Promise<void> {
  if (!attempt.crowded) await failures.reward(attempt.address);
  await tx.rows(withdraw, [attempt.key, at]);
}

/** The password was right: failures are forgotten, and whoever signed in here stays known here for some weeks. */
export async function attemptSucceeded(tx: Transaction, attempt: Attempt, at: Date): Promise<void> {
  if (!attempt.crowded) await failures.reward(attempt.address);
  await tx.rows(succeed, [attempt.key, at]);
  await tx.rows(forget, [new Date(at.getTime() - keptDays * 86_400_000)]);
}

function secondsUntil(time: Date, at: Date): number | null {
  const seconds = Math.ceil((time.getTime() - at.getTime()) / 1000);
  return seconds > 0 ? seconds : null;
}
