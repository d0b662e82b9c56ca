import type { Database } from '../../platform/database/database.ts';
import { purgePageSize, type PurgePage } from '../../platform/database/purging.ts';
import { everyProvince, inTransaction, wholeProvinces } from '../../platform/database/transaction.ts';
import { reachOfNamed } from '../../territory/reach.service.ts';
import { readTerritory } from '../../territory/territory-watch.service.ts';
import type { Territory } from '../../territory/territory.service.ts';
import { expireSome, lastErasures, provincesWithFiles } from './export-orders.queries.ts';

/** Deletes every file whose time is over, or in which somebody may stand who was erased since it was asked for. */
export async function expireExports(database: Database, at: Date): Promise<void> {
  const [provinces, erasures] = await inTransaction(
    database,
    everyProvince,
    async (tx) => [await provincesWithFiles(tx), await lastErasures(tx)] as const,
  );
  if (provinces.length === 0) return;
  const territory = await readTerritory(database);
  for (const province of provinces) {
    const erased = lastOf(erasures, codesReachedFrom(territory, province));
    for (let some = 1; some > 0;)
      some = await inTransaction(database, wholeProvinces([province]), (tx) =>
        expireSome(tx, province, { at, erased }),
      );
  }
}

/** Whose rows a file of a province may hold: its own, those of what was merged into it, and of the country all. */
function codesReachedFrom(territory: Territory, province: string): readonly string[] {
  const unit = territory.bearer(province);
  return unit ? reachOfNamed(territory, unit).provinces : [province];
}

function lastOf(erasures: ReadonlyMap<string, Date>, codes: readonly string[]): Date | null {
  const times = codes.flatMap((code) => erasures.get(code)?.getTime() ?? []);
  return times.length > 0 ? new Date(Math.max(...times)) : null;
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
