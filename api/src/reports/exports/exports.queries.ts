import type { Transaction } from '../../platform/database/transaction.ts';
import type { ExportRow } from './export.row.ts';

const columns = `province_code, id, account_id, unit_id, kind, format, filter, reason, locale, status, failure, asked_at, due_at, claim,
  attempts, total, rows_written, bytes, sha256, finished_at, expires_at`;

export type NewExport = Pick<
  ExportRow,
  'province_code' | 'id' | 'account_id' | 'unit_id' | 'kind' | 'format' | 'filter' | 'reason' | 'locale' | 'asked_at'
>;

const insert = {
  name: 'ask-for-export',
  text: `insert into export (province_code, id, account_id, unit_id, kind, format, filter, reason, locale, status, asked_at, due_at,
           attempts, total, rows_written, bytes)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, 'QUEUED', $10, $10, 0, 0, 0, 0)
         on conflict do nothing returning ${columns}`,
};

/** The row that is the job; null where the id stands already. */
export async function insertExport(tx: Transaction, asked: NewExport): Promise<ExportRow | null> {
  const [row] = await tx.rows<ExportRow>(insert, [
    asked.province_code,
    asked.id,
    asked.account_id,
    asked.unit_id,
    asked.kind,
    asked.format,
    JSON.stringify(asked.filter),
    asked.reason,
    asked.locale,
    asked.asked_at,
  ]);
  return row ?? null;
}

/** Whose files: an account's, made where it stands. */
export interface Owner {
  province: string;
  accountId: string;
  unitId: string;
}

const ofAccount = `province_code = $1 and account_id = $2 and unit_id = $3`;
const byId = {
  name: 'own-export',
  text: `select ${columns} from export where ${ofAccount} and id = $4`,
};

export async function ownExport(
  tx: Transaction,
  { province, accountId, unitId }: Owner,
  id: string,
): Promise<ExportRow | null> {
  const [row] = await tx.rows<ExportRow>(byId, [province, accountId, unitId, id]);
  return row ?? null;
}

const newest = {
  name: 'own-exports',
  text: `select ${columns} from export where ${ofAccount} order by id desc limit $4`,
};

export const ownExports = (
  tx: Transaction,
  { province, accountId, unitId }: Owner,
  most: number,
): Promise<ExportRow[]> => tx.rows<ExportRow>(newest, [province, accountId, unitId, most]);

const kept = {
  name: 'kept-exports',
  text: `select count(*)::integer as count from export
         where province_code = $1 and account_id = $2 and (status in ('QUEUED', 'RUNNING') or (status = 'READY' and expires_at > $3))`,
};

/** How many files an account has, or waits for. */
export async function keptExports(tx: Transaction, { province, accountId }: Owner, at: Date): Promise<number> {
  const [row] = await tx.rows<{ count: number }>(kept, [province, accountId, at]);
  return row?.count ?? 0;
}

const drop = { name: 'discard-export', text: `delete from export where ${ofAccount} and id = $4 returning id` };
// After the row, whose lock a worker needs to add a part.
const dropParts = {
  name: 'discard-export-parts',
  text: 'delete from export_part where province_code = $1 and export_id = $2',
};

/** Whether there was one: it goes with all that was written of it, and a worker that writes it stops. */
export async function dropExport(
  tx: Transaction,
  { province, accountId, unitId }: Owner,
  id: string,
): Promise<boolean> {
  const dropped = await tx.rows(drop, [province, accountId, unitId, id]);
  if (dropped.length > 0) await tx.rows(dropParts, [province, id]);
  return dropped.length > 0;
}

const part = {
  name: 'export-part',
  text: 'select bytes from export_part where province_code = $1 and export_id = $2 and claim = $3 and number = $4',
};

/** One part of a file, counted from 0; null where there is none. */
export async function exportPart(
  tx: Transaction,
  { province_code, id, claim }: ExportRow,
  number: number,
): Promise<Buffer | null> {
  const [row] = await tx.rows<{ bytes: Buffer }>(part, [province_code, id, claim, number]);
  return row?.bytes ?? null;
}
