import type { AuditEntry } from '../platform/audit/audit.ts';
import type { Administrator } from './read-account.ts';

/** What an administrator did to an account; the detail names fields, roles, units and checkpoints, never a person. */
export interface Change {
  action: 'account.create' | 'account.update' | 'account.suspend' | 'account.reactivate' | 'account.reset';
  id: string;
  provinceCode: string;
  detail: Record<string, unknown>;
}

export const entryOf = ({ viewer }: Administrator, { action, id, provinceCode, detail }: Change): AuditEntry => ({
  provinceCode,
  actorId: viewer.accountId,
  role: 'ADMIN',
  unitId: viewer.jurisdiction.unitId,
  action,
  subjectKind: 'account',
  subjectIds: [id],
  detail,
});
