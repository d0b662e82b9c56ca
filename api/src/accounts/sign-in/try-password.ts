import { noRows, type RowScope, type Transaction } from '../../platform/database/transaction.ts';
import type { Context, Role } from '../../policy/viewer.ts';
import { beginAttempt, newAttempt, type Attempt } from './attempts.ts';
import { recognise } from './known-devices.ts';
import { verifyPassword } from './passwords.ts';
import { usernamePattern } from '../read-account.ts';

/** What belongs to no province, such as tries of names that nobody has, stands under the nation's code. */
export const nation = 'VN';
const longestPassword = 1_000;

/** An account as sign-in sees it. */
export interface Credentials {
  id: string;
  username: string;
  passwordHash: string;
  roles: readonly Role[];
  unitId: string;
  provinceCode: string;
  active: boolean;
}

interface CredentialsRow {
  id: string;
  username: string;
  password_hash: string;
  roles: Role[];
  unit_id: string;
  province_code: string | null;
  active: boolean;
}

export interface RightPassword {
  kind: 'RIGHT';
  credentials: Credentials;
  attempt: Attempt;
  /** Seconds to wait, should the try fail after all. */
  retryAfter: number | null;
}

export type TriedPassword =
  | RightPassword
  | { kind: 'WRONG'; credentials: Credentials | null; retryAfter: number | null }
  | { kind: 'TOO_EARLY'; retryAfter: number | null };

const credentialsByName = { name: 'credentials-by-name', text: 'select * from credentials_of($1)' };

/**
 * Counts the try in a transaction of its own: while the password is checked no connection is held. Unknown name, wrong
 * password and suspended account are all WRONG, and take the same time.
 */
export async function tryPassword(context: Context, username: string, password: string): Promise<TriedPassword> {
  const counted = await newAttempt(username.slice(0, 100), context.ip);
  const tx = await context.transaction(noRows);
  const attempt = await recognise(tx, context, counted);
  const { mayTry, retryAfter, known } = await beginAttempt(tx, attempt, context.at);
  const credentials = mayTry && usernamePattern.test(username) ? await credentialsOf(tx, username) : null;
  await context.transactions.commit();
  if (!mayTry) return { kind: 'TOO_EARLY', retryAfter };
  const right = await verifyPassword(password.slice(0, longestPassword), credentials?.passwordHash ?? null);
  return right && credentials?.active
    ? { kind: 'RIGHT', credentials, attempt: { ...attempt, known }, retryAfter }
    : { kind: 'WRONG', credentials, retryAfter };
}

/** From here on it is the account's own transaction, or its province's where the password was wrong. */
export function scopeAfter(tried: TriedPassword): RowScope {
  const credentials = tried.kind === 'TOO_EARLY' ? null : tried.credentials;
  const accountId = tried.kind === 'RIGHT' ? tried.credentials.id : null;
  return { provinces: [credentials?.provinceCode ?? nation], unitIds: null, accountId };
}

async function credentialsOf(tx: Transaction, name: string): Promise<Credentials | null> {
  const [row] = await tx.rows<CredentialsRow>(credentialsByName, [name]);
  if (!row) return null;
  const { id, username, password_hash: passwordHash, roles, unit_id: unitId, province_code, active } = row;
  return { id, username, passwordHash, roles, unitId, provinceCode: province_code ?? nation, active };
}
