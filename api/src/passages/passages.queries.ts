import { sql, type SqlBool } from '../platform/database/mikro-orm.ts';
import type { Transaction } from '../platform/database/transaction.ts';
import { mostCounted, toTotal, type Page } from '../platform/graphql/connection.ts';
import type { Scope } from '../policy/policy.ts';
import type { CheckpointRow } from '../checkpoints/checkpoints.service.ts';
import type { Advice } from '../declarations/shared/advice.ts';
import type { Channel, TravelPurpose, VehicleKind } from '../declarations/shared/declaration-draft.ts';
import { timeOf } from '../declarations/declarations.service.ts';
import type { NearbyPassage } from './flags.ts';
import type { Decision, Direction, PassageRow } from './passage.row.ts';

/** What a passage copies from the declaration it was recorded on. */
export interface PassageSource {
  id: string;
  checkpoint_id: string;
  declaration_province: string;
  declaration_occurred_at: Date;
  citizen_id: string;
  channel: Channel;
  valid_until: Date;
  withdrawn_at: Date | null;
  purpose: TravelPurpose;
  origin_unit_id: string;
  destination_unit_id: string;
  vehicle: VehicleKind;
  plate: string | null;
  advice: Advice;
  warned: boolean;
}

// Joined to the ids, never `id = any() and occurred_at = any()`: two arrays are tried against each other.
const sources = {
  name: 'passage-sources',
  text: `select w.id, w.checkpoint as checkpoint_id,
      coalesce(d.province_code, o.declaration_province) as declaration_province,
      coalesce(d.occurred_at, o.declaration_occurred_at) as declaration_occurred_at,
      coalesce(d.citizen_id, o.citizen_id) as citizen_id, coalesce(d.channel, o.channel) as channel,
      coalesce(d.valid_until, o.valid_until) as valid_until,
      case when d.id is null then o.withdrawn_at else d.withdrawn_at end as withdrawn_at,
      coalesce(d.purpose, o.purpose) as purpose, coalesce(d.origin_unit_id, o.origin_unit_id) as origin_unit_id,
      coalesce(d.destination_address_unit_id, o.destination_unit_id) as destination_unit_id,
      coalesce(d.vehicle, o.vehicle) as vehicle, coalesce(d.plate, o.plate) as plate,
      coalesce(o.advice, d.advice) as advice, coalesce(d.warnings <> '[]'::jsonb, o.warned) as warned
    from unnest($2::uuid[], $3::timestamptz[], $4::uuid[]) as w (id, at, checkpoint)
    left join declaration d on d.province_code = $1 and d.id = w.id and d.occurred_at = w.at
    left join opened_declaration o on o.province_code = $1 and o.declaration_id = w.id and o.checkpoint_id = w.checkpoint
      and o.opened_until > $5
    where d.id is not null or o.declaration_id is not null`,
};

/** The declarations behind a batch: of the own province, or opened at that checkpoint by a scan. One statement. */
export function findSources(
  tx: Transaction,
  province: string,
  wanted: Array<{ id: string; checkpointId: string }>,
  at: Date,
): Promise<PassageSource[]> {
  const ids = wanted.map(({ id }) => id);
  return tx.rows<PassageSource>(sources, [
    province,
    ids,
    ids.map(timeOf),
    wanted.map(({ checkpointId }) => checkpointId),
    at,
  ]);
}

const nearby = {
  name: 'nearby-passages',
  text: `select id, occurred_at, checkpoint_id, direction, decision, declaration_id, citizen_id, corrects from passage
         where province_code = $1 and citizen_id = any($2) and occurred_at between $3 and $4`,
};

interface NearbyRow {
  id: string;
  occurred_at: Date;
  checkpoint_id: string;
  direction: Direction;
  decision: Decision;
  declaration_id: string | null;
  citizen_id: string;
  corrects: string | null;
}

