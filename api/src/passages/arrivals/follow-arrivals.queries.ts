import type { Transaction } from '../../platform/database/transaction.ts';
import { timeOf } from '../../declarations/declarations.service.ts';
import type { PassageRow } from '../passage.row.ts';
import type { Stay, Trail } from './trail.ts';

export type FollowedPassage = Pick<
  PassageRow,
  | 'id'
  | 'occurred_at'
  | 'direction'
  | 'checkpoint_id'
  | 'citizen_id'
  | 'declaration_province'
  | 'declaration_id'
  | 'declaration_occurred_at'
> & { corrected: boolean };

export interface ArrivalKey {
  province_code: string;
  declaration_id: string;
}
interface Person {
  province_code: string;
  citizen_id: string;
}
export interface Declared extends ArrivalKey, Person {
  declaration_occurred_at: Date;
  unit_id: string;
  stays_until: string | null;
}
export interface StandingArrival extends ArrivalKey, Person {
  trail: Trail;
}

// A correction has the time of what it corrects, which it changes too.
const followed = {
  name: 'passages-of-arrivals',
  text: `select distinct p.id, p.occurred_at, p.direction, p.checkpoint_id, p.citizen_id, p.declaration_province, p.declaration_id,
      p.declaration_occurred_at, exists (
        select from passage c where c.province_code = $1 and c.corrects = p.id and c.occurred_at = p.occurred_at) as corrected
    from unnest($2::uuid[], $3::timestamptz[]) as w (id, at)
    join passage e on e.province_code = $1 and e.id = w.id and e.occurred_at = w.at
    join passage p on p.province_code = $1 and p.occurred_at = e.occurred_at and (p.id = e.id or p.id = e.corrects)
    where p.decision = 'ADMITTED' and (p.citizen_id is not null or p.declaration_id is not null)`,
};

/** The admitted passages among these, and those that these correct. */
export function passagesOf(tx: Transaction, province: string, ids: readonly string[]): Promise<FollowedPassage[]> {
  return tx.rows<FollowedPassage>(followed, [province, ids, ids.map(timeOf)]);
}

const declared = {
  name: 'declared-of-passages',
  text: `select distinct d.province_code, d.id as declaration_id, d.occurred_at as declaration_occurred_at,
      d.destination_address_unit_id as unit_id, d.citizen_id, d.stays_until
    from unnest($1::text[], $2::uuid[], $3::timestamptz[]) as w (province, id, at)
    join declaration d on d.province_code = w.province and d.id = w.id and d.occurred_at = w.at`,
};

/** The declarations that were passed on, where they still stand. */
export function declaredOf(tx: Transaction, passages: readonly FollowedPassage[]): Promise<Declared[]> {
  const on = passages.filter(({ declaration_id: id }) => id !== null);
  return tx.rows<Declared>(declared, [
    on.map((passage) => passage.declaration_province),
    on.map((passage) => passage.declaration_id),
    on.map((passage) => passage.declaration_occurred_at),
  ]);
}

const lock = {
  name: 'lock-people-of-arrivals',
  text: `select pg_advisory_xact_lock(k) from (
           select distinct hashtextextended(w.p || m.kept_id, 15) as k from unnest($1::text[], $2::uuid[]) as w (p, c)
           cross join lateral people_merged(array[w.p], array[w.c]) m order by 1) as keys`,
};

/** Two events of one person, be they merged, are handled one after the other: the second sees what the first wrote. */
export async function lockPeople(tx: Transaction, people: readonly Person[]): Promise<void> {
  await tx.rows(lock, [people.map((each) => each.province_code), people.map((each) => each.citizen_id)]);
}

const start = {
  name: 'start-arrivals',
  text: `insert into arrival (province_code, declaration_id, declaration_occurred_at, unit_id, citizen_id, stays_until)
         select * from unnest($1::text[], $2::uuid[], $3::timestamptz[], $4::text[], $5::uuid[], $6::date[]) as w order by 1, 2
         on conflict on constraint arrival_pkey do update set unit_id = excluded.unit_id
         returning province_code, declaration_id, citizen_id, trail`,
};

export function startArrivals(tx: Transaction, rows: readonly Declared[]): Promise<StandingArrival[]> {
  return tx.rows<StandingArrival>(start, [
    rows.map((row) => row.province_code),
    rows.map((row) => row.declaration_id),
    rows.map((row) => row.declaration_occurred_at),
    rows.map((row) => row.unit_id),
    rows.map((row) => row.citizen_id),
    rows.map((row) => row.stays_until),
  ]);
}

// A passage comes two weeks late at most, and so does its correction: what ended before that has ended.
const ofPeople = {
  name: 'arrivals-of-people',
  text: `select province_code, declaration_id, citizen_id, trail from arrival
         where province_code = $1 and citizen_id = any(array(select m.citizen_id from people_merged(array[$1], $2::uuid[]) m))
           and (left_at is null or left_at > $3::timestamptz - interval '15 days')`,
};

export function arrivalsOf(
  tx: Transaction,
  province: string,
  people: readonly Person[],
  passages: readonly FollowedPassage[],
): Promise<StandingArrival[]> {
  const first = new Date(Math.min(...passages.map(({ occurred_at: at }) => at.getTime())));
  return tx.rows<StandingArrival>(ofPeople, [province, people.map(({ citizen_id: id }) => id), first]);
}

const elsewhere = {
  name: 'elsewhere-after-arrival',
  text: `select w.province as province_code, w.id as declaration_id, min(p.occurred_at) as at
         from unnest($1::text[], $2::uuid[], $3::uuid[], $4::timestamptz[]) as w (province, id, citizen, since)
         cross join lateral people_merged(array[w.province], array[w.citizen]) m
         join passage p on p.province_code = w.province and p.citizen_id = m.citizen_id and p.occurred_at > w.since
           and p.declaration_id is distinct from w.id and p.decision = 'ADMITTED'
         where not exists (
           select from passage c where c.province_code = p.province_code and c.corrects = p.id and c.occurred_at = p.occurred_at)
         group by 1, 2`,
};

/** When these people first passed in their province after they had come in, on anything else: out of it, or to another place. */
export function elsewhereAfter(
  tx: Transaction,
  stays: ReadonlyArray<StandingArrival & Stay>,
): Promise<Array<ArrivalKey & { at: Date }>> {
  const inside = stays.filter(({ lastInAt }) => lastInAt !== null);
  return tx.rows(elsewhere, [
    inside.map((stay) => stay.province_code),
    inside.map((stay) => stay.declaration_id),
    inside.map((stay) => stay.citizen_id),
    inside.map((stay) => stay.lastInAt),
  ]);
}

const settle = {
  name: 'settle-arrivals',
  text: `update arrival a set trail = w.trail, came_at = w.came_at, came_through = w.came_through, left_at = w.left_at
         from unnest($1::text[], $2::uuid[], $3::jsonb[], $4::timestamptz[], $5::uuid[], $6::timestamptz[])
           as w (province, id, trail, came_at, came_through, left_at)
         where a.province_code = w.province and a.declaration_id = w.id`,
};

export async function settleArrivals(
  tx: Transaction,
  stays: ReadonlyArray<StandingArrival & Stay & { leftAt: Date | null }>,
): Promise<void> {
  await tx.rows(settle, [
    stays.map((stay) => stay.province_code),
    stays.map((stay) => stay.declaration_id),
    stays.map((stay) => JSON.stringify(stay.trail)),
    stays.map((stay) => stay.cameAt),
    stays.map((stay) => stay.cameThrough),
    stays.map((stay) => stay.leftAt),
  ]);
}
