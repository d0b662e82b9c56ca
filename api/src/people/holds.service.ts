import type { Transaction } from '../platform/database/transaction.ts';
import { newUuid7 } from '../platform/shared/uuid7.ts';

export interface Hold {
  id: string;
  provinceCode: string;
  citizenId: string;
  /** What holds the person: an open case. */
  reason: string;
}

// Erasing takes the same turn: nobody is erased who is being held, and nobody held who is being erased.
const takeTurn = { name: 'turn-of-person', text: 'select pg_advisory_xact_lock(hashtextextended($1, 0))' };
const place = {
  name: 'place-hold',
  text: `insert into citizen_hold (province_code, id, citizen_id, reason, since)
         select $1, $2, c.id, $4, $5 from citizen c where c.province_code = $1 and c.id = $3
         on conflict do nothing`,
};
const end = {
  name: 'end-hold',
  text: 'update citizen_hold set ended_at = $3 where province_code = $1 and id = $2 and ended_at is null',
};

/** What a person left here stays until the hold ends: retention and erasure go around it. Placed twice it is one. */
export async function placeHold(
  tx: Transaction,
  { provinceCode, id, citizenId, reason }: Hold,
  at: Date,
): Promise<void> {
  await tx.rows(takeTurn, [citizenId]);
  await tx.rows(place, [provinceCode, id, citizenId, reason, at]);
}

export async function endHold(tx: Transaction, hold: Pick<Hold, 'provinceCode' | 'id'>, at: Date): Promise<void> {
  await tx.rows(end, [hold.provinceCode, hold.id, at]);
}

const holdAll = {
  name: 'hold-people',
  text: `insert into citizen_hold (province_code, id, citizen_id, reason, since)
         select w.province_code, w.id, w.citizen_id, $4, $5 from unnest($1::text[], $2::uuid[], $3::uuid[]) as w (province_code, id, citizen_id)
         where not exists (select from citizen_hold h
           where h.province_code = w.province_code and h.citizen_id = w.citizen_id and h.reason = $4 and h.ended_at is null)
         on conflict do nothing`,
};
const takeTurns = {
  name: 'turns-of-people',
  text: 'select pg_advisory_xact_lock(turn) from (select hashtextextended(unnest($1::text[]), 0) as turn order by 1) t',
};

/** Holds many, wherever they are, for one reason; who is held for it already is not held twice. */
export async function holdPeople(
  tx: Transaction,
  people: ReadonlyArray<{ province: string; id: string }>,
  reason: string,
  at: Date,
): Promise<void> {
  if (people.length === 0) return;
  const ids = people.map(({ id }) => id);
  await tx.rows(takeTurns, [ids]);
  const holds = ids.map(() => newUuid7(at.getTime()));
  await tx.rows(holdAll, [people.map(({ province }) => province), holds, ids, reason, at]);
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
