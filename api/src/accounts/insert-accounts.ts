import type { Transaction } from '../platform/database/transaction.ts';
import type { Account } from './account.entity.ts';
import { toAccount, type AccountRow } from './accounts.queries.ts';
import type { AccountDraft } from './read-account.ts';

export interface NewAccount {
  draft: AccountDraft;
  passwordHash: string;
}

const insert = {
  name: 'insert-accounts',
  // In the order of names: two windows with the same names in another order would wait for each other.
  text: `with added as (
           insert into account (id, username, full_name, password_hash, must_change_password, roles, unit_id, province_code, active,
             demo, created_at, created_by)
           select n.id, n.username, n.full_name, n.password_hash, true, n.roles::text[], n.unit_id, n.province_code, true, false, $8, $9
           from unnest($1::uuid[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[])
             as n (id, username, full_name, password_hash, roles, unit_id, province_code)
           order by n.username
           on conflict do nothing returning *),
         assigned as (
           insert into account_checkpoint (account_id, checkpoint_id)
           select s.account_id, s.checkpoint_id from unnest($10::uuid[], $11::uuid[]) as s (account_id, checkpoint_id)
           join added on added.id = s.account_id)
         select id, username, full_name, must_change_password, roles, unit_id, province_code, active, demo, version, created_at,
           created_by from added`,
};

/** Inserts what is new, with its checkpoints, in one statement. What is missing from the answer has an id or a name that was taken. */
export async function insertAccounts(
  tx: Transaction,
  accounts: NewAccount[],
  by: { accountId: string | null; at: Date },
): Promise<Account[]> {
  const columns = accounts.map(({ draft, passwordHash }) => [
    draft.id,
    draft.username,
    draft.fullName,
    passwordHash,
    `{${draft.roles.join(',')}}`,
    draft.unit.id,
    draft.unit.provinceCode,
  ]);
  const stands = accounts.flatMap(({ draft }) => draft.checkpointIds.map((checkpoint) => [draft.id, checkpoint]));
  const values = [...turned(columns, 7), by.at, by.accountId, ...turned(stands, 2)];
  return (await tx.rows<AccountRow>(insert, values)).map(toAccount);
}

/** Rows as columns: what unnest takes. */
const turned = (rows: string[][], width: number): unknown[][] =>
  Array.from({ length: width }, (_, column) => rows.map((row) => row[column]));
