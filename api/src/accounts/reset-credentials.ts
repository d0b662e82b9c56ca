import { writeAudits } from '../platform/audit/audit.ts';
import type { Transaction } from '../platform/database/transaction.ts';
import { accountToChange } from './account-to-change.ts';
import type { Account } from './account.entity.ts';
import { entryOf } from './audit-account.ts';
import { hashOneTimePassword, makeOneTimePassword } from './sign-in/passwords.ts';
import type { Administrator } from './read-account.ts';
import { removeSecondFactor } from './second-factor/second-factor.ts';
import { endSessionsOf } from './sessions/sessions.service.ts';

/** Gives a new password that works once, takes the second factor away, and ends what the old ones opened. */
export async function resetCredentials(
  tx: Transaction,
  by: Administrator,
  id: string,
  version: number | null,
): Promise<{ account: Account; oneTimePassword: string }> {
  const account = await accountToChange(tx, by, id, version);
  const oneTimePassword = makeOneTimePassword();
  Object.assign(account, {
    passwordHash: hashOneTimePassword(oneTimePassword),
    mustChangePassword: true,
    version: account.version + 1,
  });
  await tx.em.flush();
  await endSessionsOf(tx, id, by.at);
  const secondFactorRemoved = await removeSecondFactor(tx, id);
  const { provinceCode } = account;
  await writeAudits(tx, [entryOf(by, { action: 'account.reset', id, provinceCode, detail: { secondFactorRemoved } })]);
  return { account, oneTimePassword };
}
