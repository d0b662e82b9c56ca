import { z } from 'zod';
import type { OutboxEvent } from '../platform/outbox/event-handler.ts';
import type { Transaction } from '../platform/database/transaction.ts';
import { writeEvents } from '../platform/outbox/write-events.ts';
import type { CaseRow } from './case.row.ts';

export const confirmedTopic = 'cases.confirmed';

/** Cases of one province that were confirmed. In `reached`, the provinces of whoever did it, all is done that follows. */
const told = z.object({ caseIds: z.array(z.uuid()), reached: z.array(z.string()) });
export type ConfirmedCases = z.infer<typeof told>;

export const readConfirmed = ({ payload }: OutboxEvent): ConfirmedCases => told.parse(payload);

/** Written with what it tells of, one event a province. */
export async function tellConfirmed(
  tx: Transaction,
  reached: readonly string[],
  confirmed: ReadonlyArray<Pick<CaseRow, 'province_code' | 'id'>>,
): Promise<void> {
  const byProvince = Map.groupBy(confirmed, ({ province_code }) => province_code);
  const events = [...byProvince].map(([provinceCode, rows]) => ({
    provinceCode,
    payload: { caseIds: rows.map(({ id }) => id), reached },
  }));
  await writeEvents(tx, confirmedTopic, events);
}
