import { writeAudit } from '../../platform/audit/audit.ts';
import type { Transaction } from '../../platform/database/transaction.ts';
import type { Context, Role, Viewer } from '../../policy/viewer.ts';
import { nation, type Credentials } from './try-password.ts';

/** Who has proven to be the account's, or holds a session of it. */
export interface Owner {
  id: string;
  roles: readonly Role[];
  unitId: string;
  provinceCode: string;
}

export function ownerOf({ accountId, roles, jurisdiction }: Viewer): Owner {
  // The first is the own one: the nation's code, or the province that the unit lies in.
  const [provinceCode = nation] = jurisdiction.provinces;
  return { id: accountId, roles, unitId: jurisdiction.unitId, provinceCode };
}

/** Enters what somebody did with the own account. */
export async function enterOwn(
  tx: Transaction,
  { ip }: Context,
  action: string,
  { id, roles, unitId, provinceCode }: Owner,
  detail: Record<string, unknown> = {},
): Promise<void> {
  const role = roles.join(',');
  const subject = { subjectKind: 'account', subjectIds: [id] };
  await writeAudit(tx, { provinceCode, actorId: id, role, unitId, action, ...subject, detail: { ip, ...detail } });
}

/** Enters that somebody failed. A name that stands for no account is not entered: people type passwords into the wrong field. */
export async function enterFailed(
  tx: Transaction,
  { ip }: Context,
  action: string,
  account: Pick<Credentials, 'id' | 'unitId' | 'provinceCode'> | null,
): Promise<void> {
  await writeAudit(tx, {
    provinceCode: account?.provinceCode ?? nation,
    actorId: null,
    role: null,
    unitId: account?.unitId ?? null,
    action,
    subjectKind: 'account',
    subjectIds: account ? [account.id] : [],
    detail: { ip },
  });
}
