import { everyProvince, type Transaction } from '../platform/database/transaction.ts';
import type { EventHandler } from '../platform/outbox/event-handler.ts';
import { provinceCodes } from '../territory/provinces.service.ts';
import { casesByIds } from './cases.queries.ts';
import { confirmedTopic, readConfirmed, type ConfirmedCases } from './confirmed-cases.events.ts';
import { markPositive } from './contacts-become-cases.ts';
import { citizensOfEach } from './same-citizens.ts';
import { citizenOf } from './trace/traced-people.ts';
import { traceOpenAgain } from './trace-orders.queries.ts';

/**
 * Whoever became a case beyond the reach of those who follow them as a contact: their task says so, and its case is traced again. In
 * nobody's name: neither side learns of the other's tracer, unit or case.
 */
export const contactsElsewhere = (now: () => Date): EventHandler => ({
  name: 'contacts-elsewhere',
  topics: [confirmedTopic],
  async handle(tx, province, events) {
    const provinces = await provinceCodes(tx);
    await tx.changeScope(everyProvince);
    for (const event of events) await follow(tx, province, provinces, readConfirmed(event), now());
  },
});

async function follow(
  tx: Transaction,
  province: string,
  provinces: readonly string[],
  { caseIds, reached }: ConfirmedCases,
  at: Date,
): Promise<void> {
  const own = { provinces: [province], unitIds: null, checkpointIds: null };
  const confirmed = (await casesByIds(tx, own, caseIds)).filter(({ status }) => status === 'CONFIRMED');
  if (confirmed.length === 0) return;
  const citizens = (await citizensOfEach(tx, provinces, confirmed.map(citizenOf))).flat();
  const beyond = citizens.filter((citizen) => !reached.includes(citizen.province));
  const marked = await markPositive(tx, beyond, at, { actorId: null, role: 'WORKER', unitId: null });
  await traceOpenAgain(tx, marked, at);
}
