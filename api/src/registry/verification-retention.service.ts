import { purgePageSize, type PurgePage } from '../platform/database/purging.ts';

const drop = {
  name: 'drop-verifications-of-nobody',
  text: `delete from registry_verification v where v.province_code = $1 and v.citizen_id in (
           select r.citizen_id from registry_verification r
           where r.province_code = $1 and not exists (select from citizen c where c.province_code = $1 and c.id = r.citizen_id)
           order by r.citizen_id limit $2)
         returning v.citizen_id as id`,
};

/** A verdict goes with its person; also one that was enqueued while the person was being erased. */
export const dropVerificationsOfNobody: PurgePage = async (tx, province) =>
  (await tx.rows<{ id: string }>(drop, [province, purgePageSize])).map(({ id }) => id);
