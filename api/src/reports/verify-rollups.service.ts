import type { Database } from '../platform/database/database.ts';
import { inTransaction, Transaction, wholeProvinces } from '../platform/database/transaction.ts';
import { countWholeDays } from './count-due-days.service.ts';
import { daysOf, recount, rollupsHandler } from './keep-rollups.service.ts';
import { hoursOf, type DayCell, type HourCell } from './recount.queries.ts';
import { checkpointsOf, daysSince, dueDays, storedSince, waitingCells } from './stored-days.queries.ts';

/** A count that was another one than a recount of the passages. */
export interface Difference {
  table: 'movement_hour' | 'movement_day' | 'journey_day' | 'people_day';
  day: string;
  /** Null: of the province's people. */
  checkpointId: string | null;
  hour: Date | null;
}

export interface VerifiedDay {
  province: string;
  day: string;
  hours: number;
  differences: Difference[];
}

/**
 * Counts every day that is stored anew, one a transaction and the newest, which is asked for most, first; tells what was counted
 * otherwise; `mend` keeps the recount. What waits to be counted is no difference, and what lies before the first stored week is left
 * as it is.
 */
export async function* verifyRollups(
  database: Database,
  provinces: readonly string[],
  { at, mend }: { at: Date; mend: boolean },
): AsyncGenerator<VerifiedDay> {
  for (const province of provinces) {
    const since = await inTransaction(database, wholeProvinces([province]), (tx) => storedSince(tx, province));
    for (const day of since ? daysSince(since, at).reverse() : []) {
      const tx = await Transaction.begin(database, wholeProvinces([province]));
      try {
        const verified = await verifyDay(tx, province, { day, since: since ?? at, at });
        await (mend ? tx.commit() : tx.rollback());
        yield verified;
      } finally {
        await tx.rollback();
      }
    }
  }
}

/** Counts one day anew, in this transaction, and answers what differed. */
export async function verifyDay(
  tx: Transaction,
  province: string,
  { day, since, at }: { day: string; since: Date; at: Date },
): Promise<VerifiedDay> {
  const checkpoints = await checkpointsOf(tx, province, day);
  const stored = checkpoints.flatMap(hoursOf).filter(({ hour }) => hour >= since);
  const { hours, days } = await recount(tx, province, stored, at);
  const { journeys, people } = await countWholeDays(tx, province, checkpoints, at);
  // Read last: what was counted here and not by the handler still waits, for it waits for these turns.
  const waiting = await waitingCells(tx, province, rollupsHandler);
  const [late, lateHours] = [namesOf(daysOf(waiting)), new Set(waiting.map(hourName))];
  const due = new Set([...late, ...namesOf(await dueDays(tx, province))]);
  const differences = [
    ...onceEachHour(hours)
      .filter((cell) => !lateHours.has(hourName(cell)))
      .map((cell) => ofHour(day, cell)),
    ...onceEach(days)
      .filter((cell) => !late.has(nameOf(cell)))
      .map(ofDay('movement_day')),
    ...onceEach(journeys)
      .filter((cell) => !due.has(nameOf(cell)))
      .map(ofDay('journey_day')),
    ...people.filter(() => ![...due].some((name) => name.endsWith(day))).map(ofPeople),
  ];
  return { province, day, hours: stored.length, differences };
}

const nameOf = ({ checkpointId, day }: DayCell) => `${checkpointId} ${day}`;
/** A day of a checkpoint has a row for each channel, origin, destination and purpose. */
const onceEach = (cells: readonly DayCell[]) => [...new Map(cells.map((cell) => [nameOf(cell), cell])).values()];
const namesOf = (cells: readonly DayCell[]) => new Set(cells.map(nameOf));
const onceEachHour = (cells: readonly HourCell[]) => [...new Map(cells.map((cell) => [hourName(cell), cell])).values()];
const hourName = ({ checkpointId, hour }: HourCell) => `${checkpointId} ${hour.toISOString()}`;

const ofHour = (day: string, { checkpointId, hour }: HourCell): Difference => ({
  table: 'movement_hour',
  day,
  checkpointId,
  hour,
});
const ofDay =
  (table: 'movement_day' | 'journey_day') =>
  ({ checkpointId, day }: DayCell): Difference => ({ table, day, checkpointId, hour: null });
const ofPeople = (day: string): Difference => ({ table: 'people_day', day, checkpointId: null, hour: null });
