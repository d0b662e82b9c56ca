/**
 * What is known of where somebody stays, the best by rank: as last declared, as known of them, where they last went or passed.
 * `person` is a condition on a citizen's id, as `= f.citizen_id`.
 */
export const staysSql = (province: string, person: string): string => `
  (select 1 as rank, d.stay_unit_id as unit_id, d.submitted_at as at from declaration d
   where d.province_code = ${province} and d.citizen_id ${person} order by d.submitted_at desc limit 1)
  union all
  select 2, c.temporary_unit_id, c.created_at from citizen c where c.province_code = ${province} and c.id ${person}
  union all
  select 3, c.permanent_unit_id, c.created_at from citizen c where c.province_code = ${province} and c.id ${person}
  union all
  (select 4, p.destination_unit_id, p.occurred_at from passage p
   where p.province_code = ${province} and p.citizen_id ${person} order by p.occurred_at desc limit 1)
  union all
  (select 5, p.unit_id, p.occurred_at from passage p
   where p.province_code = ${province} and p.citizen_id ${person} order by p.occurred_at desc limit 1)`;