/** The passages of these people in a span of time, as corrected. */
export async function findNearby(
  tx: Transaction,
  province: string,
  citizenIds: string[],
  from: Date,
  to: Date,
): Promise<NearbyPassage[]> {
  const rows = await tx.rows<NearbyRow>(nearby, [province, citizenIds, from, to]);
  const corrected = new Set(rows.map(({ corrects }) => corrects));
  return rows
    .filter(({ id, decision }) => decision !== 'VOID' && !corrected.has(id))
    .map((row) => ({
      id: row.id,
      occurredAt: row.occurred_at,
      checkpointId: row.checkpoint_id,
      direction: row.direction,
      declarationId: row.declaration_id,
      citizenId: row.citizen_id,
    }));
}

const byIds = {
  name: 'passages-by-ids',
  text: `select p.* from unnest($2::uuid[], $3::timestamptz[]) as w (id, at)
         join passage p on p.province_code = any($1) and p.id = w.id and p.occurred_at = w.at`,
};

export function passagesByIds(
  tx: Transaction,
  provinces: readonly string[],
  ids: readonly string[],
): Promise<PassageRow[]> {
  return tx.rows<PassageRow>(byIds, [provinces, ids, ids.map(timeOf)]);
}

const correctionsOf = {
  name: 'corrections-of',
  text: `select p.* from unnest($2::uuid[], $3::timestamptz[]) as w (id, at)
         join passage p on p.province_code = any($1) and p.corrects = w.id and p.occurred_at = w.at`,
};

export function correctionsByIds(
  tx: Transaction,
  provinces: readonly string[],
  ids: readonly string[],
): Promise<PassageRow[]> {
  return tx.rows<PassageRow>(correctionsOf, [provinces, ids, ids.map(timeOf)]);
}

const ofDeclarations = {
  name: 'passages-of-declarations',
  text: `select p.*, row_number() over (partition by p.declaration_id order by p.occurred_at desc, p.id desc) as place
         from passage p
         where p.province_code = any($1) and p.declaration_id = any($2)
           and ($3::text[] is null or p.unit_id = any($3)) and ($4::uuid[] is null or p.checkpoint_id = any($4))
         order by p.occurred_at desc, p.id desc`,
};

export function passagesOfDeclarations(
  tx: Transaction,
  scope: Scope,
  declarationIds: readonly string[],
): Promise<Array<PassageRow & { place: number }>> {
  return tx.rows(ofDeclarations, [scope.provinces, declarationIds, scope.unitIds, scope.checkpointIds]);
}

const recentOfPerson = {
  name: 'recent-of-person',
  text: `select p.* from passage p
         where p.province_code = $1 and p.occurred_at > $5 and p.citizen_id = coalesce(
           (select o.citizen_id from opened_declaration o where o.province_code = $1 and o.declaration_id = $2 and o.checkpoint_id = $3), $4)
         order by p.occurred_at desc, p.id desc limit 20`,
};

/** The newest passages here of the person of a declaration that was opened at this checkpoint. */
export function recentPassages(
  tx: Transaction,
  province: string,
  declarationId: string,
  checkpointId: string,
  citizenId: string,
  since: Date,
): Promise<PassageRow[]> {
  return tx.rows<PassageRow>(recentOfPerson, [province, declarationId, checkpointId, citizenId, since]);
}

/** A page of passages, newest first: as corrected, unless `superseded` asks for every row. */
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
  /** Only what this account recorded since then. */
  shift?: { recordedBy: string; since: Date } | null;
}

// Passages are taken up to 5 minutes ahead.
const clockAheadMs = 10 * 60_000;

/** With its checkpoint, which every list shows. */
export type ListedPassage = PassageRow & { checkpoint: CheckpointRow };

export async function listPassages(
  tx: Transaction,
  scope: Scope,
  filter: PassageListFilter,
  page: Page,
): Promise<ListedPassage[]> {
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
export async function countPassages(tx: Transaction, scope: Scope, filter: PassageListFilter): Promise<number | null> {
  const found = matching(tx, scope, filter)
    .select('p.id')
    .limit(mostCounted + 1)
    .as('found');
  const count = tx.kysely.fn.countAll<string>().as('count');
  const answer = await tx.kysely.selectFrom(found).select(count).executeTakeFirstOrThrow();
  return toTotal(Number(answer.count));
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
  if (filter.citizenId) query = query.where('p.citizen_id', '=', filter.citizenId);
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
