import { writeAudit } from '../../platform/audit/audit.ts';
import type { Transaction } from '../../platform/database/transaction.ts';
import { vietnamDate } from '../../platform/shared/vietnam-date.ts';
import { endHoldsFor, holdPeople } from '../../people/holds.service.ts';
import { unwatchPeople } from '../../watchlist/watch-list.service.ts';
import { ruleSetByCode } from '../cases.queries.ts';
import { Meetings } from './meetings.ts';
import { searchContacts, type FoundLink, type PersonKey, type Traced } from './search.ts';
import { storeContacts, storeExposures, unlinkOthers, type ContactToStore } from './store-contacts.queries.ts';
import { TracedPeople, type Citizen } from './traced-people.ts';
import {
  caseOfTrace,
  dismissedLinks,
  endTrace,
  finishTrace,
  isolatedContacts,
  namedContacts,
  type TracedCase,
  type TraceOrder,
} from './trace.queries.ts';

export interface Tracing {
  provinces: readonly string[];
  claim: string;
  at: Date;
  /** A trace of more people waits for a second tracer. */
  mostUnapproved: number;
  progress: (generation: number, people: number) => Promise<void>;
}

const dayMs = 86_400_000;

/** One trace, in a transaction that reaches every province: who met whom, each contact a task, and how large it was. */
export async function traceCase(tx: Transaction, order: TraceOrder, tracing: Tracing): Promise<void> {
  const row = await caseOfTrace(tx, order);
  if (!row || row.closed_at) return letGo(tx, order, tracing);
  const began = performance.now();
  const people = new TracedPeople(tx, tracing.provinces, row.province_code);
  const { traced, meetings } = await search(tx, order, row, people, tracing);
  const status = traced.stopped ? 'AWAITING_APPROVAL' : 'READY';
  const counts = traced.stopped ? [] : countsOf(traced, people);
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
  if (!done) return;
  if (!traced.stopped) await store(tx, row, people, traced, tracing);
  await enter(tx, order, row, traced, status);
}

async function search(tx: Transaction, order: TraceOrder, row: TracedCase, people: TracedPeople, tracing: Tracing) {
  const home = row.province_code;
  const named = (await namedContacts(tx, order)).map(({ id, one_id, other_id, met_at }) => ({
    id,
    one: { province: home, id: one_id },
    other: { province: home, id: other_id },
    metAt: met_at,
  }));
  const start = { province: home, id: row.citizen_id };
  await people.learn([start, ...named.flatMap(({ one, other }) => [one, other])]);
  const meetings = new Meetings(tx, people, order.window_minutes, named);
  const isolated = await isolatedContacts(tx, tracing.provinces, row.id);
  const untilOf = new Map(isolated.map((one) => [`${one.province_code}/${one.citizen_id}`, one.isolated_at.getTime()]));
  const dismissed = new Set(
    (await dismissedLinks(tx, tracing.provinces, row.id)).map((link) =>
      [link.source_id, link.target_id, link.kind].join(),
    ),
  );
  const idOf = (key: PersonKey) => people.standingOf(key).id;
  const now = tracing.at.getTime();
  const traced = await searchContacts({
    start: people.keyOf(start),
    window: {
      since: row.infectious_from.getTime(),
      until: Math.min(row.infectious_until.getTime(), row.isolated_at?.getTime() ?? Infinity, now),
    },
    generations: order.generations,
    most: order.approved_at ? Infinity : tracing.mostUnapproved,
    untilOf: (key) => untilOf.get(rowKeyOf(people.standingOf(key))) ?? now,
    isDismissed: ({ source, target, kind }) => dismissed.has([idOf(source), idOf(target), kind].join()),
    meetingsOf: (frontier) => meetings.of(frontier),
    progress: tracing.progress,
  });
  return { traced, meetings };
}

const rowKeyOf = ({ province, id }: Citizen) => `${province}/${id}`;

/** How many are where: what a reader may know of those beyond their reach. */
function countsOf(
  { reached }: Traced,
  people: TracedPeople,
): Array<{ province: string; generation: number; count: number }> {
  const counts = new Map<string, { province: string; generation: number; count: number }>();
  for (const [key, { generation }] of reached) {
    const { province } = people.standingOf(key);
    const known = counts.get(`${province}/${generation}`) ?? { province, generation, count: 0 };
    counts.set(`${province}/${generation}`, { ...known, count: known.count + 1 });
  }
  return [...counts.values()];
}

async function store(
  tx: Transaction,
  row: TracedCase,
  people: TracedPeople,
  traced: Traced,
  { provinces, at }: Tracing,
): Promise<void> {
  const { isolationDays } = await ruleSetByCode(tx, row.rule_set);
  const contacts = contactsOf(traced, people, isolationDays);
  await unlinkOthers(tx, provinces, row.id, contacts);
  await storeContacts(tx, { province: row.province_code, caseId: row.id, at }, contacts);
  await storeExposures(
    tx,
    provinces,
    row.id,
    traced.links.map((link) => toStore(link, people)),
  );
  const held = contacts.filter(({ exposures }) => exposures > 0);
  await holdPeople(tx, held, reasonOf(row.id), at);
}

const reasonOf = (caseId: string) => `contact of case ${caseId}`;

function contactsOf({ reached, links }: Traced, people: TracedPeople, isolationDays: number): ContactToStore[] {
  return [...Map.groupBy(links, ({ target }) => target)].map(([key, own]) => {
    const counted = own.filter(({ dismissed }) => !dismissed);
    const times = (counted.length > 0 ? counted : own).map(({ at }) => at);
    const [firstAt, lastAt] = [new Date(Math.min(...times)), new Date(Math.max(...times))];
    const { generation } = reached.get(key) ?? { generation: Math.min(...own.map((link) => link.generation)) };
    const until = vietnamDate(new Date(lastAt.getTime() + isolationDays * dayMs));
    return { ...people.standingOf(key), generation, firstAt, lastAt, exposures: counted.length, until };
  });
}

function toStore({ source, target, at, ...link }: FoundLink, people: TracedPeople) {
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
  await writeAudit(tx, {
    provinceCode: row.province_code,
    actorId: order.asked_by,
    role: 'TRACER',
    unitId: order.asked_unit_id,
    action: 'case.trace',
    subjectKind: 'citizen',
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
  await unwatchPeople(tx, provinces, order.case_id, null);
  await endHoldsFor(tx, provinces, reasonOf(order.case_id), at);
  await endTrace(tx, order);
}
