import type { Keys } from '../../platform/crypto/keys.ts';
import type { Transaction } from '../../platform/database/transaction.ts';
import type { Context } from '../../policy/viewer.ts';
import { attemptSucceeded, beginCodeAttempt, codeAttemptSucceeded, withdrawAttempt, type Attempt } from './attempts.ts';
import { enterFailed, enterOwn } from './audit-sign-in.ts';
import { ownSecret, useCode } from '../second-factor/second-factor.ts';
import { scopeAfter, tryPassword, type Credentials, type RightPassword } from './try-password.ts';

/** CODE_NEEDED and a wrong CODE tell that the password was right. A wrong PASSWORD tells nothing of the account or code. */
export type NotProven =
  { kind: 'CODE_NEEDED' } | { kind: 'REFUSED'; retryAfter: number | null; wrong: 'PASSWORD' | 'CODE' };

export type Proof = { kind: 'PROVEN'; tx: Transaction; credentials: Credentials; attempt: Attempt } | NotProven;

export interface Claim {
  username: string;
  password: string;
  code: string | null;
  /** What to enter in the audit trail when the password is wrong. */
  failed: 'sign-in.failed' | 'second-factor.change-failed';
}

/** Judges a password and, where the account has one, its second factor; what follows stands in the proof's transaction. */
export async function proveIdentity(context: Context, keys: Keys, claim: Claim): Promise<Proof> {
  const tried = await tryPassword(context, claim.username, claim.password);
  const tx = await context.transaction(scopeAfter(tried));
  if (tried.kind === 'WRONG') await enterFailed(tx, context, claim.failed, tried.credentials);
  if (tried.kind !== 'RIGHT') return { kind: 'REFUSED', retryAfter: tried.retryAfter, wrong: 'PASSWORD' };
  const refused = await judgeCode(tx, context, keys, tried, claim.code);
  if (refused) return refused;
  await attemptSucceeded(tx, tried.attempt, context.at);
  return { kind: 'PROVEN', tx, credentials: tried.credentials, attempt: tried.attempt };
}

/** Null: the code is right, or the account has no second factor. */
async function judgeCode(
  tx: Transaction,
  context: Context,
  keys: Keys,
  { credentials, attempt, retryAfter }: RightPassword,
  typed: string | null,
): Promise<NotProven | null> {
  const { at } = context;
  const accountId = credentials.id;
  const secret = await ownSecret(tx, accountId, at);
  if (!secret) return null;
  if (!typed) {
    await withdrawAttempt(tx, attempt, at);
    return { kind: 'CODE_NEEDED' };
  }
  // Who signed in from here before is not slowed down by others who know the password.
  const tried = attempt.known ? { mayTry: true, retryAfter } : await beginCodeAttempt(tx, accountId, at);
  if (!tried.mayTry) return { kind: 'REFUSED', retryAfter: tried.retryAfter, wrong: 'CODE' };
  const used = await useCode(tx, keys.sealing, { accountId, secret, typed, at });
  if (!used) {
    await enterFailed(tx, context, 'second-factor.failed', credentials);
    return { kind: 'REFUSED', retryAfter: Math.max(retryAfter ?? 0, tried.retryAfter ?? 0) || null, wrong: 'CODE' };
  }
  await codeAttemptSucceeded(tx, accountId, at);
  if (used === 'RECOVERY') await enterOwn(tx, context, 'recovery-code.use', credentials);
  return null;
}
