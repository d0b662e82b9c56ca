import type { Transaction } from '../../platform/database/transaction.ts';
import type { Declared } from '../enqueue-checks.service.ts';
import type { Outcome, Verdict } from './outcome.ts';
import { tellVerified } from '../verified.events.ts';

/** A check that a worker took: it is its alone until the lease ends. */
export interface TakenCheck {
  province: string;
  citizenId: string;
  claim: string;
  attempts: number;
  declaration: Declared | null;
}

interface TakenRow {
  citizen_id: string;
  attempts: number;
  declaration_province: string | null;
  declaration_id: string | null;
  declaration_occurred_at: Date | null;
}

const take = {
  name: 'take-checks',
  text: `update registry_verification v set due_at = $4, claim = $5
         where v.province_code = $1 and v.citizen_id in (
           select r.citizen_id from registry_verification r where r.province_code = $1 and r.priority = $6 and r.due_at <= $2
           order by r.due_at limit $3 for update skip locked)
         returning v.citizen_id, v.attempts, v.declaration_province, v.declaration_id, v.declaration_occurred_at`,
};

/**
 * Takes what is due at one priority, the oldest first: a range of the index, however many wait. What another worker is taking is
 * left to it.
 */
export async function takeChecks(
  tx: Transaction,
  province: string,
  { priority, at, until, claim, most }: { priority: number; at: Date; until: Date; claim: string; most: number },
): Promise<TakenCheck[]> {
  const rows = await tx.rows<TakenRow>(take, [province, at, most, until, claim, priority]);
  return rows.map((row) => ({
    province,
    citizenId: row.citizen_id,
    claim,
    attempts: row.attempts,
    declaration:
      row.declaration_province && row.declaration_id && row.declaration_occurred_at
        ? { province: row.declaration_province, id: row.declaration_id, occurredAt: row.declaration_occurred_at }
        : null,
  }));
}

export type Answered<Kind extends Outcome['kind'] = Outcome['kind']> = {
  check: TakenCheck;
  outcome: Extract<Outcome, { kind: Kind }>;
};

// An answer opens the task again where it says something else than what was settled, or the same after a correction.
const reopens = `w.status in ('MISMATCHED', 'NOT_FOUND') and not
  (v.status = w.status and array_to_string(v.mismatches, ',') = w.mismatches and v.resolution_kind is distinct from 'CORRECTED')`;
const verdicts = {
  name: 'store-verdicts',
  text: `update registry_verification v set status = w.status, failure = null, attempts = v.attempts + 1, priority = 0, due_at = null,
           claim = null, checked_at = $6, fresh_until = $7, dead_since = null,
           mismatches = case when w.mismatches = '' then '{}' else string_to_array(w.mismatches, ',') end,
           resolution_kind = case when ${reopens} then null else v.resolution_kind end,
           resolution_reason = case when ${reopens} then null else v.resolution_reason end,
           resolved_at = case when ${reopens} then null else v.resolved_at end,
           resolved_by = case when ${reopens} then null else v.resolved_by end
         from unnest($2::uuid[], $3::uuid[], $4::text[], $5::text[]) as w (citizen_id, claim, status, mismatches)
         where v.province_code = $1 and v.citizen_id = w.citizen_id and v.claim = w.claim
         returning v.citizen_id as "citizenId", v.checkpoint_id as "checkpointId"`,
};

/** Keeps verdicts, of checks that are still the worker's, and tells of them. */
export async function storeVerdicts(
  tx: Transaction,
  province: string,
  answered: ReadonlyArray<Answered<Verdict['kind']>>,
  { at, freshUntil }: { at: Date; freshUntil: Date },
): Promise<void> {
  const kept = await tx.rows<{ citizenId: string; checkpointId: string }>(verdicts, [
    province,
    answered.map(({ check }) => check.citizenId),
    answered.map(({ check }) => check.claim),
    answered.map(({ outcome }) => outcome.status),
    answered.map(({ outcome }) => outcome.mismatches.join()),
    at,
    freshUntil,
  ]);
  await tellVerified(tx, province, kept);
}

// An earlier verdict stands until there is another one.
const failures = {
  name: 'put-off-checks',
  text: `update registry_verification v set claim = null, due_at = w.due_at, attempts = v.attempts + w.counted::integer,
           status = case when v.status in ('PENDING', 'UNAVAILABLE') then 'UNAVAILABLE' else v.status end,
           failure = case when v.status in ('PENDING', 'UNAVAILABLE') then w.failure else null end,
           dead_since = case when w.due_at is null then $7::timestamptz end,
           fresh_until = case when w.due_at is null then $8::timestamptz else v.fresh_until end
         from unnest($2::uuid[], $3::uuid[], $4::text[], $5::timestamptz[], $6::boolean[]) as w (citizen_id, claim, failure, due_at, counted)
         where v.province_code = $1 and v.citizen_id = w.citizen_id and v.claim = w.claim`,
};

export async function storeFailures(
  tx: Transaction,
  province: string,
  answered: ReadonlyArray<Answered<'FAILED'>>,
  { at, freshUntil }: { at: Date; freshUntil: Date },
): Promise<void> {
  await tx.rows(failures, [
    province,
    answered.map(({ check }) => check.citizenId),
    answered.map(({ check }) => check.claim),
    answered.map(({ outcome }) => outcome.failure),
    answered.map(({ outcome }) => outcome.dueAt),
    answered.map(({ outcome }) => outcome.counted),
    at,
    freshUntil,
  ]);
}

const release = {
  name: 'release-checks',
  text: `update registry_verification v set claim = null, due_at = w.due_at
         from unnest($2::uuid[], $3::uuid[], $4::timestamptz[]) as w (citizen_id, claim, due_at)
         where v.province_code = $1 and v.citizen_id = w.citizen_id and v.claim = w.claim`,
};

export async function releaseChecks(
  tx: Transaction,
  province: string,
  answered: ReadonlyArray<Answered<'RELEASED'>>,
): Promise<void> {
  await tx.rows(release, [
    province,
    answered.map(({ check }) => check.citizenId),
    answered.map(({ check }) => check.claim),
    answered.map(({ outcome }) => outcome.dueAt),
  ]);
}

const forget = {
  name: 'forget-checks',
  text: 'delete from registry_verification where province_code = $1 and citizen_id = any($2)',
};

/** Of people who are not known any more: erased while they waited. */
export async function forgetChecks(tx: Transaction, province: string, citizenIds: readonly string[]): Promise<void> {
  await tx.rows(forget, [province, citizenIds]);
}

/** What is due in a province at one priority. */
export interface DueChecks {
  province: string;
  priority: number;
  due: number;
  oldest: Date;
}

const due = {
  name: 'due-checks',
  text: `select province_code as province, priority, count(*)::integer as due, min(due_at) as oldest
         from registry_verification where due_at <= $1 group by province_code, priority order by priority desc, min(due_at)`,
};

export function dueChecks(tx: Transaction, at: Date): Promise<DueChecks[]> {
  return tx.rows<DueChecks>(due, [at]);
}

const dead = {
  name: 'count-dead-checks',
  text: 'select count(*)::integer as count from registry_verification where dead_since is not null',
};

export async function countDeadChecks(tx: Transaction): Promise<number> {
  const [row] = await tx.rows<{ count: number }>(dead, []);
  return row?.count ?? 0;
}
