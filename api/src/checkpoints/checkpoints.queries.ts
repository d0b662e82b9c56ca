import { sql, type SqlBool } from '../platform/database/mikro-orm.ts';
import type { CheckpointTable } from '../platform/database/tables.ts';
import type { Transaction } from '../platform/database/transaction.ts';
import type { Page } from '../platform/graphql/connection.ts';
import type { Scope } from '../policy/policy.ts';

/** A page of checkpoints by province and code. They are few and not personal, so a name may be searched by ILIKE. */
export async function listCheckpoints(tx: Transaction, scope: Scope, search: string | null, page: Page): Promise<CheckpointTable[]> {
  let query = tx.kysely
    .selectFrom('checkpoint as c')
    .selectAll()
    .where(sql<SqlBool>`c.province_code = any(${[...scope.provinces]}::text[])`)
    .orderBy('c.province_code')
    .orderBy('c.code')
    .limit(page.first + 1);
  if (scope.unitIds) query = query.where(sql<SqlBool>`c.unit_id = any(${[...scope.unitIds]}::text[])`);
  if (scope.checkpointIds) query = query.where(sql<SqlBool>`c.id = any(${[...scope.checkpointIds]}::uuid[])`);
  if (search) {
    const pattern = `%${search.replace(/[\\%_]/g, '\\$&')}%`;
    query = query.where(sql<SqlBool>`(c.name ilike ${pattern} or c.code ilike ${pattern})`);
  }
  if (page.after) {
    const [province, code] = page.after as [string, string];
    query = query.where(sql<SqlBool>`(c.province_code, c.code) > (${province}, ${code})`);
  }
  return query.execute();
}

const byIds = { name: 'checkpoints-by-ids', text: 'select * from checkpoint where id = any($1)' };

export function checkpointsByIds(tx: Transaction, ids: readonly string[]): Promise<CheckpointTable[]> {
  return tx.rows<CheckpointTable>(byIds, [ids]);
}

const lock = { name: 'lock-checkpoints', text: 'select pg_advisory_xact_lock(hashtext($1))' };

/** One administrator at a time saves a checkpoint: codes are compared before they are written. */
export async function lockCheckpoints(tx: Transaction): Promise<void> {
  await tx.rows(lock, ['checkpoint']);
}

const idWithCode = { name: 'checkpoint-id-with-code', text: 'select id from checkpoint where province_code = $1 and code = $2' };

export async function checkpointIdWithCode(tx: Transaction, province: string, code: string): Promise<string | null> {
  const [row] = await tx.rows<{ id: string }>(idWithCode, [province, code]);
  return row?.id ?? null;
}
