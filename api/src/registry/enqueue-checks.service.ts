import type { Transaction } from '../platform/database/transaction.ts';

/** What is more urgent is asked first: 0 as they come, 1 flagged at the scan, 2 somebody waits for the answer. */
export const CheckPriority = { USUAL: 0, FLAGGED: 1, AWAITED: 2 } as const;
export type CheckPriority = (typeof CheckPriority)[keyof typeof CheckPriority];

export interface Declared {
  province: string;
  id: string;
  occurredAt: Date;
}

/** Somebody who passed or declared at a checkpoint, whom the population database is to be asked about. */
export interface Check {
  citizenId: string;
  checkpointId: string;
  unitId: string;
  passedAt: Date;
  /** What the question is asked of; null: of what is known of the citizen. */
  declaration: Declared | null;
  priority: CheckPriority;
}

// Locks what is there in the order of ids, changed or not.
const upsert = {
  name: 'enqueue-checks',
  text: `insert into registry_verification as v (province_code, citizen_id, status, priority, enqueued_at, due_at, checkpoint_id, unit_id,
           passed_at, declaration_province, declaration_id, declaration_occurred_at)
         select $1, w.citizen_id, 'PENDING', w.priority, $2, $2, w.checkpoint_id, w.unit_id, w.passed_at, w.declaration_province,
           w.declaration_id, w.declaration_occurred_at
         from unnest($3::uuid[], $4::integer[], $5::uuid[], $6::text[], $7::timestamptz[], $8::text[], $9::uuid[], $10::timestamptz[])
           as w (citizen_id, priority, checkpoint_id, unit_id, passed_at, declaration_province, declaration_id, declaration_occurred_at)
         where exists (select from citizen c where c.province_code = $1 and c.id = w.citizen_id)
         order by w.citizen_id
         on conflict (province_code, citizen_id) do update set checkpoint_id = excluded.checkpoint_id, unit_id = excluded.unit_id,
           passed_at = excluded.passed_at,
           declaration_province = case when v.resolution_kind = 'CORRECTED' then null else excluded.declaration_province end,
           declaration_id = case when v.resolution_kind = 'CORRECTED' then null else excluded.declaration_id end,
           declaration_occurred_at = case when v.resolution_kind = 'CORRECTED' then null else excluded.declaration_occurred_at end
         where v.passed_at < excluded.passed_at`,
};

const makeDue = {
  name: 'make-checks-due',
  text: `update registry_verification v set priority = greatest(v.priority, w.priority), due_at = coalesce(v.due_at, $2),
           enqueued_at = case when v.due_at is null then $2 else v.enqueued_at end,
           attempts = case when v.due_at is null then 0 else v.attempts end, dead_since = null
         from unnest($3::uuid[], $4::integer[]) as w (citizen_id, priority)
         where v.province_code = $1 and v.citizen_id = w.citizen_id
           and case when v.due_at is null then coalesce(v.fresh_until <= $2, true) else v.priority < w.priority end`,
};

/**
 * Enqueues the look-ups of people of a province, in the transaction of what they are for. Who waits already, or was answered for
 * not long ago, is not asked about again: one look-up serves all passages of a person. Done twice it does nothing more.
 */
export async function enqueueChecks(
  tx: Transaction,
  province: string,
  checks: readonly Check[],
  at: Date,
): Promise<void> {
  const people = onePerPerson(checks);
  if (people.length === 0) return;
  const ids = people.map(({ citizenId }) => citizenId);
  const priorities = people.map(({ priority }) => priority);
  await tx.rows(upsert, [
    province,
    at,
    ids,
    priorities,
    people.map(({ checkpointId }) => checkpointId),
    people.map(({ unitId }) => unitId),
    people.map(({ passedAt }) => passedAt),
    people.map(({ declaration }) => declaration?.province ?? null),
    people.map(({ declaration }) => declaration?.id ?? null),
    people.map(({ declaration }) => declaration?.occurredAt ?? null),
  ]);
  await tx.rows(makeDue, [province, at, ids, priorities]);
}

/** The last passage of each, as urgent as the most urgent of theirs. */
function onePerPerson(checks: readonly Check[]): Check[] {
  const people = new Map<string, Check>();
  for (const check of checks) {
    const known = people.get(check.citizenId) ?? check;
    const last = known.passedAt > check.passedAt ? known : check;
    const priority = known.priority > check.priority ? known.priority : check.priority;
    people.set(check.citizenId, { ...last, priority });
  }
  return [...people.values()];
}
