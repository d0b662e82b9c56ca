import type { Database } from '../../platform/database/database.ts';
import { purgePageSize, type PurgePage } from '../../platform/database/purging.ts';
import { everyProvince, inTransaction, wholeProvinces } from '../../platform/database/transaction.ts';
import { expireSome, provincesWithPastExports } from './export-orders.queries.ts';

/** Deletes every file whose time is over. */
export async function expireExports(database: Database, at: Date): Promise<void> {
  const provinces = await inTransaction(database, everyProvince, (tx) => provincesWithPastExports(tx, at));
  for (const province of provinces)
    for (let some = 1; some > 0;)
      some = await inTransaction(database, wholeProvinces([province]), (tx) => expireSome(tx, province, at));
}

const drop = {
  name: 'drop-past-exports',
  text: `with page as materialized (
           select id from export where province_code = $1 and asked_at < $2 and due_at is null order by id limit $3)
         , parts as (delete from export_part p using page where p.province_code = $1 and p.export_id = page.id)
         delete from export e using page where e.province_code = $1 and e.id = page.id returning e.id`,
};

/** That a file was asked for is forgotten here long after the file is gone; the audit trail keeps it. */
export const dropExportsPastTime: PurgePage = async (tx, province, before) =>
  (await tx.rows<{ id: string }>(drop, [province, before, purgePageSize])).map(({ id }) => id);
