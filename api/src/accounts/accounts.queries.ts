import type { Transaction } from '../platform/database/transaction.ts';
import type { Page } from '../platform/graphql/connection.ts';
import type { Scope } from '../policy/policy.ts';
import type { Role } from '../policy/viewer.ts';
import { Account } from './account.entity.ts';

export interface AccountRow {
  id: string;
  username: string;
  full_name: string;
  must_change_password: boolean;
  roles: Role[];
  unit_id: string;
  province_code: string;
  active: boolean;
  demo: boolean;
  version: number;
  created_at: Date;
  created_by: string | null;
}

// Never the hash: only sign-in reads it, by a statement of its own.
const columns = `a.id, a.username, a.full_name, a.must_change_password, a.roles, a.unit_id, a.province_code, a.active, a.demo,
  a.version, a.created_at, a.created_by`;
const byIds = { name: 'accounts-by-ids', text: `select ${columns} from account a where a.id = any($1)` };
const byName = { name: 'account-by-name', text: `select ${columns} from account a where a.username = $1` };
const actors = { name: 'actors', text: 'select * from actors($1)' };
const taken = { name: 'taken-accounts', text: 'select * from taken_accounts($1, $2)' };
const inScope = {
  name: 'accounts-in-scope',
  text: `select ${columns} from account a
         where a.province_code = any($1) and ($2::text[] is null or a.unit_id = any($2))
           and ($3::uuid[] is null or exists (
             select from account_checkpoint ac where ac.account_id = a.id and ac.checkpoint_id = any($3)))
           and ($4::text is null or $4 = any(a.roles)) and ($5::text is null or a.username collate "C" > $5)
         order by a.username collate "C" limit $6`,
};
const assignments = {
  name: 'account-checkpoints',
  text: `select ac.account_id, array_agg(c.id::text order by c.code) as checkpoint_ids
         from account_checkpoint ac join checkpoint c on c.id = ac.checkpoint_id
         where ac.account_id = any($1) group by ac.account_id`,
};
const lastSessions = {
  name: 'last-sign-ins',
  text: 'select account_id, max(created_at) as at from account_session where account_id = any($1) group by account_id',
};

export async function accountsByIds(tx: Transaction, ids: readonly string[]): Promise<Account[]> {
  return (await tx.rows<AccountRow>(byIds, [ids])).map(toAccount);
}

export async function accountByName(tx: Transaction, username: string): Promise<Account | null> {
  const [row] = await tx.rows<AccountRow>(byName, [username]);
  return row ? toAccount(row) : null;
}

export interface ActorRow {
  id: string;
  full_name: string;
  unit_id: string;
}

/** Who they are, wherever they stand: for rows of the scope that name them. */
export function actorsByIds(tx: Transaction, ids: readonly string[]): Promise<ActorRow[]> {
  return tx.rows<ActorRow>(actors, [ids]);
}

/** Which of these ids and user names are taken, in any jurisdiction. */
export function takenAccounts(
  tx: Transaction,
  ids: readonly string[],
  usernames: readonly string[],
): Promise<Array<{ id: string; username: string }>> {
  return tx.rows(taken, [ids, usernames]);
}

/** Accounts of a scope after a user name, `most` at most (null: all), one more than the page to know that there are more. */
export async function accountsInScope(
  tx: Transaction,
  scope: Scope,
  role: Role | null,
  page: Page,
  most: number | null,
): Promise<Account[]> {
  const { provinces, unitIds, checkpointIds } = scope;
  const after = page.after?.[0] ?? null;
  const rows = await tx.rows<AccountRow>(inScope, [provinces, unitIds, checkpointIds, role, after, most]);
  return rows.map(toAccount);
}

/** The checkpoints each account is assigned to, by code. */
export async function assignedCheckpoints(
  tx: Transaction,
  accountIds: readonly string[],
): Promise<Map<string, string[]>> {
  const rows = await tx.rows<{ account_id: string; checkpoint_ids: string[] }>(assignments, [accountIds]);
  return new Map(rows.map((row) => [row.account_id, row.checkpoint_ids]));
}

export async function lastSignIns(tx: Transaction, accountIds: readonly string[]): Promise<Map<string, Date>> {
  const rows = await tx.rows<{ account_id: string; at: Date }>(lastSessions, [accountIds]);
  return new Map(rows.map((row) => [row.account_id, row.at]));
}

export function toAccount(row: AccountRow): Account {
  const { full_name, must_change_password, unit_id, province_code, created_at, created_by, ...rest } = row;
  return Object.assign(new Account(), {
    ...rest,
    fullName: full_name,
    mustChangePassword: must_change_password,
    unitId: unit_id,
    provinceCode: province_code,
    createdAt: created_at,
    createdBy: created_by,
  });
}
