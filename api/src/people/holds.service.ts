import type { Transaction } from '../platform/database/transaction.ts';
import { newUuid7 } from '../platform/shared/uuid7.ts';

export interface Hold {
  id: string;
  provinceCode: string;
  citizenId: string;
  /** What holds the person: an open case. */
  reason: string;
}

// Erasing and merging take it alone, and before any row: so nobody is erased who is being held, and nobody waits in a circle. One
// a province, however many are held; those who hold do not wait for each other.
const takeTurns = {
  name: 'turns-of-provinces',
  text: `select pg_advisory_xact_lock_shared(hashtextextended('merging in ' || code, 0))
         from (select distinct unnest($1::text[]) as code order by 1) p`,
};

/** Until the transaction ends nobody of these provinces is erased or merged. Taken before the rows that tell of people are written. */
export async function takeTurnsIn(tx: Transaction, provinces: readonly string[]): Promise<void> {
  await tx.rows(takeTurns, [provinces]);
}

const place = {
  name: 'place-holds',
  text: `insert into citizen_hold (province_code, id, citizen_id, reason, since)
         select w.province_code, w.id, w.citizen_id, w.reason, $5
         from unnest($1::text[], $2::uuid[], $3::uuid[], $4::text[]) as w (province_code, id, citizen_id, reason)
         join citizen c on c.province_code = w.province_code and c.id = w.citizen_id
         where not exists (select from citizen_hold h
           where h.province_code = w.province_code and h.citizen_id = w.citizen_id and h.reason = w.reason and h.ended_at is null)
         on conflict do nothing`,
};

/** What these people left stays until the hold ends: retention and erasure go around it. Placed twice, for one reason, it is one. */
export async function placeHolds(tx: Transaction, holds: readonly Hold[], at: Date): Promise<void> {
  if (holds.length === 0) return;
  const provinces = holds.map(({ provinceCode }) => provinceCode);
  await takeTurnsIn(tx, provinces);
  await tx.rows(place, [
    provinces,
    holds.map(({ id }) => id),
    holds.map(({ citizenId }) => citizenId),
    holds.map(({ reason }) => reason),
    at,
  ]);
}

/** Holds many, wherever they are, for one reason. */
export const holdPeople = (
  tx: Transaction,
  people: ReadonlyArray<{ province: string; id: string }>,
  reason: string,
  at: Date,
): Promise<void> => {
  const holds = people.map(({ province: provinceCode, id: citizenId }) => ({ provinceCode, citizenId, reason }));
  return placeHolds(
    tx,
    holds.map((hold) => ({ ...hold, id: newUuid7(at.getTime()) })),
    at,
  );
};

const end = {
  name: 'end-hold',
  text: 'update citizen_hold set ended_at = $3 where province_code = $1 and id = $2 and ended_at is null',
};
export async function endHold(tx: Transaction, hold: Pick<Hold, 'provinceCode' | 'id'>, at: Date): Promise<void> {
  await tx.rows(end, [hold.provinceCode, hold.id, at]);
}

const endAll = {
  name: 'end-holds',
  text: 'update citizen_hold set ended_at = $3 where province_code = any($1) and reason = $2 and ended_at is null',
};

/** Ends all holds of a reason. */
export async function endHoldsFor(
  tx: Transaction,
  provinces: readonly string[],
  reason: string,
  at: Date,
): Promise<void> {
  await tx.rows(endAll, [provinces, reason, at]);
}
