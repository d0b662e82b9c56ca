import type { Transaction } from '../platform/database/transaction.ts';
import type { Asker } from './asker.ts';
import type { CaseRow } from './case.row.ts';
import type { ContactRow } from './contact.row.ts';
import { usualTrace, type TraceRow } from './trace.row.ts';

const traceColumns = `province_code, case_id, status, generations, window_minutes, asked_by, reached_generation, people, links, counts,
  crowds, took_ms, traced_at`;

type CaseKey = Pick<CaseRow, 'province_code' | 'id'>;

const ask = {
  name: 'ask-for-traces',
  text: `insert into case_trace (province_code, case_id, unit_id, status, generations, window_minutes, asked_by, asked_unit_id, asked_at, due_at, wanted_by)
         select c.province_code, c.id, c.unit_id, 'RUNNING', $4, $5, $6, $7, $8, $8, array[$6::uuid]
         from unnest($1::text[], $2::uuid[], $3::text[]) as c (province_code, id, unit_id)`,
};

/** Cases that were opened are traced at once. */
export async function askForTraces(
  tx: Transaction,
  opened: readonly CaseRow[],
  { accountId, unitId, at }: Asker,
): Promise<void> {
  const { generations, windowMinutes } = usualTrace;
  await tx.rows(ask, [
    opened.map(({ province_code }) => province_code),
    opened.map(({ id }) => id),
    opened.map(({ unit_id }) => unit_id),
    ...[generations, windowMinutes, accountId, unitId, at],
  ]);
}

const again = {
  name: 'trace-again',
  text: `update case_trace set status = 'RUNNING', due_at = $3, asked_at = $3, asked_by = $4, asked_unit_id = $5
         where province_code = $1 and case_id = $2`,
};

/** Traces again, by what was changed since. */
export async function traceAgain(
  tx: Transaction,
  { province_code, id }: CaseKey,
  { accountId, unitId, at }: Asker,
): Promise<void> {
  await tx.rows(again, [province_code, id, at, accountId, unitId]);
}

// A wider one than was approved is approved anew, by none of those who asked for it: whoever asks for all that it goes through asks in
// place of those before, who may approve it then; who asks for a part of it, beside them.
const wider = {
  name: 'trace-wider',
  text: `update case_trace set status = 'RUNNING', due_at = $3, asked_at = $3, asked_by = $4, asked_unit_id = $5,
           generations = greatest(generations, $6), window_minutes = greatest(window_minutes, $7), approved_at = null,
           wanted_by = case when $6 >= generations and $7 >= window_minutes then array[$4::uuid]
             else array_append(array_remove(wanted_by, $4::uuid), $4::uuid) end
         where province_code = $1 and case_id = $2 returning ${traceColumns}`,
};

/** Traces again, and further than before: through more generations or minutes, or a longer infectious period. */
export async function traceWider(
  tx: Transaction,
  { province_code, id }: CaseKey,
  { accountId, unitId, at }: Asker,
  { generations, windowMinutes }: { generations: number; windowMinutes: number } = { generations: 1, windowMinutes: 1 },
): Promise<TraceRow | null> {
  const values = [province_code, id, at, accountId, unitId, generations, windowMinutes];
  const [row] = await tx.rows<TraceRow>(wider, values);
  return row ?? null;
}

const approve = {
  name: 'approve-trace',
  text: `update case_trace set status = 'RUNNING', due_at = $3, approved_at = $3, approved_by = $4, approve_reason = $5, wanted_by = '{}'
         where province_code = $1 and case_id = $2 and status = 'AWAITING_APPROVAL' and not $4::uuid = any(wanted_by) returning case_id`,
};

/** Whether a trace was waiting for this tracer's approval: whoever asked for it, or for more of it, is none to approve it. */
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
  // Asked anew: the worker that traces it at this moment began while it was open.
  text: 'update case_trace set due_at = $3, asked_at = $3 where province_code = $1 and case_id = $2',
};

/** Once it is closed, the worker lets go of whom it watched and kept elsewhere. */
export async function letGoOfCase(tx: Transaction, { province_code, id }: CaseKey, at: Date): Promise<void> {
  await tx.rows(letGo, [province_code, id, at]);
}

const ofContacts = {
  name: 'trace-cases-of-contacts',
  text: `select trace_cases_of_contact(k.province_code, k.citizen_id, array_agg(k.case_id), $4, $5, $6)
         from unnest($1::text[], $2::uuid[], $3::uuid[]) as k (province_code, citizen_id, case_id) group by k.province_code, k.citizen_id`,
};

type TaskKey = Pick<ContactRow, 'province_code' | 'citizen_id' | 'case_id' | 'case_province'>;

/** Traces open cases again whose contacts these are, also those of another unit or province, which the tracer may not see. */
export async function traceCasesOfContacts(
  tx: Transaction,
  tasks: readonly TaskKey[],
  { accountId, unitId, at }: Asker,
): Promise<void> {
  if (tasks.length === 0) return;
  const provinces = tasks.map(({ province_code }) => province_code);
  const citizens = tasks.map(({ citizen_id }) => citizen_id);
  await tx.rows(ofContacts, [provinces, citizens, tasks.map(({ case_id }) => case_id), at, accountId, unitId]);
}

const openAgain = {
  name: 'trace-open-again',
  text: `update case_trace t set status = 'RUNNING', due_at = $3, asked_at = $3
         from (select distinct * from unnest($1::text[], $2::uuid[]) as w (province_code, case_id)) k
         join epidemic_case e on e.province_code = k.province_code and e.id = k.case_id and e.closed_at is null
         where t.province_code = e.province_code and t.case_id = e.id`,
};

/** Traces again those of these contacts' cases that are open, for the worker: in the name of who asked for them last. */
export async function traceOpenAgain(tx: Transaction, tasks: readonly TaskKey[], at: Date): Promise<void> {
  if (tasks.length === 0) return;
  await tx.rows(openAgain, [tasks.map(({ case_province }) => case_province), tasks.map(({ case_id }) => case_id), at]);
}

const isOpen = { name: 'contact-of-open-case', text: 'select contact_of_open_case($1, $2, $3) as open' };

/** Whether the case is open whose contact this is; until the transaction ends nobody closes it. */
export async function isOfOpenCase(
  tx: Transaction,
  { province, id }: { province: string; id: string },
  caseId: string,
): Promise<boolean> {
  const [row] = await tx.rows<{ open: boolean }>(isOpen, [province, id, caseId]);
  return row?.open ?? false;
}
