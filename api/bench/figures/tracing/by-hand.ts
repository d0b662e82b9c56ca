import type pg from 'pg';
import type { Transaction } from '#api/platform/database/transaction.ts';
import { infectiousWindow } from '#api/tracing/case.row.ts';
import {
  meetingsByCompanions,
  meetingsByPassages,
  presencesAtAddresses,
  type FrontierRows,
  type PresenceRow,
} from '#api/tracing/trace/meetings.queries.ts';
import { samePeople } from '#api/tracing/trace/traced-people.queries.ts';
import { contactsWorkedOn, namedContacts, reviewsOfCase } from '#api/tracing/trace/trace.queries.ts';
import { generations, type BenchCase } from './traced.ts';

const mostInHousehold = 15;
const mostRows = 64;

/**
 * The same statements, level by level, sent by pg and read into maps: documents, addresses and reviews as a search needs them, and nothing
 * of evidence, links, merging or progress. Answers since when each person could have been infected.
 */
export async function traceByHand(
  client: pg.Client,
  provinces: readonly string[],
  { order, row }: BenchCase,
  at: Date,
): Promise<Map<string, number>> {
  await client.query('begin');
  await client.query({ name: 'scope', text: 'select set_scope($1, $2, $3)', values: ['*', '*', ''] });
  const rows = async (statement: { name: string; text: string }, values: unknown[]) =>
    (await client.query<pg.QueryResultRow>({ ...statement, values })).rows;
  const tx = { rows } as unknown as Transaction;
  await namedContacts(tx, order);
  const until = new Map(
    (await contactsWorkedOn(tx, provinces, row.id)).map((one) => [one.citizen_id, one.isolated_at?.getTime()]),
  );
  const dismissed = new Set(
    (await reviewsOfCase(tx, provinces, row.id)).map((one) => one.source_id + one.target_id + one.kind),
  );
  const kept = new Map<string, string>();
  const learn = async (people: Array<{ province: string; id: string }>) => {
    const unknown = people.filter(({ id }) => !kept.has(id));
    if (unknown.length > 0)
      for (const one of await samePeople(tx, provinces, unknown)) kept.set(one.citizen_id, one.same_id);
  };
  await learn([{ province: row.province_code, id: row.citizen_id }]);
  const now = at.getTime();
  const since = new Map<string, number>();
  let frontier = new Map([[row.citizen_id, infectiousWindow(row, at)]]);
  for (let generation = 1; generation <= generations && frontier.size > 0; generation += 1) {
    const asked = toRows(frontier, row.province_code);
    const met = [
      ...(await meetingsByPassages(tx, asked, order.window_minutes)),
      ...(await meetingsByCompanions(tx, asked)),
    ];
    const presences = await presencesAtAddresses(tx, asked, mostRows);
    await learn([...met, ...presences].map((one) => ({ province: one.province_code, id: one.citizen_id })));
    const next = new Map<string, { since: number; until: number }>();
    const meet = (source: string, other: string, when: number, kind: string) => {
      const target = kept.get(other) ?? other;
      if (target === source || target === row.citizen_id || when >= (since.get(target) ?? Infinity)) return;
      if (dismissed.has(source + target + kind) || when >= (next.get(target)?.since ?? Infinity)) return;
      next.set(target, { since: when, until: until.get(target) ?? now });
    };
    for (const one of met)
      meet(
        asked.citizenIds[one.place] ?? '',
        one.citizen_id,
        Math.max(one.source_at.getTime(), one.target_at.getTime()),
        one.kind,
      );
    for (const home of Map.groupBy(presences, (one) => `${one.unit_id}/${one.key}`).values())
      atHome(home, frontier, meet);
    for (const [person, window] of next) since.set(person, window.since);
    frontier = next;
  }
  await client.query('commit');
  return since;
}

const toRows = (frontier: Map<string, { since: number; until: number }>, province: string): FrontierRows => ({
  places: [...frontier.keys()].map((_, place) => place),
  provinces: [...frontier.keys()].map(() => province),
  citizenIds: [...frontier.keys()],
  since: [...frontier.values()].map((window) => new Date(window.since)),
  until: [...frontier.values()].map((window) => new Date(window.until)),
});

function atHome(
  home: PresenceRow[],
  frontier: Map<string, { since: number; until: number }>,
  meet: (source: string, other: string, when: number, kind: string) => void,
): void {
  if (new Set(home.map((one) => one.citizen_id)).size > mostInHousehold) return;
  for (const own of home) {
    const window = own.place === null ? undefined : frontier.get(own.citizen_id);
    if (!window) continue;
    for (const other of home) {
      if (other.place !== null) continue;
      const when = Math.max(window.since, own.from_at?.getTime() ?? 0, other.from_at?.getTime() ?? 0);
      const end = Math.min(window.until, own.until_at?.getTime() ?? Infinity, other.until_at?.getTime() ?? Infinity);
      if (when <= end) meet(own.citizen_id, other.citizen_id, when, 'SAME_HOUSEHOLD');
    }
  }
}
