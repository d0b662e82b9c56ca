import type { Transaction } from '../../platform/database/transaction.ts';

/** A citizen of one person: whom they stand as in their province, and one of their citizens, there or in another province. */
export interface SamePersonRow {
  province_code: string;
  /** Of the citizen that was asked for, or of one that shares a number with them. */
  citizen_id: string;
  kept_id: string;
  /** One whom a number says to be the same; itself, where none does. */
  same_province: string;
  same_id: string;
}

const same = {
  name: 'same-people',
  text: `with asked as materialized (
           select w.province_code, array_agg(distinct w.id) as ids from unnest($2::text[], $3::uuid[]) as w (province_code, id) group by 1)
         , here as materialized (
           select a.province_code, m.citizen_id, m.kept_id from asked a cross join lateral people_merged(array[a.province_code], a.ids) m)
         , elsewhere as materialized (
           select distinct h.province_code as of_province, h.kept_id as of_id, o.province_code, o.citizen_id
           from here h
           cross join lateral (
             select k.hmac, k.hmac_next from citizen_document k where k.province_code = h.province_code and k.citizen_id = h.citizen_id offset 0) k
           cross join lateral (
             select o.province_code, o.citizen_id from citizen_document o
             where o.province_code = any($1) and o.hmac in (k.hmac, k.hmac_next) and o.province_code <> h.province_code offset 0) o)
         , there as materialized (
           select e.province_code, m.citizen_id, m.kept_id
           from (select province_code, array_agg(distinct citizen_id) as ids from elsewhere group by 1) e
           cross join lateral people_merged(array[e.province_code], e.ids) m)
         select h.province_code, h.citizen_id, h.kept_id, h.province_code as same_province, h.kept_id as same_id from here h
         union
         select t.province_code, t.citizen_id, t.kept_id, t.province_code, t.kept_id from there t
         union
         select t.province_code, t.citizen_id, t.kept_id, e.of_province, e.of_id
         from elsewhere e join there t on t.province_code = e.province_code and t.citizen_id = e.citizen_id`,
};

/** Who these are: whom they are merged with, and by their numbers who they are in the other provinces. */
export function samePeople(
  tx: Transaction,
  provinces: readonly string[],
  asked: ReadonlyArray<{ province: string; id: string }>,
): Promise<SamePersonRow[]> {
  return tx.rows<SamePersonRow>(same, [provinces, asked.map(({ province }) => province), asked.map(({ id }) => id)]);
}
