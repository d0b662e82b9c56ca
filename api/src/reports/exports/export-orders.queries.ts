import type { Transaction } from '../../platform/database/transaction.ts';
import type { ExportFailure, ExportRow } from './export.row.ts';

const due = {
  name: 'provinces-with-due-exports',
  text: 'select distinct province_code from export where due_at <= $1 order by 1',
};

export async function provincesWithDueExports(tx: Transaction, at: Date): Promise<string[]> {
  return (await tx.rows<{ province_code: string }>(due, [at])).map((row) => row.province_code);
}

const take = {
  name: 'take-export',
  // Materialized: asked once for each row that it is joined to, it would lock one after the other.
  text: `with d as materialized (
           select id from export where province_code = $1 and due_at <= $2 order by due_at limit 1 for update skip locked)
         update export e set status = 'RUNNING', due_at = $3, claim = $4, attempts = e.attempts + 1, rows_written = 0, bytes = 0 from d
         where e.province_code = $1 and e.id = d.id
         returning e.*`,
};
const dropParts = {
  name: 'drop-export-parts',
  text: 'delete from export_part where province_code = $1 and export_id = any($2)',
};

/** An order that a worker has until `until`, and longer with each part that it writes. */
export interface Claimed extends ExportRow {
  claim: string;
}

/** The order that waits longest, begun anew: what somebody wrote of it before is gone. */
export async function takeExport(
  tx: Transaction,
  province: string,
  { at, until, claim }: { at: Date; until: Date; claim: string },
): Promise<Claimed | null> {
  const [row] = await tx.rows<Claimed>(take, [province, at, until, claim]);
  if (row) await tx.rows(dropParts, [province, [row.id]]);
  return row ?? null;
}

const mine = "province_code = $1 and id = $2 and claim = $3 and status = 'RUNNING'";
const keyOf = ({ province_code, id, claim }: Claimed): unknown[] => [province_code, id, claim];

const total = { name: 'export-total', text: `update export set total = $4, due_at = $5 where ${mine} returning id` };

/** Each of these answers whether the order is still this worker's: it may be discarded, finished, or taken for dead and begun anew. */
export async function tellTotal(tx: Transaction, order: Claimed, rows: number, until: Date): Promise<boolean> {
  return (await tx.rows(total, [...keyOf(order), rows, until])).length > 0;
}

const addPart = {
  name: 'add-export-part',
  text: `with mine as (update export set rows_written = $4, due_at = $5 where ${mine} returning province_code, id, claim, account_id)
         insert into export_part (province_code, export_id, claim, number, account_id, bytes)
         select m.province_code, m.id, m.claim, $6, m.account_id, $7 from mine m returning number`,
};

export interface Part {
  number: number;
  bytes: Buffer;
  /** So many rows are written with it. */
  rows: number;
}

export async function storePart(tx: Transaction, order: Claimed, part: Part, until: Date): Promise<boolean> {
  return (await tx.rows(addPart, [...keyOf(order), part.rows, until, part.number, part.bytes])).length > 0;
}

const finish = {
  name: 'finish-export',
  text: `update export set status = 'READY', due_at = null, total = $4, rows_written = $4, bytes = $5, sha256 = $6, finished_at = $7,
           expires_at = $8 where ${mine} returning id`,
};

export interface Written {
  rows: number;
  bytes: number;
  sha256: Buffer;
}

export async function finishExport(
  tx: Transaction,
  order: Claimed,
  { rows, bytes, sha256 }: Written,
  { at, expires }: { at: Date; expires: Date },
): Promise<boolean> {
  return (await tx.rows(finish, [...keyOf(order), rows, bytes, sha256, at, expires])).length > 0;
}

const fail = {
  name: 'fail-export',
  text: `update export set status = 'FAILED', failure = $4, due_at = null, finished_at = $5 where ${mine} returning id`,
};

export async function failExport(tx: Transaction, order: Claimed, failure: ExportFailure, at: Date): Promise<boolean> {
  const failed = await tx.rows(fail, [...keyOf(order), failure, at]);
  if (failed.length > 0) await tx.rows(dropParts, [order.province_code, [order.id]]);
  return failed.length > 0;
}

const letGo = {
  name: 'let-go-of-export',
  text: `update export set status = 'QUEUED', due_at = $4, attempts = $5 where ${mine}`,
};

/** For another worker, or for this one later. */
export async function letGoOfExport(
  tx: Transaction,
  order: Claimed,
  { dueAt, attempts }: { dueAt: Date; attempts: number },
): Promise<void> {
  await tx.rows(letGo, [...keyOf(order), dueAt, attempts]);
}

const expire = {
  name: 'expire-exports',
  text: `with gone as (
           select id from export where province_code = $1 and status = 'READY' and (expires_at <= $2 or asked_at <= $3) order by expires_at
           limit 20 for update skip locked)
         update export e set status = 'EXPIRED' from gone g where e.province_code = $1 and e.id = g.id returning e.id`,
};

/** Deletes files whose time is over, and those that were asked for before somebody was erased, a few at a time; how many they were. */
export async function expireSome(
  tx: Transaction,
  province: string,
  { at, erased }: { at: Date; erased: Date | null },
): Promise<number> {
  const ids = (await tx.rows<{ id: string }>(expire, [province, at, erased])).map(({ id }) => id);
  if (ids.length > 0) await tx.rows(dropParts, [province, ids]);
  return ids.length;
}

const ready = {
  name: 'provinces-with-exports',
  text: `select distinct province_code from export where status = 'READY' order by 1`,
};

export async function provincesWithFiles(tx: Transaction): Promise<string[]> {
  return (await tx.rows<{ province_code: string }>(ready, [])).map((row) => row.province_code);
}

const erasures = {
  name: 'last-erasures',
  text: 'select province_code, max(erased_at) as at from erased_citizen group by 1',
};

/** When somebody of a province was last erased. */
export async function lastErasures(tx: Transaction): Promise<Map<string, Date>> {
  const rows = await tx.rows<{ province_code: string; at: Date }>(erasures, []);
  return new Map(rows.map(({ province_code: province, at }) => [province, at]));
}
