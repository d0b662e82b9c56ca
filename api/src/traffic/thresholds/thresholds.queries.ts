import type { Transaction } from '../../platform/database/transaction.ts';
import type { Thresholds } from './thresholds.ts';

interface Row extends Thresholds {
  unitId: string;
}

const columns = `unit_id as "unitId", surge_factor as "surgeFactor", surge_at_least as "surgeAtLeast", silence_minutes as "silenceMinutes",
  refusal_percent as "refusalPercent", refusal_at_least as "refusalAtLeast", watch_list_minutes as "watchListMinutes"`;
const all = { name: 'traffic-thresholds', text: `select ${columns} from traffic_threshold` };
const save = {
  name: 'save-traffic-thresholds',
  text: `insert into traffic_threshold as t (unit_id, surge_factor, surge_at_least, silence_minutes, refusal_percent, refusal_at_least,
           watch_list_minutes, updated_at) values ($1, $2, $3, $4, $5, $6, $7, $8)
         on conflict on constraint traffic_threshold_pkey do update set surge_factor = excluded.surge_factor,
           surge_at_least = excluded.surge_at_least, silence_minutes = excluded.silence_minutes, refusal_percent = excluded.refusal_percent,
           refusal_at_least = excluded.refusal_at_least, watch_list_minutes = excluded.watch_list_minutes, updated_at = excluded.updated_at`,
};

/** All that were ever set, by unit: a unit has one row at most, and few have any. */
export async function readThresholds(tx: Transaction): Promise<Map<string, Thresholds>> {
  const rows = await tx.rows<Row>(all, []);
  return new Map(rows.map(({ unitId, ...thresholds }) => [unitId, thresholds]));
}

export async function writeThresholds(tx: Transaction, unitId: string, set: Thresholds, at: Date): Promise<void> {
  const { surgeFactor, surgeAtLeast, silenceMinutes, refusalPercent, refusalAtLeast, watchListMinutes } = set;
  await tx.rows(save, [
    unitId,
    surgeFactor,
    surgeAtLeast,
    silenceMinutes,
    refusalPercent,
    refusalAtLeast,
    watchListMinutes,
    at,
  ]);
}
