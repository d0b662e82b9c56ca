import type { Keys } from '../../platform/crypto/keys.ts';
import { badInput } from '../../platform/graphql/problems.ts';
import { signedIn } from '../../policy/policy.ts';
import type { Context } from '../../policy/viewer.ts';
import { attemptSucceeded } from './attempts.ts';
import { enterFailed, enterOwn } from './audit-sign-in.ts';
import { renewSession } from './begin-session.ts';
import { passwordProblem, passwordTexts } from './chosen-password.ts';
import { hashPassword } from './passwords.ts';
import type { SignInOutcome } from './sign-in.ts';
import { tryPassword } from './try-password.ts';

const setPassword = {
  name: 'set-password',
  text: `update account set password_hash = $3, must_change_password = false
         where id = $1 and password_hash = $2 and active returning id`,
};

/** Sets a chosen password and ends all sessions of the account but the new one. */
export async function changePassword(
  context: Context,
  keys: Keys,
  current: string,
  next: string,
): Promise<SignInOutcome> {
  const viewer = signedIn(context);
  const problem = await passwordProblem(next, current, { username: viewer.username, fullName: viewer.name });
  if (problem) throw badInput({ new: passwordTexts[problem] });
  const tried = await tryPassword(context, viewer.username, current);
  const newHash = tried.kind === 'RIGHT' ? await hashPassword(next) : null;
  const tx = await context.transaction();
  if (tried.kind === 'WRONG') await enterFailed(tx, context, 'password.change-failed', tried.credentials);
  if (tried.kind !== 'RIGHT') return { kind: 'REFUSED', retryAfter: tried.retryAfter, wrong: 'PASSWORD' };
  const { credentials, attempt } = tried;
  const [changed] = await tx.rows(setPassword, [credentials.id, credentials.passwordHash, newHash]);
  if (!changed) return { kind: 'REFUSED', retryAfter: null, wrong: 'PASSWORD' };
  await attemptSucceeded(tx, attempt, context.at);
  await renewSession(tx, context, keys, credentials);
  await enterOwn(tx, context, 'password.change', credentials);
  return { kind: 'SIGNED_IN', accountId: credentials.id };
}
