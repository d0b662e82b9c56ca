import { sha256 } from '../../platform/crypto/lookup.ts';
import type { Transaction } from '../../platform/database/transaction.ts';
import { makeOneTimePassword } from '../sign-in/passwords.ts';

const howMany = 10;

const forgetAll = { name: 'forget-recovery-codes', text: 'delete from account_recovery_code where account_id = $1' };
const keep = {
  name: 'keep-recovery-codes',
  text: 'insert into account_recovery_code (account_id, code_hash, made_at) select $1, unnest($2::bytea[]), $3',
};
const use = {
  name: 'use-recovery-code',
  text: `update account_recovery_code set used_at = $3 where account_id = $1 and code_hash = $2 and used_at is null
         returning account_id`,
};
const countLeft = {
  name: 'recovery-codes-left',
  text: 'select count(*)::int as left from account_recovery_code where account_id = $1 and used_at is null',
};

/** Ten new codes in place of all before; only their hashes are kept, so they are shown once. */
export async function makeRecoveryCodes(tx: Transaction, accountId: string, at: Date): Promise<string[]> {
  const codes = Array.from({ length: howMany }, makeOneTimePassword);
  await tx.rows(forgetAll, [accountId]);
  await tx.rows(keep, [accountId, codes.map((code) => sha256(code)), at]);
  return codes.map((code) => (code.match(/.{4}/g) ?? []).join('-'));
}

/** True for the first use of a code; of two at the same moment one wins. */
export async function useRecoveryCode(tx: Transaction, accountId: string, code: string, at: Date): Promise<boolean> {
  return (await tx.rows(use, [accountId, sha256(code), at])).length > 0;
}

export async function recoveryCodesLeft(tx: Transaction, accountId: string): Promise<number> {
  const [row] = await tx.rows<{ left: number }>(countLeft, [accountId]);
  return row?.left ?? 0;
}
