import { writeAudit } from '../platform/audit/audit.ts';
import type { Keys } from '../platform/crypto/keys.ts';
import { noRows, type RowScope, type Transaction } from '../platform/database/transaction.ts';
import { badInput } from '../platform/graphql/problems.ts';
import { signedIn } from '../policy/policy.ts';
import type { Context, Role } from '../policy/viewer.ts';
import { attemptSucceeded, beginAttempt, newAttempt, type Attempt } from './attempts.ts';
import { passwordProblem, passwordTexts } from './chosen-password.ts';
import { hashPassword, verifyPassword } from './passwords.ts';
import { usernamePattern } from './read-account.ts';
import { endSession, endSessionsOf, openSession } from './sessions.service.ts';

/** What belongs to no province, such as tries of names that nobody has, stands under the nation's code. */
const nation = 'VN';
const longestPassword = 1_000;

/** Failed: unknown name, wrong password, suspended account and too early a try all look alike. */
export type SignInOutcome = { kind: 'SIGNED_IN'; accountId: string } | { kind: 'FAILED'; retryAfter: number | null };

interface Credentials {
  id: string;
  username: string;
  full_name: string;
  password_hash: string;
  roles: Role[];
  unit_id: string;
  province_code: string | null;
  active: boolean;
}

const credentialsByName = {
  name: 'credentials-by-name',
  text: 'select * from credentials_of($1)',
};
const setPassword = {
  name: 'set-password',
  text: `update account set password_hash = $3, must_change_password = false
         where id = $1 and password_hash = $2 and active returning id`,
};

/** Signs in with a new token, and ends the session that this browser had. */
export async function signIn(
  context: Context,
  keys: Keys,
  typedName: string,
  password: string,
): Promise<SignInOutcome> {
  const username = typedName.trim().toLowerCase();
  const tried = await tryPassword(context, username, password);
  const tx = await context.transaction(scopeOf(tried));
  if (tried.kind !== 'RIGHT') {
    if (tried.kind === 'WRONG') await enter(tx, context, 'sign-in.failed', tried.credentials);
    return { kind: 'FAILED', retryAfter: tried.retryAfter };
  }
  const { credentials, attempt } = tried;
  await attemptSucceeded(tx, attempt, context.at);
  if (context.sessionToken) await endSession(tx, keys, context.sessionToken, context.at);
  await beginSession(tx, context, keys, credentials);
  await enter(tx, context, 'sign-in', credentials);
  return { kind: 'SIGNED_IN', accountId: credentials.id };
}

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
  if (tried.kind !== 'RIGHT') {
    if (tried.kind === 'WRONG') await enter(tx, context, 'password.change-failed', tried.credentials);
    return { kind: 'FAILED', retryAfter: tried.retryAfter };
  }
  const { credentials, attempt } = tried;
  const [changed] = await tx.rows(setPassword, [credentials.id, credentials.password_hash, newHash]);
  if (!changed) return { kind: 'FAILED', retryAfter: null };
  await attemptSucceeded(tx, attempt, context.at);
  await endSessionsOf(tx, credentials.id, context.at);
  await beginSession(tx, context, keys, credentials);
  await enter(tx, context, 'password.change', credentials);
  return { kind: 'SIGNED_IN', accountId: credentials.id };
}

/** True where a session ended; false where there was none. Either way this browser holds none afterwards. */
export async function signOut(context: Context, keys: Keys): Promise<boolean> {
  context.cookies.clear();
  if (!context.viewer || !context.sessionToken) return false;
  await endSession(await context.transaction(), keys, context.sessionToken, context.at);
  return true;
}

type Tried =
  | { kind: 'RIGHT'; credentials: Credentials; attempt: Attempt }
  | { kind: 'WRONG'; credentials: Credentials | null; retryAfter: number | null }
  | { kind: 'TOO_EARLY'; retryAfter: number | null };

/** Counts the try in a transaction of its own: while the password is checked no connection is held. */
async function tryPassword(context: Context, username: string, password: string): Promise<Tried> {
  const attempt = await newAttempt(username.slice(0, 100), context.ip);
  const tx = await context.transaction(noRows);
  const { mayTry, retryAfter } = await beginAttempt(tx, attempt, context.at);
  const credentials = mayTry && usernamePattern.test(username) ? await credentialsOf(tx, username) : null;
  await context.transactions.commit();
  if (!mayTry) return { kind: 'TOO_EARLY', retryAfter };
  const right = await verifyPassword(password.slice(0, longestPassword), credentials?.password_hash ?? null);
  return right && credentials?.active
    ? { kind: 'RIGHT', credentials, attempt }
    : { kind: 'WRONG', credentials, retryAfter };
}

async function credentialsOf(tx: Transaction, username: string): Promise<Credentials | null> {
  const [row] = await tx.rows<Credentials>(credentialsByName, [username]);
  return row ?? null;
}

/** From here on it is the account's own transaction, or its province's where the password was wrong. */
function scopeOf(tried: Tried): RowScope {
  const credentials = tried.kind === 'TOO_EARLY' ? null : tried.credentials;
  const accountId = tried.kind === 'RIGHT' ? tried.credentials.id : null;
  return { provinces: [credentials?.province_code ?? nation], unitIds: null, accountId };
}

async function beginSession(tx: Transaction, context: Context, keys: Keys, credentials: Credentials): Promise<void> {
  const { token, expires } = await openSession(tx, keys, credentials, context.at);
  context.cookies.set(token, expires);
}

/** A name that stands for no account is not entered: people type passwords into the wrong field. */
async function enter(tx: Transaction, { ip }: Context, action: string, credentials: Credentials | null): Promise<void> {
  const failed = action.endsWith('failed');
  await writeAudit(tx, {
    provinceCode: credentials?.province_code ?? nation,
    actorId: failed ? null : (credentials?.id ?? null),
    role: failed ? null : (credentials?.roles.join(',') ?? null),
    unitId: credentials?.unit_id ?? null,
    action,
    subjectKind: 'account',
    subjectIds: credentials ? [credentials.id] : [],
    detail: { ip },
  });
}
