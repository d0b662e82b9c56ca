import type { Transaction } from '../database/transaction.ts';
import { newUuid7, uuid7Time } from '../shared/uuid7.ts';

export interface NewEvent {
  provinceCode: string;
  payload: object;
}

const insert = {
  name: 'write-events',
  text: `insert into outbox (province_code, id, created_at, topic, payload)
         select e.province_code, e.id, e.at, $1, e.payload
         from unnest($2::text[], $3::uuid[], $4::timestamptz[], $5::jsonb[]) as e (province_code, id, at, payload)`,
};

/** Writes events with what they tell of: in its transaction, in one statement. */
export async function writeEvents(tx: Transaction, topic: string, events: readonly NewEvent[]): Promise<void> {
  if (events.length === 0) return;
  const provinces = events.map(({ provinceCode }) => provinceCode);
  const ids = events.map(() => newUuid7());
  const times = ids.map((id) => new Date(uuid7Time(id) ?? 0));
  await tx.rows(insert, [topic, provinces, ids, times, events.map(({ payload }) => JSON.stringify(payload))]);
}
