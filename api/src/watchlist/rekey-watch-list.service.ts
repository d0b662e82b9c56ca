import type { RekeyPage } from '../platform/crypto/rekeying.ts';

const anew = {
  name: 'hash-watch-list-anew',
  text: `with known as materialized (
           select distinct w.case_id, w.citizen_id, h.hmac from watched_person w
           cross join lateral people_merged(array[$1::text], array[w.citizen_id]) m
           join citizen_document k on k.province_code = $1 and k.citizen_id = m.citizen_id
           cross join lateral (values (k.hmac), (k.hmac_next)) as h (hmac)
           where w.province_code = $1 and h.hmac is not null)
         , gone as (
           delete from watched_document d where d.province_code = $1
             and exists (select from known k where k.case_id = d.case_id and k.citizen_id = d.citizen_id)
             and not exists (select from known k where k.case_id = d.case_id and k.citizen_id = d.citizen_id and k.hmac = d.hmac)
           returning 1)
         , added as (
           insert into watched_document (province_code, case_id, citizen_id, hmac)
           select $1, case_id, citizen_id, hmac from known on conflict do nothing returning 1)
         select (select count(*) from gone) + (select count(*) from added) as changed`,
};

/** The list's hashes are those of its people's numbers, whichever keys these stand under. The list is short: one page. */
export const rekeyWatchList: RekeyPage = async (tx, _keys, province) => {
  const [row] = await tx.rows<{ changed: string }>(anew, [province]);
  return { last: null, changed: Number(row?.changed ?? 0) };
};
