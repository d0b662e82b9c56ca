import { z } from 'zod';
import type { OutboxEvent } from '../platform/outbox/event-handler.ts';
import type { Transaction } from '../platform/database/transaction.ts';
import { newUuid7, uuid7Time } from '../platform/shared/uuid7.ts';
import type { CaseRow } from './case.row.ts';

export const confirmedTopic = 'cases.confirmed';

/** Cases of one province that were confirmed. In `reached`, the provinces of whoever did it, all is done that follows. */
const told = z.object({ caseIds: z.array(z.uuid()), reached: z.array(z.string()) });
export type ConfirmedCases = z.infer<typeof told>;

export const readConfirmed = ({ payload }: OutboxEvent): ConfirmedCases => told.parse(payload);

const insert = {
  name: 'cases-confirmed',
  text: `insert into outbox (province_code, id, created_at, topic, payload)
         select e.province_code, e.id, e.at, $1, e.payload
         from unnest($2::text[], $3::uuid[], $4::timestamptz[], $5::jsonb[]) as e (province_code, id, at, payload)`,
};

/** Written with what it tells of, one event a province. */
export async function tellConfirmed(
  tx: Transaction,
  reached: readonly string[],
  confirmed: ReadonlyArray<Pick<CaseRow, 'province_code' | 'id'>>,
): Promise<void> {
  const byProvince = Map.groupBy(confirmed, ({ province_code }) => province_code);
  const ids = [...byProvince.keys()].map(() => newUuid7());
  const times = ids.map((id) => new Date(uuid7Time(id) ?? 0));
  const payloads = [...byProvince.values()].map((rows) => ({ caseIds: rows.map(({ id }) => id), reached }));
  const values = [[...byProvince.keys()], ids, times, payloads.map((payload) => JSON.stringify(payload))];
  await tx.rows(insert, [confirmedTopic, ...values]);
}
