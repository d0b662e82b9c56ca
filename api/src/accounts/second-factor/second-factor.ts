import type { Keyring } from '../../platform/crypto/keyring.ts';
import { seal, unseal } from '../../platform/crypto/sealing.ts';
import type { Transaction } from '../../platform/database/transaction.ts';
import { useRecoveryCode } from './recovery-codes.ts';
import { makeTotpSecret, stepOfCode, totpPurpose } from './totp.ts';

/** An offer that lay open longer than that may have been photographed. */
const offerMs = 15 * 60_000;

interface FactorRow {
  secret_sealed: Buffer | null;
  offered_sealed: Buffer | null;
}

const own = {
  name: 'own-second-factor',
  text: `select secret_sealed, case when offered_at > $2 then offered_sealed end as offered_sealed
         from account_second_factor where account_id = $1`,
};
const offer = {
  name: 'offer-second-factor',
  text: `insert into account_second_factor (account_id, offered_sealed, offered_at) values ($1, $2, $3)
         on conflict (account_id) do update set offered_sealed = $2, offered_at = $3`,
};
const enrol = {
  name: 'enrol-second-factor',
  text: `update account_second_factor
         set secret_sealed = offered_sealed, enrolled_at = $3, last_step = $4, offered_sealed = null, offered_at = null
         where account_id = $1 and offered_sealed = $2 returning account_id`,
};
const takeStep = {
  name: 'take-step',
  text: `update account_second_factor set last_step = $3
         where account_id = $1 and secret_sealed = $2 and last_step < $3 returning account_id`,
};
const remove = { name: 'remove-second-factor', text: 'select remove_second_factor($1) as removed' };
const enrolled = { name: 'enrolled-accounts', text: 'select account_id from enrolled_accounts($1)' };

/** The sealed secret that the account's codes come from; null: it has no second factor. */
export async function ownSecret(tx: Transaction, accountId: string, at: Date): Promise<Buffer | null> {
  return (await factorOf(tx, accountId, at))?.secret_sealed ?? null;
}

/** A new secret, in force once it is confirmed by a code; until then codes of the one before are taken. */
export async function offerSecret(tx: Transaction, keys: Keyring, accountId: string, at: Date): Promise<string> {
  const secret = makeTotpSecret();
  await tx.rows(offer, [accountId, seal(keys, totpPurpose, secret), at]);
  return secret;
}

/** Puts the offered secret in force if the code is of it; the code is used up thereby. */
export async function confirmSecret(
  tx: Transaction,
  keys: Keyring,
  { accountId, code, at }: { accountId: string; code: string; at: Date },
): Promise<boolean> {
  const offered = (await factorOf(tx, accountId, at))?.offered_sealed;
  const step = offered ? stepOfCode(unseal(keys, totpPurpose, offered), plainCode(code), at) : null;
  return step !== null && (await tx.rows(enrol, [accountId, offered, at, step])).length > 0;
}

/** What a typed code was: of the authenticator app, one of the recovery codes, or nothing that is still good. */
export async function useCode(
  tx: Transaction,
  keys: Keyring,
  { accountId, secret, typed, at }: { accountId: string; secret: Buffer; typed: string; at: Date },
): Promise<'TOTP' | 'RECOVERY' | null> {
  const code = plainCode(typed);
  if (!/^\d{6}$/.test(code)) return (await useRecoveryCode(tx, accountId, code, at)) ? 'RECOVERY' : null;
  const step = stepOfCode(unseal(keys, totpPurpose, secret), code, at);
  return step !== null && (await tx.rows(takeStep, [accountId, secret, step])).length > 0 ? 'TOTP' : null;
}

/** Whether there was one. Of the own account, or of one within the transaction's scope. */
export async function removeSecondFactor(tx: Transaction, accountId: string): Promise<boolean> {
  const [row] = await tx.rows<{ removed: boolean }>(remove, [accountId]);
  return row?.removed ?? false;
}

/** Which of these accounts of the scope have a second factor. */
export async function enrolledAccounts(tx: Transaction, accountIds: readonly string[]): Promise<Set<string>> {
  const rows = await tx.rows<{ account_id: string }>(enrolled, [accountIds]);
  return new Set(rows.map((row) => row.account_id));
}

async function factorOf(tx: Transaction, accountId: string, at: Date): Promise<FactorRow | undefined> {
  const [row] = await tx.rows<FactorRow>(own, [accountId, new Date(at.getTime() - offerMs)]);
  return row;
}

/** People type codes as they see them, in groups and in capitals. */
const plainCode = (typed: string) => typed.slice(0, 100).replace(/[\s-]/g, '').toLowerCase();
