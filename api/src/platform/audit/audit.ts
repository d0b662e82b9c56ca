import { createHash } from 'node:crypto';
import type { Transaction } from '../database/transaction.ts';
import { canonical } from '../shared/canonical.ts';
import { newUuid7, uuid7Time } from '../shared/uuid7.ts';

/** One look, change or refusal. Plain values: the audit trail knows no room. */
export interface AuditEntry {
  /** VN for what belongs to no province. */
  provinceCode: string;
  actorId: string | null;
  role: string | null;
  unitId: string | null;
  action: string;
  subjectKind?: string;
  subjectIds?: readonly string[];
  checkpointId?: string | null;
  reason?: string | null;
  /** Counts, codes and names of fields; never a person's number, nor anything secret. */
  detail?: Record<string, unknown>;
}

/** Whom or what an entry is about, and the province it belongs to. */
export interface Subject {
  id: string;
  provinceCode: string;
}

/** For an entry's detail: subjects of other provinces than the entry's, where the people see who looked. */
export function elsewhere(provinceCode: string, subjects: readonly Subject[]): { elsewhere?: Record<string, string> } {
  const others = subjects.filter((subject) => subject.provinceCode !== provinceCode);
  if (others.length === 0) return {};
  return { elsewhere: Object.fromEntries(others.map((subject) => [subject.id, subject.provinceCode])) };
}

/** The entry's columns from id to leaf_hash, for a statement that writes it along with something else. */
export interface AuditValues {
  provinceCode: string;
  values: readonly unknown[];
}

// Leaves and the nodes above them are hashed apart, so that none can be passed off as the other (RFC 6962 section 2.1).
const leafPrefix = Buffer.from([0]);

/** SHA-256 over the province, then the columns from id to detail in the table's order, as canonical JSON; times in UTC. */
export function leafHash(provinceCode: string, columns: readonly unknown[]): Buffer {
  const content = JSON.stringify([provinceCode, ...columns]);
  return createHash('sha256').update(leafPrefix).update(content).digest();
}

/** What an entry is stored as: province apart, then the columns from id to leaf_hash. */
export function auditValues(entry: AuditEntry): AuditValues {
  const id = newUuid7();
  const at = new Date(uuid7Time(id) ?? 0);
  const values = [
    id,
    at,
    entry.actorId,
    entry.role,
    entry.unitId,
    entry.action,
    entry.subjectKind ?? null,
    [...(entry.subjectIds ?? [])],
    entry.checkpointId ?? null,
    entry.reason ?? null,
    canonical(entry.detail ?? {}),
  ];
  return { provinceCode: entry.provinceCode, values: [...values, leafHash(entry.provinceCode, values)] };
}

const insertEntry = {
  name: 'audit-entry',
  text: `insert into audit_entry (province_code, id, at, actor_id, role, unit_id, action, subject_kind, subject_ids, checkpoint_id,
           reason, detail, leaf_hash) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)`,
};

/** Enters it in the transaction of what it tells of: one is not stored without the other. */
export async function writeAudit(tx: Transaction, entry: AuditEntry): Promise<void> {
  const { provinceCode, values } = auditValues(entry);
  await tx.rows(insertEntry, [provinceCode, ...values]);
}

const insertEntries = {
  name: 'audit-entries',
  text: `insert into audit_entry (province_code, id, at, actor_id, role, unit_id, action, subject_kind, subject_ids, checkpoint_id,
           reason, detail, leaf_hash)
         select province_code, id, at, actor_id, role, unit_id, action, subject_kind, subject_ids::uuid[], checkpoint_id, reason,
           detail, leaf_hash
         from unnest($1::text[], $2::uuid[], $3::timestamptz[], $4::uuid[], $5::text[], $6::text[], $7::text[], $8::text[],
           $9::text[], $10::uuid[], $11::text[], $12::jsonb[], $13::bytea[])
           as e (province_code, id, at, actor_id, role, unit_id, action, subject_kind, subject_ids, checkpoint_id, reason, detail,
             leaf_hash)`,
};

/** Many at once, in one statement. */
export async function writeAudits(tx: Transaction, entries: readonly AuditEntry[]): Promise<void> {
  if (entries.length === 0) return;
  const rows = entries.map(auditValues).map(({ provinceCode, values }) => [provinceCode, ...values]);
  const subjects = 8;
  // Arrays inside an array would be one of two dimensions: each is sent as PostgreSQL writes it.
  const flat = rows.map((row) => row.map((value, at) => (at === subjects ? `{${String(value)}}` : value)));
  await tx.rows(
    insertEntries,
    Array.from({ length: 13 }, (_, column) => flat.map((row) => row[column])),
  );
}
