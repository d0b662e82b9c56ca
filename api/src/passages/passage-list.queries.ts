import type { CheckpointRow } from '../checkpoints/checkpoints.service.ts';
import { rowsOfPerson } from '../people/rows-of-person.service.ts';
import { sql, type SqlBool } from '../platform/database/mikro-orm.ts';
import type { Transaction } from '../platform/database/transaction.ts';
import type { Page } from '../platform/graphql/connection.ts';
import { countFound, countUpTo } from '../platform/graphql/count-found.ts';
import type { Scope } from '../policy/policy.ts';
import { isUnanswered } from './mismatches-by-day.service.ts';
import type { PassageRow } from './passage.row.ts';

/** Which passages a list holds: as corrected, unless `superseded` asks for every row. */
export interface PassageListFilter {
  from?: Date | null;
  to?: Date | null;
  checkpointIds?: readonly string[] | null;
  direction?: string | null;
  decision?: string | null;
  channel?: string | null;
  plate?: string | null;
  citizenId?: string | null;
  flagged?: boolean | null;
  recordedOffline?: boolean | null;
  superseded?: boolean | null;
  /** Only those whose paper form is not keyed in yet, or all others. */
  awaitsForm?: boolean | null;
  /** Only the last ones of people of whom the population database has answered nothing yet. */
  unverified?: boolean | null;
  /** Of each person, as merged, only the last one of those that everything else leaves. */
  lastOfPerson?: boolean | null;
  /** Codes of provinces; empty: where nobody said. */
  originProvince?: string | null;
  destinationProvince?: string | null;
  purpose?: string | null;
  /** Only what this account recorded since then. */
  shift?: { recordedBy: string; since: Date } | null;
}

// Passages are taken up to 5 minutes ahead.
const clockAheadMs = 10 * 60_000;

/** With its checkpoint, which every list shows. */
export type ListedPassage = PassageRow & { checkpoint: CheckpointRow };

// Planning reaches into every week of a list's span, and takes most of its time. The newest week mostly holds the page.
const nearMs = 8 * 24 * 3_600_000;

/** A page of passages: from the week before its end where that holds it, else from all of the span. */
export async function listPassages(
  tx: Transaction,
  scope: Scope,
  filter: PassageListFilter,
  page: Page,
): Promise<ListedPassage[]> {
  const near = new Date(endOf(filter, page).getTime() - nearMs);
  const asked = filter.from ?? new Date(0);
  if (asked >= near) return pageOf(tx, scope, filter, page);
  const found = await pageOf(tx, scope, { ...filter, from: near }, page);
  return found.length > page.first ? found : pageOf(tx, scope, filter, page);
}

async function pageOf(tx: Transaction, scope: Scope, filter: PassageListFilter, page: Page): Promise<ListedPassage[]> {
  let query = matching(tx, scope, filter, page)
    .innerJoin('checkpoint as k', 'k.id', 'p.checkpoint_id')
    .selectAll('p')
    .select(sql<CheckpointRow>`to_json(k)`.as('checkpoint'))
    .orderBy('p.occurred_at', 'desc')
    .orderBy('p.id', 'desc')
    .limit(page.first + 1);
  if (page.after) {
    const [at, id] = page.after as [string, string];
    query = query.where(sql<SqlBool>`(p.occurred_at, p.id) < (${at}::timestamptz, ${id}::uuid)`);
  }
  return (await query.execute()) as unknown as ListedPassage[];
}

/** How many there are; null where there are too many to count. */
export function countPassages(tx: Transaction, scope: Scope, filter: PassageListFilter): Promise<number | null> {
  return countFound(tx, matching(tx, scope, filter).select('p.id'));
}

/** How many there are, no further than a bound. */
export function countPassagesUpTo(
  tx: Transaction,
  scope: Scope,
  filter: PassageListFilter,
  bound: number,
): Promise<number> {
  return countUpTo(tx, matching(tx, scope, filter).select('p.id'), bound);
}

/** Before when a page's passages lie: before the page's start, and never later than a device's clock may be ahead. */
function endOf({ to }: PassageListFilter, page?: Page): Date {
  const start = page?.after?.[0] ? new Date(page.after[0]).getTime() + 1 : Infinity;
  return new Date(Math.min(start, to?.getTime() ?? Infinity, Date.now() + clockAheadMs));
}

