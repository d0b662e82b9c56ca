import type { Transaction } from '../../platform/database/transaction.ts';
import type { ExposureKind } from '../exposure.row.ts';

/** Those who are gone through, a row for each of their citizens: `place` says whose it is. */
export interface FrontierRows {
  places: number[];
  provinces: string[];
  citizenIds: string[];
  since: Date[];
  until: Date[];
}

export interface MeetingRow {
  place: number;
  kind: ExposureKind;
  province_code: string;
  citizen_id: string;
  source_at: Date;
  target_at: Date;
  checkpoint_id: string | null;
  plate: string | null;
  source_row: string | null;
  target_row: string | null;
}

const frontier = `frontier as materialized (
  select * from unnest($1::integer[], $2::text[], $3::uuid[], $4::timestamptz[], $5::timestamptz[])
    as f (place, province_code, citizen_id, since, until))`;

// As corrected: neither VOID nor followed by a correction. Those of p, and those of q.
const pStands = `p.decision <> 'VOID'
  and not exists (select from passage c where c.province_code = p.province_code and c.corrects = p.id and c.occurred_at = p.occurred_at)
  and not exists (select from passage_held c where c.province_code = p.province_code and c.corrects = p.id and c.occurred_at = p.occurred_at)`;
const qStands = `q.citizen_id is not null and q.id <> p.id and q.decision <> 'VOID'
  and not exists (select from passage c where c.province_code = q.province_code and c.corrects = q.id and c.occurred_at = q.occurred_at)
  and not exists (select from passage_held c where c.province_code = q.province_code and c.corrects = q.id and c.occurred_at = q.occurred_at)`;
const ofPerson = `p.province_code = f.province_code and p.citizen_id = f.citizen_id and p.occurred_at between f.since and f.until and ${pStands}`;
const passed = `p.province_code, p.id, p.checkpoint_id, p.direction, p.plate, p.occurred_at, p.occurred_at - $6::interval as earliest,
  p.occurred_at + $6::interval as latest`;
const nearby = `q.province_code = p.province_code and q.checkpoint_id = p.checkpoint_id and q.occurred_at between p.earliest and p.latest and ${qStands}`;
const met = `q.province_code, q.citizen_id, p.occurred_at as source_at, q.occurred_at as target_at, p.checkpoint_id`;
const seen = 'q.province_code, q.citizen_id, q.occurred_at, q.id';

// OFFSET 0 keeps the range of times a condition of the index under row-level security: joined plainly it would be a filter on all
// passages of a checkpoint (docs/decisions/027-exposures.md).
const passing = {
  name: 'meetings-by-passages',
  text: `with ${frontier}, passed as materialized (
           select f.place, p.* from frontier f cross join lateral (select ${passed} from passage p where ${ofPerson} offset 0) p
           union all
           select f.place, p.* from frontier f cross join lateral (select ${passed} from passage_held p where ${ofPerson} offset 0) p)
         select p.place, 'SAME_CHECKPOINT' as kind, ${met}, null as plate, p.id as source_row, q.id as target_row
         from passed p cross join lateral (select ${seen} from passage q where q.direction = p.direction and ${nearby} offset 0) q
         union all
         select p.place, 'SAME_CHECKPOINT', ${met}, null, p.id, q.id
         from passed p cross join lateral (select ${seen} from passage_held q where q.direction = p.direction and ${nearby} offset 0) q
         union all
         select p.place, 'SAME_VEHICLE', ${met}, p.plate, p.id, q.id
         from passed p cross join lateral (select ${seen} from passage q where q.plate = p.plate and ${nearby} offset 0) q
         where p.plate is not null
         union all
         select p.place, 'SAME_VEHICLE', ${met}, p.plate, p.id, q.id
         from passed p cross join lateral (select ${seen} from passage_held q where q.plate = p.plate and ${nearby} offset 0) q
         where p.plate is not null`,
};

/** Who passed the same checkpoint in the same direction, or in the same vehicle, within the minutes before or after. */
export function meetingsByPassages(tx: Transaction, rows: FrontierRows, windowMinutes: number): Promise<MeetingRow[]> {
  return tx.rows<MeetingRow>(passing, [...valuesOf(rows), `${windowMinutes} minutes`]);
}

// A declaration is sent at most two weeks before it is stored, and its journey begins in the days after.
const ofTraveller = `d.province_code = f.province_code and d.citizen_id = f.citizen_id and d.withdrawn_at is null
  and d.occurred_at between f.since - interval '40 days' and f.until + interval '1 day'`;
