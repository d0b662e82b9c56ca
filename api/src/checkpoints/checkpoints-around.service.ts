import type { Transaction } from '../platform/database/transaction.ts';
import { uuid7Time } from '../platform/shared/uuid7.ts';
import type { Closing } from './closing.ts';

export { isClosedAt, type Closing } from './closing.ts';

/** A checkpoint as far as scanning and recording need it. */
export interface KnownCheckpoint extends Closing {
  id: string;
  unitId: string;
  provinceCode: string;
  place: { latitude: number; longitude: number } | null;
}

interface Row {
  id: string;
  unit_id: string;
  province_code: string;
  active: boolean;
  closes_at: Date | null;
  latitude: number | null;
  longitude: number | null;
}

const around = {
  name: 'checkpoints-around',
  text: `select id, unit_id, province_code, active, closes_at, latitude, longitude from checkpoint
         where province_code in (select province_code from checkpoint where id = any($1))`,
};

/** All checkpoints of the provinces that these lie in, by id: how fast a pass can travel is judged by them. */
export async function checkpointsAround(
  tx: Transaction,
  ids: readonly string[],
): Promise<Map<string, KnownCheckpoint>> {
  const rows = await tx.rows<Row>(around, [ids.filter((id) => uuid7Time(id) !== null)]);
  return new Map(rows.map((row) => [row.id, toKnown(row)]));
}

function toKnown({ id, unit_id, province_code, active, closes_at, latitude, longitude }: Row): KnownCheckpoint {
  const place = latitude === null || longitude === null ? null : { latitude, longitude };
  return { id, unitId: unit_id, provinceCode: province_code, active, closesAt: closes_at, place };
}
