import { cacheKeyOf, type CitizenKey } from '../people/citizens.service.ts';
import { idsOf, provincesOf } from '../people/of-people.service.ts';
import { sql, type SqlBool } from '../platform/database/mikro-orm.ts';
import type { Transaction } from '../platform/database/transaction.ts';
import type { Page, Sorting } from '../platform/graphql/connection.ts';
import { countFound } from '../platform/graphql/count-found.ts';
import type { LoaderDefinition } from '../platform/graphql/loaders.ts';
import { endOfDay, startOfDay } from '../platform/shared/vietnam-date.ts';
import type { Scope } from '../policy/policy.ts';
import { CheckPriority } from './enqueue-checks.service.ts';
import { verificationColumns, type MismatchResolutionKind, type VerificationRow } from './verification.row.ts';

export { MismatchResolutionKind, type VerificationRow } from './verification.row.ts';

// As `verificationColumns`, for statements of text.
const columns =
  'province_code, citizen_id, status, failure, mismatches, attempts, enqueued_at, due_at, checked_at, dead_since, checkpoint_id, unit_id, passed_at, resolution_kind, resolution_reason, resolved_at, resolved_by';

const ofCitizens = {
  name: 'verifications-of-citizens',
  // Who is merged with others is one person: what waits for someone stands before the newest verdict.
  text: `select distinct on (v.province_code, w.id) v.*, w.id as citizen_id
         from unnest($1::text[], $2::uuid[]) as w (province_code, id)
         cross join lateral people_merged(array[w.province_code], array[w.id]) m
         join registry_verification v on v.province_code = w.province_code and v.citizen_id = m.citizen_id
         order by v.province_code, w.id, (v.status in ('MISMATCHED', 'NOT_FOUND') and v.resolution_kind is null) desc,
           v.checked_at desc nulls last`,
};

/** What the population database said of these citizens, or of whoever they are merged with there; who is missing was never to be asked about. */
const verificationsOf = (tx: Transaction, people: readonly CitizenKey[]): Promise<VerificationRow[]> =>
  tx.rows<VerificationRow>(ofCitizens, [provincesOf(people), idsOf(people)]);

export const verificationLoader: LoaderDefinition<CitizenKey, VerificationRow> = {
  cacheKey: cacheKeyOf,
  async load(context, keys) {
    const rows = await verificationsOf(await context.transaction(), keys);
    const found = new Map(rows.map((row) => [`${row.province_code}/${row.citizen_id}`, row]));
    return keys.map(({ province, id }) => found.get(`${province}/${id}`) ?? null);
  },
};

/** Whether a verdict waits within a scope. */
export const isWithin = (scope: Scope, row: VerificationRow): boolean =>
  scope.provinces.includes(row.province_code) &&
  (scope.unitIds === null || scope.unitIds.includes(row.unit_id)) &&
  (scope.checkpointIds === null || scope.checkpointIds.includes(row.checkpoint_id));

/** Newest verdict first; a row's key is its `checked_at` and `citizen_id`. */
export const openMismatchSorting: Sorting = { list: 'mismatches', key: ['time', 'id'] };

export interface OpenFilter {
  status?: 'MISMATCHED' | 'NOT_FOUND' | null;
  /** True: those that somebody referred, instead of those that nobody settled. */
  referred?: boolean | null;
  /** In place of `referred`: both, or whatever became of them. */
  state?: 'WAITING' | 'ANY' | null;
  /** Only of people who passed on a day in a part of the scope, each once. */
  passed?: { day: string; within: Scope } | null;
}

/** Verdicts that wait for someone, of people who were last at a checkpoint of the scope; one more than the page. */
export async function listOpenMismatches(
  tx: Transaction,
  scope: Scope,
  filter: OpenFilter,
  page: Page,
): Promise<VerificationRow[]> {
  let query = openMismatches(tx, scope, filter)
    .select([...verificationColumns])
    .orderBy('v.checked_at', 'desc')
    .orderBy('v.citizen_id', 'desc')
    .limit(page.first + 1);
  if (page.after) {
    const [at, id] = page.after as [string, string];
    query = query.where(sql<SqlBool>`(v.checked_at, v.citizen_id) < (${at}::timestamptz, ${id}::uuid)`);
  }
  return (await query.execute()) as VerificationRow[];
}

/** How many wait; null where there are too many to count. */
export function countOpenMismatches(tx: Transaction, scope: Scope, filter: OpenFilter): Promise<number | null> {
  return countFound(tx, openMismatches(tx, scope, filter).select('v.citizen_id'));
}

/** `status in (...)` as the index has it. */
function openMismatches(tx: Transaction, scope: Scope, { status, referred, state, passed }: OpenFilter) {
  let query = verificationsWithin(tx, scope).where(states[state ?? (referred ? 'REFERRED' : 'UNTOUCHED')]);
  if (status) query = query.where('v.status', '=', status);
  return passed ? query.where(passedOn(passed)).where(newestOfPerson(query)) : query;
}

/** As `isWithin` says it of a row. */
function verificationsWithin(tx: Transaction, { provinces, unitIds, checkpointIds }: Scope) {
  let query = tx.kysely
    .selectFrom('registry_verification as v')
    .where(sql<SqlBool>`v.province_code = any(${[...provinces]}::text[])`);
  if (unitIds) query = query.where(sql<SqlBool>`v.unit_id = any(${[...unitIds]}::text[])`);
  if (checkpointIds) query = query.where(sql<SqlBool>`v.checkpoint_id = any(${[...checkpointIds]}::uuid[])`);
  return query;
}

