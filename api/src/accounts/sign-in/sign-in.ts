import type { Keys } from '../../platform/crypto/keys.ts';
import type { Context } from '../../policy/viewer.ts';
import { enterOwn, ownerOf } from './audit-sign-in.ts';
import { beginSession } from './begin-session.ts';
import { rememberDevice } from './known-devices.ts';
import { proveIdentity, type NotProven } from './prove-identity.ts';
import { endSession } from '../sessions/sessions.service.ts';

export type SignInOutcome = { kind: 'SIGNED_IN'; accountId: string } | NotProven;

export interface SignInClaim {
  username: string;
  password: string;
  code: string | null;
}

/** Signs in with a new token, and ends the session that this browser had. */
export async function signIn(context: Context, keys: Keys, claim: SignInClaim): Promise<SignInOutcome> {
  const username = claim.username.trim().toLowerCase();
  const proof = await proveIdentity(context, keys, { ...claim, username, failed: 'sign-in.failed' });
  if (proof.kind !== 'PROVEN') return proof;
  const { tx, credentials, attempt } = proof;
  if (context.sessionToken) await endSession(tx, keys, context.sessionToken, context.at);
  await beginSession(tx, context, keys, credentials);
  await rememberDevice(tx, context, attempt);
  await enterOwn(tx, context, 'sign-in', credentials);
  return { kind: 'SIGNED_IN', accountId: credentials.id };
}

/** True where a session ended; false where there was none. Either way this browser holds none afterwards. */
export async function signOut(context: Context, keys: Keys): Promise<boolean> {
  context.cookies.clear();
  if (!context.viewer || !context.sessionToken) return false;
  const tx = await context.transaction();
  await endSession(tx, keys, context.sessionToken, context.at);
  await enterOwn(tx, context, 'sign-out', ownerOf(context.viewer));
  return true;
}
