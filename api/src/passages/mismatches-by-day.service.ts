import type { Transaction } from '../platform/database/transaction.ts';
import type { Scope } from '../policy/policy.ts';

/** How many people who passed at a checkpoint on a day the population database knows otherwise or not at all. */
export interface DayMismatches {
  /** 2021-08-23, in Viet Nam. */
  day: string;
  checkpointId: string;
  people: number;
  /** Of them, those whose verdict nobody corrected or accepted yet. */
  waiting: number;
}

/** The same of a whole scope, and who waits for an answer. */
export interface Doubts {
  /** People who passed last on that day and of whom the population database has answered nothing yet; 10,000 at most. */
  unverified: number;
  mismatched: number;
  /** Of the mismatched, those whose verdict nobody corrected or accepted yet. */
  mismatchesWaiting: number;
}

// From the verdicts, which are few, to the passages. A correction has the time of what it corrects.
const doubtedPassages = `with doubted as (
           select v.province_code, coalesce(a.kept_id, v.citizen_id) as person,
             bool_or(v.resolution_kind is null or v.resolution_kind = 'REFERRED') as waits
           from registry_verification v
           left join citizen_alias a on a.province_code = v.province_code and a.alias_id = v.citizen_id and a.unmerged_at is null
           where v.province_code = any($1) and v.status in ('MISMATCHED', 'NOT_FOUND') group by 1, 2)
         , member as (
           select d.province_code, d.person, d.waits, d.person as citizen_id from doubted d
           union all
           select d.province_code, d.person, d.waits, a.alias_id from doubted d
           join citizen_alias a on a.province_code = d.province_code and a.kept_id = d.person and a.unmerged_at is null)
         , passed as (
         select m.province_code, m.person, m.waits, p.occurred_at, p.checkpoint_id
         from member m
         join passage p on p.province_code = m.province_code and p.citizen_id = m.citizen_id
         where p.occurred_at >= $2 and p.occurred_at < $3 and p.decision <> 'VOID'
           and ($4::text[] is null or p.unit_id = any($4)) and ($5::uuid[] is null or p.checkpoint_id = any($5))
           and not exists (select from passage c where c.province_code = p.province_code and c.corrects = p.id and c.occurred_at = p.occurred_at))`;
const byDay = {
  name: 'mismatches-by-day',
  text: `${doubtedPassages}
         select (p.occurred_at at time zone 'Asia/Ho_Chi_Minh')::date as day, p.checkpoint_id as "checkpointId",
           count(distinct p.person)::integer as people, (count(distinct p.person) filter (where p.waits))::integer as waiting
         from passed p
         group by 1, 2 order by 1, 2`,
};

/** Of a verification `v`: the population database has answered nothing yet, and is to be asked, or was given up. */
export const isUnanswered =
  "v.status in ('PENDING', 'UNAVAILABLE') and (v.due_at is not null or v.dead_since is not null)";

const doubts = {
  name: 'doubts-of-day',
  text: `${doubtedPassages}
         select count(distinct (p.province_code, p.person))::integer as mismatched,
           (count(distinct (p.province_code, p.person)) filter (where p.waits))::integer as "mismatchesWaiting",
           (select count(*)::integer from (
             select from registry_verification v
             where v.province_code = any($1) and ${isUnanswered}
               and v.passed_at >= $2 and v.passed_at < $3 and ($4::text[] is null or v.unit_id = any($4))
               and ($5::uuid[] is null or v.checkpoint_id = any($5)) and exists (
                 select from passage p where p.province_code = v.province_code and p.citizen_id = v.citizen_id and p.occurred_at = v.passed_at
                   and p.occurred_at >= $2 and p.occurred_at < $3 and p.decision <> 'VOID' and not exists (
                     select from passage c where c.province_code = p.province_code and c.corrects = p.id and c.occurred_at = p.occurred_at
                       and c.occurred_at >= $2 and c.occurred_at < $3))
             limit 10000) v) as unverified
         from passed p`,
};

/** Counts the people of a day whom the population database does not know as they are, and those of whom it said nothing yet. */
export async function countDoubts(tx: Transaction, scope: Scope, from: Date, to: Date): Promise<Doubts> {
  const [row] = await tx.rows<Doubts>(doubts, [scope.provinces, from, to, scope.unitIds, scope.checkpointIds]);
  return row ?? { unverified: 0, mismatched: 0, mismatchesWaiting: 0 };
}

/**
 * Counts them for every day of [from, to) and checkpoint of a scope, as passages were corrected and people merged; a person once
 * a day and checkpoint. It tells how verdicts stand now: whom a later check matched is counted no longer.
 */
export function mismatchesByDay(tx: Transaction, scope: Scope, from: Date, to: Date): Promise<DayMismatches[]> {
  return tx.rows<DayMismatches>(byDay, [scope.provinces, from, to, scope.unitIds, scope.checkpointIds]);
}
