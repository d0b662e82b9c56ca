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
             do update set kind = excluded.kind, since = least(watched_person.since, excluded.since), until = excluded.until)
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

const unwatch = {
  name: 'unwatch-people',
  text: `with listed as (
           delete from watched_person where province_code = any($1) and case_id = $2 and ($3::uuid[] is null or citizen_id = any($3)))
         delete from watched_document where province_code = any($1) and case_id = $2 and ($3::uuid[] is null or citizen_id = any($3))`,
};

/** Ends the watch of a case, of these people or of all. */
export async function unwatchPeople(
  tx: Transaction,
  provinces: readonly string[],
  caseId: string,
  citizenIds: readonly string[] | null,
): Promise<void> {
  await tx.rows(unwatch, [provinces, caseId, citizenIds]);
}
