import type { Transaction } from '../platform/database/transaction.ts';

export type WatchKind = 'CASE' | 'CONTACT';

/** Who is watched, for which case. */
export interface Watched {
  provinceCode: string;
  caseId: string;
  citizenId: string;
}

/** As what, since when, and until when; null: until the case is closed. */
export interface Watch {
  kind: WatchKind;
  since: Date;
  until: Date | null;
}

const watch = {
  name: 'watch-people',
  text: `with listed as (
           insert into watched_person (province_code, case_id, citizen_id, kind, since, until)
           select w.province_code, w.case_id, w.id, $4, $5, $6 from unnest($1::text[], $2::uuid[], $3::uuid[]) as w (province_code, case_id, id)
           order by 1, 2, 3
           on conflict on constraint watched_person_pkey
             do update set kind = excluded.kind, since = least(watched_person.since, excluded.since), until = excluded.until
             where watched_person.kind = 'CONTACT' or excluded.kind = 'CASE')
         insert into watched_document (province_code, case_id, citizen_id, hmac)
         select distinct w.province_code, w.case_id, w.id, h.hmac from unnest($1::text[], $2::uuid[], $3::uuid[]) as w (province_code, case_id, id)
         cross join lateral people_merged(array[w.province_code], array[w.id]) m
         join citizen_document k on k.province_code = w.province_code and k.citizen_id = m.citizen_id
         cross join lateral (values (k.hmac), (k.hmac_next)) as h (hmac)
         where h.hmac is not null
         on conflict do nothing`,
};

/** From now on these people stop every scan, wherever, under whichever of their numbers; known already, under those that they got since. */
export async function watchPeople(
  tx: Transaction,
  { kind, since, until }: Watch,
  people: readonly Watched[],
): Promise<void> {
  if (people.length === 0) return;
  await tx.rows(watch, [
    people.map(({ provinceCode }) => provinceCode),
    people.map(({ caseId }) => caseId),
    people.map(({ citizenId }) => citizenId),
    ...[kind, since, until],
  ]);
}

const endOfContact = {
  name: 'unwatch-contact',
  text: `with person as materialized (select m.citizen_id from people_merged(array[$1::text], array[$3::uuid]) m)
         , gone as (
           delete from watched_person where province_code = $1 and case_id = $2 and kind = 'CONTACT'
             and citizen_id = any(array(select p.citizen_id from person p))
           returning citizen_id)
         delete from watched_document where province_code = $1 and case_id = $2
           and citizen_id = any(array(select g.citizen_id from gone g))`,
};

/** Ends the watch of a contact, under whichever of those who are merged with them they were listed; never that of the case itself. */
export async function unwatchContact(tx: Transaction, { provinceCode, caseId, citizenId }: Watched): Promise<void> {
  await tx.rows(endOfContact, [provinceCode, caseId, citizenId]);
}

const endOfCase = {
  name: 'unwatch-case',
  text: `with listed as (delete from watched_person where province_code = any($1) and case_id = $2)
         delete from watched_document where province_code = any($1) and case_id = $2`,
};

/** Ends the watch of a case and of all its contacts. */
export async function unwatchCase(tx: Transaction, provinces: readonly string[], caseId: string): Promise<void> {
  await tx.rows(endOfCase, [provinces, caseId]);
}
