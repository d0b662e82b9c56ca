import type { Transaction } from '../platform/database/transaction.ts';

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
