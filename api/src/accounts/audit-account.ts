import type { AuditEntry } from '../platform/audit/audit.ts';
import type { Administrator } from './read-account.ts';

/** What an administrator did to an account or an app; the detail names fields, roles, units, checkpoints and apps, never a person. */
export interface Change {
  action:
    `account.${'create' | 'update' | 'suspend' | 'reactivate' | 'reset'}` | `partner.${'create' | 'rotate' | 'revoke'}`;
  subjectKind?: 'account' | 'partnerApp';
  id: string;
  provinceCode: string;
  detail: Record<string, unknown>;
}

export const entryOf = (
  { viewer, reason = null }: Administrator,
  { subjectKind = 'account', action, id, provinceCode, detail }: Change,
): AuditEntry => ({
  provinceCode,
  actorId: viewer.accountId,
  role: 'ADMIN',
  unitId: viewer.jurisdiction.unitId,
  action,
  subjectKind,
  subjectIds: [id],
  reason,
  detail,
});
