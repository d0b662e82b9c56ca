import type { Transaction } from '../platform/database/transaction.ts';
import { endOfDay, startOfDay } from '../platform/shared/vietnam-date.ts';
import type { Scope } from '../policy/policy.ts';

/** What the daily report says of tracing; counts of people. */
export interface CaseCounts {
  newCases: number;
  /** Found by a trace on that day. */
  contactsTraced: number;
  /** Of those, reached within 24 hours of being found. */
  reachedWithin24h: number;
  /** In isolation at the end of that day, or now. */
  isolating: number;
  lost: number;
}

const counts = {
  name: 'case-counts',
  text: `select
           (select count(*)::integer from epidemic_case c where c.province_code = any($1) and ($2::text[] is null or c.unit_id = any($2))
             and c.opened_at >= $3 and c.opened_at < $4) as "newCases",
           t.*
         from (
           select count(*) filter (where c.linked and c.found_at >= $3 and c.found_at < $4)::integer as "contactsTraced",
             count(*) filter (where c.linked and c.found_at >= $3 and c.found_at < $4
               and c.contacted_at <= c.found_at + interval '24 hours')::integer as "reachedWithin24h",
             count(*) filter (where c.status = 'ISOLATING' and c.isolated_at < $4)::integer as "isolating",
             count(*) filter (where c.status = 'LOST' and c.updated_at < $4)::integer as "lost"
           from case_contact c where c.province_code = any($1) and ($2::text[] is null or c.unit_id = any($2))) t`,
};

/** Of a day of Viet Nam, and of the units of a scope. */
export async function caseCounts(tx: Transaction, scope: Scope, day: string): Promise<CaseCounts> {
  const [row] = await tx.rows<CaseCounts>(counts, [scope.provinces, scope.unitIds, startOfDay(day), endOfDay(day)]);
  return row ?? { newCases: 0, contactsTraced: 0, reachedWithin24h: 0, isolating: 0, lost: 0 };
}
