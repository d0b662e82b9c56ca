import type { Transaction } from '../platform/database/transaction.ts';
import { LockMode } from '../platform/database/mikro-orm.ts';
import { badInput, Fault, notFound } from '../platform/graphql/problems.ts';
import { uuid7Time } from '../platform/shared/uuid7.ts';
import { coversUnit } from '../policy/policy.ts';
import { Account } from './account.entity.ts';
import { isBeside, type Administrator } from './read-account.ts';

const ownAccount = () =>
  new Fault('FORBIDDEN', {
    vi: 'Tài khoản của chính bạn do quản trị viên khác thay đổi.',
    en: 'Your own account is changed by another administrator.',
  });

const besideOwn = () =>
  new Fault('FORBIDDEN', {
    vi: 'Quản trị viên cùng đơn vị với bạn do cấp trên thay đổi.',
    en: 'An administrator of your own unit is changed from above.',
  });

const changedMeanwhile = () =>
  badInput({
    version: {
      vi: 'Có người vừa thay đổi tài khoản này. Hãy xem lại rồi sửa tiếp.',
      en: 'Somebody has just changed this account. Look at it again, then change it.',
    },
  });

/** The account, locked until the transaction ends: of two administrators at once the second changes what the first left. */
export async function accountToChange(
  tx: Transaction,
  by: Administrator,
  id: string,
  version: number | null,
): Promise<Account> {
  const known =
    uuid7Time(id) === null ? null : await tx.em.findOne(Account, { id }, { lockMode: LockMode.PESSIMISTIC_WRITE });
  if (!known || !coversUnit(by.scope, { id: known.unitId, provinceCode: known.provinceCode })) throw notFound();
  if (known.id === by.viewer.accountId) throw ownAccount();
  if (isBeside(by, known)) throw besideOwn();
  if (version !== null && version !== known.version) throw changedMeanwhile();
  return known;
}
