import { wholeProvinces, type Transaction } from '../../platform/database/transaction.ts';
import type { EventHandler } from '../../platform/outbox/event-handler.ts';
import { passageIdsOf, passageTopics } from '../recorded.events.ts';
import {
  arrivalsOf,
  declaredOf,
  elsewhereAfter,
  lockPeople,
  passagesOf,
  settleArrivals,
  startArrivals,
  type ArrivalKey,
  type FollowedPassage,
  type StandingArrival,
} from './follow-arrivals.queries.ts';
import { mergeTrails, stayOf, type Trail } from './trail.ts';

/**
 * Keeps arrivals as the passages have them: recorded, late, corrected, of a form that was keyed in after. Whatever the order and however
 * often, the same arrivals: what is known of a declaration's passages only grows, and what else the person did is read anew.
 */
export const followArrivals: EventHandler = {
  name: 'arrivals',
  topics: passageTopics,
  async handle(tx, province, events) {
    const passages = await passagesOf(tx, province, passageIdsOf(events));
    if (passages.length === 0) return;
    const provinces = passages.flatMap((passage) => passage.declaration_province ?? []);
    await tx.changeScope(wholeProvinces([...new Set([province, ...provinces])]));
    const arrivals = await touchedArrivals(tx, province, passages);
    const known = trailsOf(passages);
    await settle(
      tx,
      arrivals.map((arrival) => ({ ...arrival, trail: mergeTrails(arrival.trail, known.get(keyOf(arrival)) ?? {}) })),
    );
  },
};

/** Those of the declarations that were passed on, and those that the person's later passages here may have ended. Nobody else changes them meanwhile. */
async function touchedArrivals(
  tx: Transaction,
  here: string,
  passages: readonly FollowedPassage[],
): Promise<StandingArrival[]> {
  const declared = await declaredOf(tx, passages);
  const people = passages.flatMap(({ citizen_id: id }) => (id ? [{ province_code: here, citizen_id: id }] : []));
  await lockPeople(tx, [...declared, ...people]);
  const own = await startArrivals(tx, declared);
  const keys = new Set(own.map(keyOf));
  const others = await arrivalsOf(tx, here, people, passages);
  return [...own, ...others.filter((arrival) => !keys.has(keyOf(arrival)))];
}

async function settle(tx: Transaction, arrivals: readonly StandingArrival[]): Promise<void> {
  const stays = arrivals.map((arrival) => ({ ...arrival, ...stayOf(arrival.trail) }));
  const elsewhere = new Map((await elsewhereAfter(tx, stays)).map((row) => [keyOf(row), row.at]));
  await settleArrivals(
    tx,
    stays.map((stay) => ({ ...stay, leftAt: earlier(stay.outAt, elsewhere.get(keyOf(stay)) ?? null) })),
  );
}

const keyOf = ({ province_code, declaration_id }: ArrivalKey) => `${province_code}/${declaration_id}`;

const earlier = (one: Date | null, other: Date | null): Date | null =>
  one && other ? (one < other ? one : other) : (one ?? other);

/** What these passages tell of the declarations they were made on. */
function trailsOf(passages: readonly FollowedPassage[]): Map<string, Trail> {
  const trails = new Map<string, Trail>();
  for (const {
    id,
    declaration_province,
    declaration_id,
    occurred_at,
    direction,
    checkpoint_id,
    corrected,
  } of passages) {
    if (!declaration_province || !declaration_id) continue;
    const key = keyOf({ province_code: declaration_province, declaration_id });
    const step = { at: occurred_at.toISOString(), direction, checkpointId: checkpoint_id, corrected };
    trails.set(key, mergeTrails(trails.get(key) ?? {}, { [id]: step }));
  }
  return trails;
}
