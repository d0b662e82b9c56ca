import type pg from 'pg';
import { accountIdOf } from './insert-accounts.ts';
import { demoProvinceCode } from './places.ts';

// Two of three, by their id. The worker may have read already when they came: it does so while the rest is loaded.
const report = `
  insert into arrival (province_code, declaration_id, declaration_occurred_at, unit_id, citizen_id, stays_until, reported_at, reported_by)
  select d.province_code, d.id, d.occurred_at, d.destination_address_unit_id, d.citizen_id, d.stays_until,
    min(p.occurred_at) + interval '5 hours', $3
  from passage p join declaration d on d.province_code = p.province_code and d.id = p.declaration_id and d.occurred_at = p.declaration_occurred_at
  where p.province_code = $1 and p.direction = 'IN' and p.decision = 'ADMITTED' and p.occurred_at < $2::timestamptz - interval '6 hours'
    and get_byte(uuid_send(d.id), 15) % 3 > 0
    and not exists (select from passage c where c.province_code = p.province_code and c.corrects = p.id and c.occurred_at = p.occurred_at)
  group by d.province_code, d.id, d.occurred_at
  order by 1, 2
  on conflict on constraint arrival_pkey do update set reported_at = excluded.reported_at, reported_by = excluded.reported_by`;

/** Enters who of the demo's week reported in at their commune. When they came, the worker reads of the passages' events. */
export async function loadArrivals(owner: pg.Client, now: Date): Promise<void> {
  await owner.query('begin');
  // Waits for the worker's writes and keeps it from more: row by row, each would wait for the other.
  await owner.query('lock table arrival in share row exclusive mode');
  await owner.query(report, [demoProvinceCode, now, accountIdOf('admin.38')]);
  await owner.query('commit');
}