const states = {
  UNTOUCHED: sql<SqlBool>`v.status in ('MISMATCHED', 'NOT_FOUND') and v.resolution_kind is null`,
  REFERRED: sql<SqlBool>`v.status in ('MISMATCHED', 'NOT_FOUND') and v.resolution_kind = 'REFERRED'`,
  WAITING: sql<SqlBool>`v.status in ('MISMATCHED', 'NOT_FOUND') and (v.resolution_kind is null or v.resolution_kind = 'REFERRED')`,
  ANY: sql<SqlBool>`v.status in ('MISMATCHED', 'NOT_FOUND')`,
};

/** As reports count them: by passages as corrected, of whomever they are merged with. */
function passedOn({ day, within: { unitIds, checkpointIds } }: NonNullable<OpenFilter['passed']>) {
  return sql<SqlBool>`exists (
    select from people_merged(array[v.province_code], array[v.citizen_id]) m
    join passage p on p.province_code = v.province_code and p.citizen_id = m.citizen_id
    where p.occurred_at >= ${startOfDay(day)} and p.occurred_at < ${endOfDay(day)} and p.decision <> 'VOID'
      and (${unitIds}::text[] is null or p.unit_id = any(${unitIds}::text[]))
      and (${checkpointIds}::uuid[] is null or p.checkpoint_id = any(${checkpointIds}::uuid[]))
      and not exists (
        select from passage c where c.province_code = p.province_code and c.corrects = p.id and c.occurred_at = p.occurred_at))`;
}

/** Of these verdicts only the newest on whoever is merged as one. */
function newestOfPerson(verdicts: ReturnType<typeof verificationsWithin>) {
  const others = verdicts.select(['v.province_code', 'v.citizen_id', 'v.checked_at']).as('newer');
  return sql<SqlBool>`not exists (
    select from people_merged(array[v.province_code], array[v.citizen_id]) m
    join ${others} on newer.province_code = v.province_code and newer.citizen_id = m.citizen_id
    where (newer.checked_at, newer.citizen_id) > (v.checked_at, v.citizen_id))`;
}

/** How many people the population database is still to be asked about; null where there are too many to count. */
export function countPendingChecks(tx: Transaction, scope: Scope): Promise<number | null> {
  return countFound(tx, verificationsWithin(tx, scope).where('v.due_at', 'is not', null).select('v.citizen_id'));
}

export interface Resolution {
  kind: MismatchResolutionKind;
  reason: string;
  at: Date;
  by: string;
}

const held = {
  name: 'hold-verifications',
  // Who is merged in one province may stand alone in another.
  text: `select v.* from unnest($1::text[]) as w (province)
         cross join lateral people_merged(array[w.province], array[$2::uuid]) m
         join registry_verification v on v.province_code = w.province and v.citizen_id = m.citizen_id
         order by v.province_code, v.citizen_id for update of v`,
};

/**
 * The verdicts on somebody and on whoever they are merged with, held in the order of ids until the transaction ends: of two who
 * settle one, the second waits and then sees it settled.
 */
export function holdVerifications(
  tx: Transaction,
  provinces: readonly string[],
  citizenId: string,
): Promise<VerificationRow[]> {
  return tx.rows<VerificationRow>(held, [provinces, citizenId]);
}

const standing = {
  name: 'standing-mismatches',
  text: `with person as (select citizen_id, kept_id from people_merged(array[$1::text], $2::uuid[]))
         select p.citizen_id from person p where p.kept_id in (
           select o.kept_id from person o join registry_verification v on v.province_code = $1 and v.citizen_id = o.citizen_id
           where v.status in ('MISMATCHED', 'NOT_FOUND') and v.resolution_kind is distinct from 'ACCEPTED')`,
};

/** Who of these, and of those they are merged with, stands out: the last answer was no match, and nobody accepted them since. */
export async function standingMismatches(
  tx: Transaction,
  province: string,
  citizenIds: readonly string[],
): Promise<Set<string>> {
  if (citizenIds.length === 0) return new Set();
  const rows = await tx.rows<{ citizen_id: string }>(standing, [province, citizenIds]);
  return new Set(rows.map((row) => row.citizen_id));
}

const resolve = {
  name: 'resolve-mismatches',
  text: `update registry_verification set resolution_kind = $3, resolution_reason = $4, resolved_at = $5, resolved_by = $6
         where province_code = $1 and citizen_id = any($2) returning ${columns}`,
};

/** Settles verdicts that are held and open. CORRECTED asks for `checkAgain` too. */
export function storeResolution(
  tx: Transaction,
  province: string,
  citizenIds: readonly string[],
  { kind, reason, at, by }: Resolution,
): Promise<VerificationRow[]> {
  return tx.rows<VerificationRow>(resolve, [province, citizenIds, kind, reason, at, by]);
}

// No claim: an answer to the question as it was before comes too late.
const again = {
  name: 'check-again',
  text: `update registry_verification set due_at = $3, enqueued_at = $3, attempts = 0, priority = $4, claim = null, dead_since = null,
           fresh_until = null, declaration_province = null, declaration_id = null, declaration_occurred_at = null
         where province_code = $1 and citizen_id = $2 returning ${columns}`,
};

/** Asks anew, before others, of what is now known of the citizen instead of what they once declared; null for who was never asked about. */
export async function checkAgain(
  tx: Transaction,
  { province, id }: CitizenKey,
  at: Date,
): Promise<VerificationRow | null> {
  const [row] = await tx.rows<VerificationRow>(again, [province, id, at, CheckPriority.AWAITED]);
  return row ?? null;
}
