import type { Transaction } from '../../platform/database/transaction.ts';
import type { ExposureKind, LinkReview } from '../exposure.row.ts';
import type { CaseRow } from '../case.row.ts';

/** A row of `case_trace`, as far as a worker needs it. */
export interface TraceOrder {
  province_code: string;
  case_id: string;
  generations: number;
  window_minutes: number;
  asked_by: string;
  asked_unit_id: string;
  asked_at: Date;
  approved_at: Date | null;
}

const due = {
  name: 'provinces-with-due-traces',
  text: 'select distinct province_code from case_trace where due_at <= $1 order by 1',
};

export async function provincesWithDueTraces(tx: Transaction, at: Date): Promise<string[]> {
  return (await tx.rows<{ province_code: string }>(due, [at])).map((row) => row.province_code);
}

const take = {
  name: 'take-trace',
  // Materialized: asked once for each row that it is joined to, it would lock one after the other.
  text: `with d as materialized (
           select case_id from case_trace where province_code = $1 and due_at <= $2 order by due_at limit 1 for update skip locked)
         update case_trace t set due_at = $3, claim = $4 from d
         where t.province_code = $1 and t.case_id = d.case_id
         returning t.province_code, t.case_id, t.generations, t.window_minutes, t.asked_by, t.asked_unit_id, t.asked_at, t.approved_at`,
};

/** The trace that waits longest; it is due again at `until`, for whoever comes after a worker that was killed. */
export async function takeTrace(
  tx: Transaction,
  province: string,
  { at, until, claim }: { at: Date; until: Date; claim: string },
): Promise<TraceOrder | null> {
  const [row] = await tx.rows<TraceOrder>(take, [province, at, until, claim]);
  return row ?? null;
}

const caseOf = {
  name: 'case-of-trace',
  text: `select province_code, id, citizen_id, rule_set, infectious_from, infectious_until, isolated_at, closed_at
         from epidemic_case where province_code = $1 and id = $2`,
};
export type TracedCase = Pick<
  CaseRow,
  | 'province_code'
  | 'id'
  | 'citizen_id'
  | 'rule_set'
  | 'infectious_from'
  | 'infectious_until'
  | 'isolated_at'
  | 'closed_at'
>;

export async function caseOfTrace(tx: Transaction, { province_code, case_id }: TraceOrder): Promise<TracedCase | null> {
  const [row] = await tx.rows<TracedCase>(caseOf, [province_code, case_id]);
  return row ?? null;
}

const named = {
  name: 'named-contacts',
  text: 'select id, one_id, other_id, met_at from named_contact where province_code = $1 and case_id = $2',
};
export const namedContacts = (tx: Transaction, { province_code, case_id }: TraceOrder) =>
  tx.rows<{ id: string; one_id: string; other_id: string; met_at: Date }>(named, [province_code, case_id]);

const reviews = {
  name: 'reviews-of-case',
  text: `select province_code, source_id, coalesce(target_province, province_code) as target_province, target_id, kind, review
         from link_review where province_code = any($1) and case_id = $2 order by reviewed_at`,
};
export interface ReviewRow {
  province_code: string;
  source_id: string;
  target_province: string;
  target_id: string;
  kind: ExposureKind;
  review: LinkReview;
}
/** What was decided on links, the newest last. */
export const reviewsOfCase = (tx: Transaction, provinces: readonly string[], caseId: string) =>
  tx.rows<ReviewRow>(reviews, [provinces, caseId]);

const workedOn = {
  name: 'contacts-worked-on',
  text: `select province_code, citizen_id, isolated_at from case_contact
         where province_code = any($1) and case_id = $2 and (status <> 'NOT_CONTACTED' or notes is not null) order by updated_at desc`,
};
export interface WorkedOnRow {
  province_code: string;
  citizen_id: string;
  isolated_at: Date | null;
}
/** Of whom a commune entered something, the newest first. */
export const contactsWorkedOn = (tx: Transaction, provinces: readonly string[], caseId: string) =>
  tx.rows<WorkedOnRow>(workedOn, [provinces, caseId]);

const progress = {
  name: 'trace-progress',
  text: `update case_trace set reached_generation = $4, people = $5 where province_code = $1 and case_id = $2 and claim = $3`,
};
export async function tellProgress(
  tx: Transaction,
  { province_code, case_id }: TraceOrder,
  claim: string,
  { generation, people }: { generation: number; people: number },
): Promise<void> {
  await tx.rows(progress, [province_code, case_id, claim, generation, people]);
}

const finish = {
  name: 'finish-trace',
  text: `update case_trace set status = $4, due_at = case when date_trunc('milliseconds', asked_at) <> $5 then asked_at end, claim = null, reached_generation = $6, people = $7,
           links = $8, counts = $9::jsonb, crowds = $10::jsonb, took_ms = $11, traced_at = $12
         where province_code = $1 and case_id = $2 and claim = $3 returning case_id`,
};

export interface TraceResult {
  status: 'READY' | 'AWAITING_APPROVAL';
  generation: number;
  people: number;
  links: number;
  counts: object;
  crowds: object;
  tookMs: number;
  at: Date;
}

/** Whether it was still this worker's; what was asked for meanwhile, by whichever node's clock, is due at once. */
export async function finishTrace(
  tx: Transaction,
  order: TraceOrder,
  claim: string,
  result: TraceResult,
): Promise<boolean> {
  const { status, generation, people, links, counts, crowds, tookMs, at } = result;
  const values = [
    status,
    order.asked_at,
    generation,
    people,
    links,
    JSON.stringify(counts),
    JSON.stringify(crowds),
    tookMs,
    at,
  ];
  return (await tx.rows(finish, [order.province_code, order.case_id, claim, ...values])).length > 0;
}

const end = {
  name: 'end-trace',
  text: `update case_trace set status = 'READY', due_at = null, claim = null where province_code = $1 and case_id = $2`,
};
/** Nothing is to be done about it any more. */
export async function endTrace(tx: Transaction, { province_code, case_id }: TraceOrder): Promise<void> {
  await tx.rows(end, [province_code, case_id]);
}
