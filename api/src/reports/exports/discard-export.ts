import { writeAudit } from '../../platform/audit/audit.ts';
import type { Transaction } from '../../platform/database/transaction.ts';
import type { Viewer } from '../../policy/viewer.ts';
import { dropExport } from './exports.queries.ts';
import { ownerOf } from './request-export.ts';

/** Whether there was a file to delete; that it is gone is entered beside that it was asked for. */
export async function discardExport(tx: Transaction, viewer: Viewer, id: string): Promise<boolean> {
  const owner = ownerOf(viewer);
  if (!(await dropExport(tx, owner, id))) return false;
  await writeAudit(tx, {
    provinceCode: owner.province,
    actorId: owner.accountId,
    role: viewer.roles.join(','),
    unitId: owner.unitId,
    action: 'export.discard',
    detail: { exportId: id },
  });
  return true;
}
