import { purgePageSize, type PurgePage } from '../../platform/database/purging.ts';

const drop = {
  name: 'drop-arrivals-past-time',
  text: `delete from arrival a where a.province_code = $1 and a.declaration_id in (
           select r.declaration_id from arrival r
           where r.province_code = $1 and r.declaration_occurred_at < $2 and not exists (
             select from declaration d where d.province_code = $1 and d.id = r.declaration_id and d.occurred_at = r.declaration_occurred_at)
           order by r.declaration_occurred_at limit $3)
         returning a.declaration_id as id`,
};

/** An arrival goes after its declaration: by then it names nobody. */
export const dropArrivalsPastTime: PurgePage = async (tx, province, before) =>
  (await tx.rows<{ id: string }>(drop, [province, before, purgePageSize])).map(({ id }) => id);
