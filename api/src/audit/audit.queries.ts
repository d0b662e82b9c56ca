import { sql, type SqlBool } from '../platform/database/mikro-orm.ts';
import type { Transaction } from '../platform/database/transaction.ts';
import type { Page } from '../platform/graphql/connection.ts';
import { countFound } from '../platform/graphql/count-found.ts';
import type { Scope } from '../policy/policy.ts';
import type { AuditFilter } from './audit-filter.input.ts';

export interface AuditEntryRow {
  province_code: string;
  id: string;
  at: Date;
  actor_id: string | null;
  role: string | null;
  unit_id: string | null;
  action: string;
  subject_kind: string | null;
  subject_ids: string[];
  checkpoint_id: string | null;
  reason: string | null;
  detail: Record<string, unknown>;
  leaf_hash: Buffer;
  block: number | null;
}

/** A page of entries, newest first. An entry belongs to the unit of who did it. */
export async function listAuditEntries(
  tx: Transaction,
  scope: Scope,
  filter: AuditFilter,
  page: Page,
): Promise<AuditEntryRow[]> {
  let query = matching(tx, scope, filter)
    .selectAll('e')
    .orderBy('e.at', 'desc')
    .orderBy('e.id', 'desc')
    .limit(page.first + 1);
  if (page.after) {
    const [at, id] = page.after as [string, string];
    query = query
      .where('e.at', '<=', new Date(at))
      .where(sql<SqlBool>`(e.at, e.id) < (${at}::timestamptz, ${id}::uuid)`);
  }
  return (await query.execute()) as unknown as AuditEntryRow[];
}

/** How many there are; null where there are too many to count. */
export function countAuditEntries(tx: Transaction, scope: Scope, filter: AuditFilter): Promise<number | null> {
  return countFound(tx, matching(tx, scope, filter).select('e.id'));
}

function matching(tx: Transaction, scope: Scope, filter: AuditFilter) {
  const provinces = [...scope.provinces];
  let query = tx.kysely.selectFrom('audit_entry as e').where('e.province_code', 'in', provinces);
  // Who stands above the province may act in it, which is not for its auditors.
  query = scope.unitIds
    ? query.where(sql<SqlBool>`e.unit_id = any(${[...scope.unitIds]}::text[])`)
    : query
        .leftJoin('administrative_unit as u', 'u.unit_id', 'e.unit_id')
        .where(sql<SqlBool>`(e.unit_id is null or u.province_code = any(${provinces}::text[]))`);
  if (filter.from) query = query.where('e.at', '>=', filter.from);
  if (filter.to) query = query.where('e.at', '<', filter.to);
  if (filter.actorId) query = query.where('e.actor_id', '=', filter.actorId);
  if (filter.action) query = query.where('e.action', '=', filter.action);
  if (filter.subject) query = query.where(sql<SqlBool>`${filter.subject}::uuid = any(e.subject_ids)`);
  return query;
}

export interface SealingRow {
  province_code: string;
  number: number;
  sealed_at: Date;
  to_at: Date;
  entries: number;
  late: number;
  key_id: string;
}

const lastBlocks = { name: 'last-audit-blocks', text: 'select * from last_audit_blocks($1)' };

/** The last block of each province of the scope. */
export const lastBlocksIn = (tx: Transaction, { provinces }: Scope): Promise<SealingRow[]> =>
  tx.rows<SealingRow>(lastBlocks, [provinces]);
