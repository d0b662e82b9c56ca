import { DAY_MS } from '../../platform/shared/instant.ts';
import type { Transaction } from '../../platform/database/transaction.ts';
import { vietnamDate } from '../../platform/shared/vietnam-date.ts';
import { endHoldsFor, holdPeople, takeTurnsIn } from '../../people/holds.service.ts';
import { unwatchCase } from '../../watchlist/watch-list.service.ts';
import { infectiousWindow } from '../case.row.ts';
import { ruleSetByCode } from '../cases.queries.ts';
import { enterDeed } from '../enter-deed.ts';
import { countByProvince, type ProvinceCount } from './count-by-province.ts';
import { decisionsOn, linkKeyOf, takeAlong } from './decisions.ts';
import { Meetings } from './meetings.ts';
import { searchContacts, summarise, type FoundLink, type Traced } from './search.ts';
import {
  provincesOfContacts,
  storeContacts,
  storeExposures,
  unlinkOthers,
  type ContactToStore,
  type ExposureToStore,
} from './store-contacts.queries.ts';
import { citizenOf, TracedPeople } from './traced-people.ts';
import { caseOfTrace, endTrace, finishTrace, type TracedCase, type TraceOrder } from './trace.queries.ts';

export interface Tracing {
  provinces: readonly string[];
  claim: string;
  at: Date;
  /** A trace of more people waits for a second tracer. */
  mostUnapproved: number;
  progress: (generation: number, people: number) => Promise<void>;
}

/** The trace is another worker's by now: nothing of this one stays. */
export class TraceTaken extends Error {}

/** One trace, in a transaction that reaches every province: who met whom, each contact a task, and how large it was. */
export async function traceCase(tx: Transaction, order: TraceOrder, tracing: Tracing): Promise<void> {
  const row = await caseOfTrace(tx, order);
  if (!row || row.closed_at) return letGo(tx, order, tracing);
  const began = performance.now();
  const people = new TracedPeople(tx, tracing.provinces, row.province_code);
  const { decided, traced, meetings } = await searchCase(tx, order, row, people, tracing);
  const status = traced.stopped ? 'AWAITING_APPROVAL' : 'READY';
  const counts = traced.stopped ? [] : countsOf(traced, people);
  const contacts = traced.stopped ? [] : await contactsOf(tx, row, traced, people);
  if (!traced.stopped) {
    await takeTurns(tx, row, contacts, tracing);
    await takeAlong(tx, row.id, people, decided);
    const links = traced.links.map((link) => toStore(link, people));
    await store(tx, row, contacts, links, tracing);
  }
  // Last: whoever works on a contact holds their row first too, and then has the case traced again.
  const done = await finishTrace(tx, order, tracing.claim, {
    status,
    generation: order.generations,
    people: traced.reached.size,
    links: traced.links.length,
    counts,
    crowds: [...meetings.crowds.values()].map(({ unitId, people: count }) => ({ unitId, people: count })),
    tookMs: performance.now() - began,
    at: tracing.at,
  });
  if (!done) throw new TraceTaken();
  await enter(tx, order, row, traced, status);
}

/** Who met whom, by what was decided before; nothing is stored. */
export async function searchCase(
  tx: Transaction,
  order: TraceOrder,
  row: TracedCase,
  people: TracedPeople,
  tracing: Tracing,
) {
  const decided = await decisionsOn(tx, order, row, people, tracing);
  const meetings = new Meetings(tx, people, order.window_minutes, decided.named);
  const now = tracing.at.getTime();
  const traced = await searchContacts({
    start: people.keyOf(citizenOf(row)),
    window: infectiousWindow(row, tracing.at),
    generations: order.generations,
    most: order.approved_at ? Infinity : tracing.mostUnapproved,
    untilOf: (key) => decided.isolatedAt.get(key) ?? now,
    isDismissed: (meeting) => decided.dismissed.has(linkKeyOf(meeting)),
    meetingsOf: (frontier) => meetings.of(frontier),
    progress: tracing.progress,
  });
  return { decided, traced, meetings };
}

const countsOf = ({ reached }: Traced, people: TracedPeople): ProvinceCount[] =>
  countByProvince(
    [...reached].map(([key, { generation }]) => ({ province: people.standingOf(key).province, generation })),
  );

/** In every province whose rows this trace will write, before it writes any. */
async function takeTurns(
  tx: Transaction,
  { province_code: home, id }: TracedCase,
  contacts: readonly ContactToStore[],
  { provinces }: Tracing,
): Promise<void> {
  const before = await provincesOfContacts(tx, provinces, id);
  await takeTurnsIn(tx, [home, ...before, ...contacts.map(({ province }) => province)]);
}

async function store(
  tx: Transaction,
  row: TracedCase,
  contacts: readonly ContactToStore[],
  links: readonly ExposureToStore[],
  { provinces, at }: Tracing,
): Promise<void> {
  const held = contacts.filter(({ exposures }) => exposures > 0);
  await holdPeople(tx, held, reasonOf(row.id), at);
  await unlinkOthers(tx, provinces, row.id, contacts);
  await storeContacts(tx, { province: row.province_code, caseId: row.id, at }, contacts);
  await storeExposures(tx, provinces, row.id, links);
}

const reasonOf = (caseId: string) => `contact of case ${caseId}`;

async function contactsOf(
  tx: Transaction,
  row: TracedCase,
  traced: Traced,
  people: TracedPeople,
): Promise<ContactToStore[]> {
  const { isolationDays } = await ruleSetByCode(tx, row.rule_set);
  return [...summarise(traced)].map(([key, summary]) => {
    const until = vietnamDate(new Date(summary.lastAt.getTime() + isolationDays * DAY_MS));
    return { ...people.standingOf(key), ...summary, until };
  });
}

function toStore({ source, target, at, ...link }: FoundLink, people: TracedPeople): ExposureToStore {
  const [from, to] = [people.standingOf(source), people.standingOf(target)];
  return {
    ...link,
    province: from.province,
    sourceId: from.id,
    targetProvince: to.province,
    targetId: to.id,
    at: new Date(at),
  };
}

async function enter(
  tx: Transaction,
  order: TraceOrder,
  row: TracedCase,
  { reached, links }: Traced,
  status: string,
): Promise<void> {
  const by = { accountId: order.asked_by, unitId: order.asked_unit_id };
  await enterDeed(tx, by, {
    provinceCode: row.province_code,
    action: 'case.trace',
    subjectIds: [row.citizen_id],
    detail: {
      caseId: row.id,
      status,
      people: reached.size,
      links: links.length,
      generations: order.generations,
      windowMinutes: order.window_minutes,
    },
  });
}

/** A case that is closed or gone: nobody is watched or kept for it, in whichever province. */
async function letGo(tx: Transaction, order: TraceOrder, { provinces, at }: Tracing): Promise<void> {
  await unwatchCase(tx, provinces, order.case_id);
  await endHoldsFor(tx, provinces, reasonOf(order.case_id), at);
  await endTrace(tx, order);
}
