import type { Transaction } from '../platform/database/transaction.ts';

export type WatchKind = 'CASE' | 'CONTACT';

/** For which case somebody is watched, and until when; null: until it is closed. */
export interface Watch {
  provinceCode: string;
  caseId: string;
  kind: WatchKind;
  since: Date;
  until: Date | null;
}

const watch = {
  name: 'watch-people',
  text: `with listed as (
           insert into watched_person (province_code, case_id, citizen_id, kind, since, until)
           select $1, $2, id, $4, $5, $6 from unnest($3::uuid[]) as w (id) order by id
           on conflict on constraint watched_person_pkey
             do update set kind = excluded.kind, since = least(watched_person.since, excluded.since), until = excluded.until)
         insert into watched_document (province_code, case_id, citizen_id, hmac)
         select distinct $1, $2::uuid, w.id, h.hmac from unnest($3::uuid[]) as w (id)
         cross join lateral people_merged(array[$1::text], array[w.id]) m
         join citizen_document k on k.province_code = $1 and k.citizen_id = m.citizen_id
         cross join lateral (values (k.hmac), (k.hmac_next)) as h (hmac)
         where h.hmac is not null
         on conflict do nothing`,
};

/** From now on these people of a province stop every scan, wherever, under whichever of their numbers. */
export async function watchPeople(tx: Transaction, watched: Watch, citizenIds: readonly string[]): Promise<void> {
  if (citizenIds.length === 0) return;
  const { provinceCode, caseId, kind, since, until } = watched;
  await tx.rows(watch, [provinceCode, caseId, citizenIds, kind, since, until]);
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
