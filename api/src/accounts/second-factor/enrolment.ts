import type { Keys } from '../../platform/crypto/keys.ts';
import { forbidden, notFound } from '../../platform/graphql/problems.ts';
import { signedIn } from '../../policy/policy.ts';
import type { Context, Viewer } from '../../policy/viewer.ts';
import { enterFailed, enterOwn, ownerOf } from '../sign-in/audit-sign-in.ts';
import { renewSession } from '../sign-in/begin-session.ts';
import { proveIdentity, type NotProven, type Proof } from '../sign-in/prove-identity.ts';
import { makeRecoveryCodes } from './recovery-codes.ts';
import { confirmSecret, offerSecret, ownSecret, removeSecondFactor } from './second-factor.ts';
import { otpauthUri } from './totp.ts';

/** The own password, and the code of a second factor that is there already. */
export interface OwnClaim {
  password: string;
  code: string | null;
}

/** Offers a secret, in force once it is confirmed; also to move to another phone. */
export async function beginEnrolment(
  context: Context,
  keys: Keys,
  claim: OwnClaim,
): Promise<{ kind: 'OFFERED'; secret: string; uri: string } | NotProven> {
  const proof = await proveOneself(context, keys, claim);
  if (proof.kind !== 'PROVEN') return proof;
  const { tx, credentials } = proof;
  const secret = await offerSecret(tx, keys.sealing, credentials.id, context.at);
  await enterOwn(tx, context, 'second-factor.begin', credentials);
  return { kind: 'OFFERED', secret, uri: otpauthUri(secret, credentials.username) };
}

/** The recovery codes of the second factor that is now in force; null: the code was not of the offered secret. */
export async function confirmEnrolment(context: Context, keys: Keys, code: string): Promise<string[] | null> {
  const owner = ownerOf(settled(context));
  const tx = await context.transaction();
  if (!(await confirmSecret(tx, keys.sealing, { accountId: owner.id, code, at: context.at }))) {
    await enterFailed(tx, context, 'second-factor.failed', owner);
    return null;
  }
  const codes = await makeRecoveryCodes(tx, owner.id, context.at);
  await renewSession(tx, context, keys, owner);
  await enterOwn(tx, context, 'second-factor.enrol', owner);
  return codes;
}

export async function remakeRecoveryCodes(
  context: Context,
  keys: Keys,
  claim: OwnClaim,
): Promise<{ kind: 'REMADE'; codes: string[] } | NotProven> {
  const proof = await proveOneself(context, keys, claim);
  if (proof.kind !== 'PROVEN') return proof;
  const { tx, credentials } = proof;
  if (!(await ownSecret(tx, credentials.id, context.at))) throw notFound();
  const codes = await makeRecoveryCodes(tx, credentials.id, context.at);
  await enterOwn(tx, context, 'recovery-code.remake', credentials);
  return { kind: 'REMADE', codes };
}

/** Takes the own second factor and its recovery codes away. */
export async function removeOwnFactor(
  context: Context,
  keys: Keys,
  claim: OwnClaim,
): Promise<{ kind: 'REMOVED'; accountId: string } | NotProven> {
  const proof = await proveOneself(context, keys, claim);
  if (proof.kind !== 'PROVEN') return proof;
  const { tx, credentials } = proof;
  await removeSecondFactor(tx, credentials.id);
  await renewSession(tx, context, keys, credentials);
  await enterOwn(tx, context, 'second-factor.remove', credentials);
  return { kind: 'REMOVED', accountId: credentials.id };
}

function proveOneself(context: Context, keys: Keys, claim: OwnClaim): Promise<Proof> {
  const { username } = settled(context);
  return proveIdentity(context, keys, { ...claim, username, failed: 'second-factor.change-failed' });
}

/** Whoever still has the password that somebody else gave them changes that first. */
function settled(context: Context): Viewer {
  const viewer = signedIn(context);
  if (viewer.mustChangePassword) throw forbidden();
  return viewer;
}
