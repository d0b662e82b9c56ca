import { sql, type SqlBool } from '../../platform/database/mikro-orm.ts';
import type { Transaction } from '../../platform/database/transaction.ts';
import type { Page, Sorting } from '../../platform/graphql/connection.ts';
import { countFound } from '../../platform/graphql/count-found.ts';
import type { Scope } from '../../policy/policy.ts';
import { verificationColumns, type VerificationRow } from '../verification.row.ts';

/** Given up last first. */
export const deadLetterSorting: Sorting = { list: 'registryDeadLetters', key: ['time', 'id'] };

export async function listDeadLetters(tx: Transaction, scope: Scope, page: Page): Promise<VerificationRow[]> {
  let query = deadLetters(tx, scope)
    .select([...verificationColumns])
    .orderBy('dead_since', 'desc')
    .orderBy('citizen_id', 'desc')
    .limit(page.first + 1);
  if (page.after) {
    const [at, id] = page.after as [string, string];
    query = query.where(sql<SqlBool>`(dead_since, citizen_id) < (${at}::timestamptz, ${id}::uuid)`);
  }
  return (await query.execute()) as VerificationRow[];
}

export function countDeadLetters(tx: Transaction, scope: Scope): Promise<number | null> {
  return countFound(tx, deadLetters(tx, scope).select('citizen_id'));
}

function deadLetters(tx: Transaction, scope: Scope) {
  let query = tx.kysely
    .selectFrom('registry_verification')
    .where('province_code', 'in', [...scope.provinces])
    .where('dead_since', 'is not', null);
  if (scope.unitIds) query = query.where(sql<SqlBool>`unit_id = any(${[...scope.unitIds]}::text[])`);
  return query;
}

// Of the oldest; asked of what it was asked of before.
const requeue = {
  name: 'requeue-dead-letters',
  text: `update registry_verification v set due_at = $4, enqueued_at = $4, attempts = 0, claim = null, dead_since = null, fresh_until = null
         where v.province_code = $1 and v.dead_since is not null and v.citizen_id in (
           select r.citizen_id from registry_verification r
           where r.province_code = $1 and r.dead_since is not null and ($2::text[] is null or r.unit_id = any($2))
             and ($3::uuid[] is null or r.citizen_id = any($3))
           order by r.dead_since, r.citizen_id limit $5)
         returning v.citizen_id as id`,
};

/** Enqueues dead letters of a province again, these or any; answers whose. */
export async function requeueDeadLetters(
  tx: Transaction,
  province: string,
  { unitIds }: Pick<Scope, 'unitIds'>,
  { ids, most, at }: { ids: readonly string[] | null; most: number; at: Date },
): Promise<string[]> {
  return (await tx.rows<{ id: string }>(requeue, [province, unitIds, ids, at, most])).map(({ id }) => id);
}