function matching(tx: Transaction, scope: Scope, filter: PassageListFilter, page?: Page) {
  // The span is said of corrections too: planning takes most of a list's time, and so only these weeks are planned.
  const [from, end] = [filter.from ?? new Date(0), endOf(filter, page)];
  let query = tx.kysely
    .selectFrom('passage as p')
    .where('p.province_code', 'in', [...scope.provinces])
    .where('p.occurred_at', '>=', from)
    .where('p.occurred_at', '<', end);
  if (scope.unitIds) query = query.where(sql<SqlBool>`p.unit_id = any(${[...scope.unitIds]}::text[])`);
  if (scope.checkpointIds)
    query = query.where(sql<SqlBool>`p.checkpoint_id = any(${[...scope.checkpointIds]}::uuid[])`);
  if (filter.checkpointIds)
    query = query.where(sql<SqlBool>`p.checkpoint_id = any(${[...filter.checkpointIds]}::uuid[])`);
  if (filter.direction) query = query.where('p.direction', '=', filter.direction);
  if (filter.decision) query = query.where('p.decision', '=', filter.decision);
  if (filter.channel) query = query.where('p.channel', '=', filter.channel);
  // An empty one is a plate that could not be read: nothing has it.
  if (typeof filter.plate === 'string') query = query.where('p.plate', '=', filter.plate);
  if (filter.shift)
    query = query.where('p.recorded_by', '=', filter.shift.recordedBy).where('p.recorded_at', '>', filter.shift.since);
  if (filter.awaitsForm === true)
    query = query.where('p.paper_form_number', 'is not', null).where('p.citizen_id', 'is', null);
  if (filter.awaitsForm === false)
    query = query.where(sql<SqlBool>`(p.paper_form_number is null or p.citizen_id is not null)`);
  if (filter.unverified) query = query.where(lastOfUnverified);
  if (filter.lastOfPerson) query = query.where(lastOfPerson(tx, scope, filter));
  if (filter.purpose) query = query.where('p.purpose', '=', filter.purpose);
  if (typeof filter.originProvince === 'string') query = query.where(inProvince('origin', filter.originProvince));
  if (typeof filter.destinationProvince === 'string')
    query = query.where(inProvince('destination', filter.destinationProvince));
  if (filter.citizenId) query = query.where(rowsOfPerson('p', scope.provinces, filter.citizenId));
  if (typeof filter.flagged === 'boolean') query = query.where('p.flagged', '=', filter.flagged);
  if (typeof filter.recordedOffline === 'boolean')
    query = query.where('p.recorded_offline', '=', filter.recordedOffline);
  if (!filter.superseded) {
    query = query.where('p.decision', '<>', 'VOID').where(sql<SqlBool>`not exists (
      select from passage c where c.province_code = p.province_code and c.corrects = p.id and c.occurred_at = p.occurred_at
        and c.occurred_at >= ${from} and c.occurred_at < ${end})`);
  }
  return query;
}

/** By the code that a journey's unit bears: what reports count by. */
function inProvince(end: 'origin' | 'destination', code: string) {
  const unit = sql.ref(`p.${end}_unit_id`);
  if (code === '') return sql<SqlBool>`${unit} is null`;
  return sql<SqlBool>`${unit} in (select u.unit_id from administrative_unit u where u.province_code = ${code})`;
}

/** As reports count who waits for an answer: where they passed last. */
const lastOfUnverified = sql<SqlBool>`exists (
  select from registry_verification v where v.province_code = p.province_code and v.citizen_id = p.citizen_id
    and v.passed_at = p.occurred_at and ${sql.raw(isUnanswered)})`;

/** A later one of the same person is sought for each: to sort a span of years for a page of it would cost more each page. */
function lastOfPerson(tx: Transaction, scope: Scope, filter: PassageListFilter) {
  const others = matching(tx, scope, { ...filter, lastOfPerson: false })
    .select(['p.province_code', 'p.citizen_id', 'p.occurred_at', 'p.id'])
    .as('later');
  return sql<SqlBool>`p.citizen_id is not null and not exists (
    select from people_merged(array[p.province_code], array[p.citizen_id]) m
    join ${others} on later.province_code = p.province_code and later.citizen_id = m.citizen_id
    where later.occurred_at >= p.occurred_at and (later.occurred_at, later.id) > (p.occurred_at, p.id))`;
}
