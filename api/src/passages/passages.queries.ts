import type { Transaction } from '../platform/database/transaction.ts';
import type { Scope } from '../policy/policy.ts';
import type { Advice } from '../territory/shared/movement-rules/advice.ts';
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
  text: `select m.citizen_id as person_id, m.kept_id, w.citizen_id is not null as watched, p.id, p.occurred_at, p.checkpoint_id, p.direction,
           p.decision, p.declaration_id, p.corrects
         from people_merged(array[$1::text], $2::uuid[]) m
         left join watched_people($1, $2::uuid[], $5) w on w.citizen_id = m.citizen_id
         left join lateral (
           select p.* from passage p where p.province_code = $1 and p.citizen_id = m.citizen_id and p.occurred_at between $3 and $4) p on true`,
};

interface NearbyRow {
  person_id: string;
  kept_id: string;
  watched: boolean;
  /** Null, with all that follows, for who did not pass. */
  id: string | null;
  occurred_at: Date;
  checkpoint_id: string;
  direction: Direction;
  decision: Decision;
  declaration_id: string | null;
  corrects: string | null;
}

export interface Nearby {
  passages: NearbyPassage[];
  /** Whom each of these people, and whoever they are merged with, stands as. */
  standing: ReadonlyMap<string, string>;
  /** Which of them are on the watch list. */
  watched: ReadonlySet<string>;
}

/** The passages of these people in a span of time, as corrected, of whomever they stand as; and who is on the watch list at an instant. */
export async function findNearby(
  tx: Transaction,
  province: string,
  citizenIds: string[],
  { from, to, at }: { from: Date; to: Date; at: Date },
): Promise<Nearby> {
  const rows = await tx.rows<NearbyRow>(nearby, [province, citizenIds, from, to, at]);
  const corrected = new Set(rows.map(({ corrects }) => corrects));
  const passages = rows.flatMap(({ id, decision, ...row }) =>
    id === null || decision === 'VOID' || corrected.has(id)
      ? []
      : [
          {
            id,
            occurredAt: row.occurred_at,
            checkpointId: row.checkpoint_id,
            direction: row.direction,
            declarationId: row.declaration_id,
            citizenId: row.kept_id,
          },
        ],
  );
  const watched = new Set(rows.filter((row) => row.watched).map(({ person_id }) => person_id));
  return { passages, standing: new Map(rows.map(({ person_id, kept_id }) => [person_id, kept_id])), watched };
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
         where p.province_code = $1 and p.occurred_at > $5 and p.citizen_id = any(array(
           select m.citizen_id from people_merged(array[$1::text], array[coalesce(
             (select o.citizen_id from opened_declaration o where o.province_code = $1 and o.declaration_id = $2 and o.checkpoint_id = $3), $4)]) m))
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
