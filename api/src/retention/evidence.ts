import { writeAudit } from '../platform/audit/audit.ts';
import type { Transaction } from '../platform/database/transaction.ts';

/** What retention took away, so that it can be proven from a backup what that was. */
export interface Evidence {
  table: string;
  /** Of the times of the rows; null where they are told by their end alone. */
  from: Date | null;
  to: Date;
  rows: number;
  /** SHA-256 of their ids in order, hex. */
  digest: string;
}

/** Entered in the transaction that takes the rows away: neither is there without the other. */
export async function enterEvidence(tx: Transaction, provinceCode: string, evidence: Evidence): Promise<void> {
  const { from, to, ...rest } = evidence;
  await writeAudit(tx, {
    provinceCode,
    actorId: null,
    role: 'WORKER',
    unitId: null,
    action: 'retention.drop',
    detail: { ...rest, from: from?.toISOString() ?? null, to: to.toISOString() },
  });
}
