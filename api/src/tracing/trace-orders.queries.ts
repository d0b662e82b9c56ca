import type { Transaction } from '../platform/database/transaction.ts';
import type { CaseRow } from './case.row.ts';
import { usualTrace, type TraceRow } from './trace.row.ts';

const traceColumns = `province_code, case_id, status, generations, window_minutes, asked_by, reached_generation, people, links, counts,
  crowds, took_ms, traced_at`;

export interface Asker {
  accountId: string;
  unitId: string;
  at: Date;
}

type CaseKey = Pick<CaseRow, 'province_code' | 'id'>;

const ask = {
  name: 'ask-for-trace',
  text: `insert into case_trace (province_code, case_id, unit_id, status, generations, window_minutes, asked_by, asked_unit_id, asked_at, due_at)
         values ($1, $2, $3, 'RUNNING', $4, $5, $6, $7, $8, $8)`,
};

/** A case that was opened is traced at once. */
export async function askForTrace(
  tx: Transaction,
  { province_code, id, unit_id }: CaseRow,
  { accountId, unitId, at }: Asker,
): Promise<void> {
  const { generations, windowMinutes } = usualTrace;
  await tx.rows(ask, [province_code, id, unit_id, generations, windowMinutes, accountId, unitId, at]);
}

// A wider one than was approved is approved anew.
const again = {
  name: 'trace-again',
  text: `update case_trace set status = 'RUNNING', due_at = $3, asked_at = $3, asked_by = $4, asked_unit_id = $5,
           generations = greatest(generations, $6), window_minutes = greatest(window_minutes, $7),
           approved_at = case when generations >= $6 and window_minutes >= $7 then approved_at end
         where province_code = $1 and case_id = $2 returning ${traceColumns}`,
};

/** Traces again: by what was changed since, or wider. */
export async function traceAgain(
  tx: Transaction,
  { province_code, id }: CaseKey,
  { accountId, unitId, at }: Asker,
  wider: { generations: number; windowMinutes: number } = { generations: 1, windowMinutes: 1 },
): Promise<TraceRow | null> {
  const [row] = await tx.rows<TraceRow>(again, [
    ...[province_code, id, at, accountId, unitId],
    ...[wider.generations, wider.windowMinutes],
  ]);
  return row ?? null;
}

const approve = {
  name: 'approve-trace',
  text: `update case_trace set status = 'RUNNING', due_at = $3, approved_at = $3, approved_by = $4, approve_reason = $5
         where province_code = $1 and case_id = $2 and status = 'AWAITING_APPROVAL' and asked_by <> $4 returning case_id`,
};

/** Whether a trace was waiting for this tracer's approval. */
export async function approveTraceRow(
  tx: Transaction,
  { province_code, id }: CaseKey,
  { accountId, at, reason }: { accountId: string; at: Date; reason: string },
): Promise<boolean> {
  return (await tx.rows(approve, [province_code, id, at, accountId, reason])).length > 0;
}

const ofCase = {
  name: 'trace-of-case',
  text: `select ${traceColumns} from case_trace where province_code = $1 and case_id = $2`,
};

export async function traceOf(tx: Transaction, { province_code, id }: CaseKey): Promise<TraceRow | null> {
  const [row] = await tx.rows<TraceRow>(ofCase, [province_code, id]);
  return row ?? null;
}

const letGo = {
  name: 'let-go-of-case',
  text: 'update case_trace set due_at = $3 where province_code = $1 and case_id = $2',
};

/** Once it is closed, the worker lets go of whom it watched and kept elsewhere. */
export async function letGoOfCase(tx: Transaction, { province_code, id }: CaseKey, at: Date): Promise<void> {
  await tx.rows(letGo, [province_code, id, at]);
}
