import { writeAudit } from '../platform/audit/audit.ts';
import type { Transaction } from '../platform/database/transaction.ts';
import { newUuid7 } from '../platform/shared/uuid7.ts';
import type { AdministrativeUnit } from '../territory/unit.entity.ts';
import { insertAccounts } from './insert-accounts.ts';
import { hashOneTimePassword, makeOneTimePassword } from './sign-in/passwords.ts';
import { removeSecondFactor } from './second-factor/second-factor.ts';
import { endSessionsOf } from './sessions/sessions.service.ts';

export { usernamePattern } from './read-account.ts';

export interface Wanted {
  username: string;
  fullName: string;
  nation: AdministrativeUnit;
  at: Date;
}

/** OTHER: the name stands for somebody whom an administrator above creates and resets. */
export type Issued = { kind: 'CREATED' | 'RESET'; oneTimePassword: string } | { kind: 'OTHER' };

const known = {
  name: 'administrator-by-name',
  text: `select id, unit_id = $2 and 'ADMIN' = any(roles) as national from account where username = $1`,
};
const reset = {
  name: 'reset-administrator',
  text: `update account set password_hash = $2, must_change_password = true, active = true, version = version + 1 where id = $1`,
};

/** The administrator of the nation, whom nobody above could create or reset: made, or given a new one-time password. */
export async function issueAdministrator(tx: Transaction, wanted: Wanted): Promise<Issued> {
  const oneTimePassword = makeOneTimePassword();
  const passwordHash = hashOneTimePassword(oneTimePassword);
  const { username, nation, at } = wanted;
  const [found] = await tx.rows<{ id: string; national: boolean }>(known, [username, nation.id]);
  if (found && !found.national) return { kind: 'OTHER' };
  const id = found?.id ?? (await create(tx, wanted, passwordHash));
  if (found) {
    await tx.rows(reset, [id, passwordHash]);
    await endSessionsOf(tx, id, at);
    await removeSecondFactor(tx, id);
  }
  await enter(tx, found ? 'account.reset' : 'account.create', id, nation);
  return { kind: found ? 'RESET' : 'CREATED', oneTimePassword };
}

async function create(
  tx: Transaction,
  { username, fullName, nation, at }: Wanted,
  passwordHash: string,
): Promise<string> {
  const id = newUuid7();
  const draft = { id, username, fullName, roles: ['ADMIN' as const], unit: nation, checkpointIds: [] };
  await insertAccounts(tx, [{ draft, passwordHash }], { accountId: null, at });
  return id;
}

/** Nobody is signed in: who may run commands on the server did it. */
async function enter(tx: Transaction, action: string, id: string, nation: AdministrativeUnit): Promise<void> {
  await writeAudit(tx, {
    provinceCode: nation.provinceCode,
    actorId: null,
    role: null,
    unitId: null,
    action,
    subjectKind: 'account',
    subjectIds: [id],
    detail: { by: 'COMMAND' },
  });
}
