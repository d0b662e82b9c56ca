import { writeAudit, type AuditEntry } from '../platform/audit/audit.ts';
import type { Transaction } from '../platform/database/transaction.ts';
import type { Asker } from './asker.ts';

type Deed = Pick<AuditEntry, 'provinceCode' | 'action' | 'reason' | 'detail'> & { subjectIds: readonly string[] };

/** What a tracer did about people, as it stands in the audit trail. */
export const deedEntry = ({ accountId, unitId }: Omit<Asker, 'at'>, deed: Deed): AuditEntry => ({
  actorId: accountId,
  role: 'TRACER',
  unitId,
  subjectKind: 'citizen',
  ...deed,
});

export const enterDeed = (tx: Transaction, by: Omit<Asker, 'at'>, deed: Deed): Promise<void> =>
  writeAudit(tx, deedEntry(by, deed));
