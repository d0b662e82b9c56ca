import { purgePageSize, type PurgePage } from '../../platform/database/purging.ts';
import { vietnamDate } from '../../platform/shared/vietnam-date.ts';

const dropUse = {
  name: 'drop-partner-use',
  text: `delete from partner_use u where (u.app_id, u.day) in (
           select r.app_id, r.day from partner_use r where r.province_code = $1 and r.day < $2 order by r.day limit $3)
         returning u.app_id || '-' || u.day as id`,
};
const dropErrors = {
  name: 'drop-partner-errors',
  text: `delete from partner_error e where (e.app_id, e.id) in (
           select r.app_id, r.id from partner_error r where r.province_code = $1 and r.at < $2 order by r.id limit $3)
         returning e.id`,
};

/** Days of use of long ago; the minute that a budget counts is always of today. */
export const dropUsePastTime: PurgePage = async (tx, province, before) =>
  (await tx.rows<{ id: string }>(dropUse, [province, vietnamDate(before), purgePageSize])).map(({ id }) => id);

export const dropErrorsPastTime: PurgePage = async (tx, province, before) =>
  (await tx.rows<{ id: string }>(dropErrors, [province, before, purgePageSize])).map(({ id }) => id);
