import { rowsOfPerson } from '../people/rows-of-person.service.ts';
import { sql, type SqlBool } from '../platform/database/mikro-orm.ts';
import type { Transaction } from '../platform/database/transaction.ts';
import type { Page } from '../platform/graphql/connection.ts';
import { countFound, countUpTo } from '../platform/graphql/count-found.ts';
import type { Scope } from '../policy/policy.ts';
import type { DeclarationRow } from './declaration.row.ts';
import { longestApart } from './declarations.queries.ts';

export interface DeclarationListFilter {
  submittedFrom?: Date | null;
  submittedTo?: Date | null;
  originUnitIds?: string[] | null;
  destinationUnitIds?: string[] | null;
  advice?: string | null;
  channel?: string | null;
  citizenId?: string | null;
  passed?: boolean | null;
}

/** One page, newest first. The scope is repeated here, whatever row-level security does below. */
export async function listDeclarations(
  tx: Transaction,
  scope: Scope,
  filter: DeclarationListFilter,
  page: Page,
): Promise<DeclarationRow[]> {
  let query = matching(tx, scope, filter)
    .selectAll()
    .orderBy('d.submitted_at', 'desc')
    .orderBy('d.id', 'desc')
    .limit(page.first + 1);
  if (page.after) {
    const [at, id] = page.after as [string, string];
    query = query.where(sql<SqlBool>`(d.submitted_at, d.id) < (${at}::timestamptz, ${id}::uuid)`);
  }
  return (await query.execute()) as unknown as DeclarationRow[];
}

/** How many there are; null where there are too many to count. */
export function countDeclarations(
  tx: Transaction,
  scope: Scope,
  filter: DeclarationListFilter,
): Promise<number | null> {
  return countFound(tx, matching(tx, scope, filter).select('d.id'));
}

/** How many there are, no further than a bound. */
export function countDeclarationsUpTo(
  tx: Transaction,
  scope: Scope,
  filter: DeclarationListFilter,
  bound: number,
): Promise<number> {
  return countUpTo(tx, matching(tx, scope, filter).select('d.id'), bound);
}

function matching(tx: Transaction, scope: Scope, filter: DeclarationListFilter) {
  let query = tx.kysely.selectFrom('declaration as d').where('d.province_code', 'in', [...scope.provinces]);
  // One parameter for all units: a province has hundreds, and the text stays the same for each.
  const oneOf = (ids: readonly string[]) => sql<string>`any(${[...ids]}::text[])`;
  if (scope.unitIds) query = query.where('d.destination_address_unit_id', '=', oneOf(scope.unitIds));
  if (filter.submittedFrom)
    query = query
      .where('d.submitted_at', '>=', filter.submittedFrom)
      .where('d.occurred_at', '>=', new Date(filter.submittedFrom.getTime() - longestApart));
  if (filter.submittedTo)
    query = query
      .where('d.submitted_at', '<', filter.submittedTo)
      .where('d.occurred_at', '<', new Date(filter.submittedTo.getTime() + 3_600_000));
  if (filter.originUnitIds) query = query.where('d.origin_unit_id', '=', oneOf(filter.originUnitIds));
  if (filter.destinationUnitIds)
    query = query.where('d.destination_address_unit_id', '=', oneOf(filter.destinationUnitIds));
  if (filter.advice) query = query.where('d.advice', '=', filter.advice);
  if (filter.channel) query = query.where('d.channel', '=', filter.channel);
  if (filter.citizenId) query = query.where(rowsOfPerson('d', scope.provinces, filter.citizenId));
  if (filter.passed !== null && filter.passed !== undefined) {
    const passed = sql<SqlBool>`exists (select from passage p where p.province_code = d.province_code and p.declaration_id = d.id)`;
    query = query.where(filter.passed ? passed : sql<SqlBool>`not ${passed}`);
  }
  return query;
}