const departing = `d.province_code, d.submission_id, d.departs_at, d.plate, d.id`;
const inVehicle = `${ofTraveller} and d.departs_at between f.since and f.until and d.vehicle <> 'ON_FOOT'`;
const companion = `o.province_code = d.province_code and o.submission_id = d.submission_id and o.id <> d.id and o.vehicle <> 'ON_FOOT'
  and o.withdrawn_at is null`;
const joined = `f.place, 'SAME_VEHICLE' as kind, o.province_code, o.citizen_id, d.departs_at as source_at, o.departs_at as target_at,
  null::uuid as checkpoint_id, d.plate, d.id as source_row, o.id as target_row`;
const other = 'o.province_code, o.citizen_id, o.departs_at, o.id';

const together = {
  name: 'meetings-by-companions',
  text: `with ${frontier}
         select ${joined} from frontier f
         cross join lateral (select ${departing} from declaration d where ${inVehicle} offset 0) d
         cross join lateral (select ${other} from declaration o where ${companion} offset 0) o
         union all
         select ${joined} from frontier f
         cross join lateral (select ${departing} from declaration_held d where ${inVehicle} offset 0) d
         cross join lateral (select ${other} from declaration_held o where ${companion} offset 0) o`,
};

/** Who declared together with them, to travel in one vehicle while they could pass it on. */
export function meetingsByCompanions(tx: Transaction, rows: FrontierRows): Promise<MeetingRow[]> {
  return tx.rows<MeetingRow>(together, valuesOf(rows));
}

/** Somebody's presence at an address: of the frontier (place) or of whoever is known there (null). */
export interface PresenceRow {
  place: number | null;
  province_code: string;
  unit_id: string;
  key: string;
  citizen_id: string;
  /** Null: for as long as is known. */
  from_at: Date | null;
  until_at: Date | null;
  row: string | null;
}

// Without a declared last day a stay lasts as long as an isolation.
const stay = `d.departs_at as from_at, coalesce((d.stays_until + 1)::timestamp at time zone 'Asia/Ho_Chi_Minh',
  d.departs_at + interval '14 days') as until_at, d.id as row`;
const always = 'null::timestamptz as from_at, null::timestamptz as until_at, null::uuid as row';
const stayed = `d.province_code, d.stay_unit_id, d.stay_key, d.citizen_id, ${stay}`;
const stayedThere = `d.province_code = a.province_code and d.stay_unit_id = a.unit_id and d.stay_key = a.key and d.withdrawn_at is null
  order by d.id desc limit $6`;

const homes = {
  name: 'presences-at-addresses',
  text: `with ${frontier}, own as materialized (
           select f.place, a.* from frontier f cross join lateral (
             select c.province_code, c.permanent_unit_id as unit_id, c.permanent_key as key, c.id as citizen_id, ${always}
             from citizen c where c.province_code = f.province_code and c.id = f.citizen_id and c.permanent_key is not null
             union all
             select c.province_code, c.temporary_unit_id, c.temporary_key, c.id, ${always}
             from citizen c where c.province_code = f.province_code and c.id = f.citizen_id and c.temporary_key is not null
             union all
             select ${stayed} from declaration d where ${ofTraveller} and d.stay_key is not null
             union all
             select ${stayed} from declaration_held d where ${ofTraveller} and d.stay_key is not null
             offset 0) a)
         , address as materialized (select distinct province_code, unit_id, key from own)
         select place, province_code, unit_id, key, citizen_id, from_at, until_at, row from own
         union all
         select null, a.province_code, a.unit_id, a.key, o.citizen_id, o.from_at, o.until_at, o.row from address a cross join lateral (
           (select c.id as citizen_id, ${always} from citizen c
            where c.province_code = a.province_code and c.permanent_unit_id = a.unit_id and c.permanent_key = a.key order by c.id limit $6)
           union all
           (select c.id, ${always} from citizen c
            where c.province_code = a.province_code and c.temporary_unit_id = a.unit_id and c.temporary_key = a.key order by c.id limit $6)
           union all
           (select d.citizen_id, ${stay} from declaration d where ${stayedThere})
           union all
           (select d.citizen_id, ${stay} from declaration_held d where ${stayedThere})
           offset 0) o`,
};

/** Where they live or stayed, and all who are known to live or have stayed there; of a crowd the newest rows. */
export function presencesAtAddresses(tx: Transaction, rows: FrontierRows, mostRows: number): Promise<PresenceRow[]> {
  return tx.rows<PresenceRow>(homes, [...valuesOf(rows), mostRows]);
}

const valuesOf = ({ places, provinces, citizenIds, since, until }: FrontierRows): unknown[] => [
  places,
  provinces,
  citizenIds,
  since,
  until,
];
