import type { Database } from '../platform/database/database.ts';
import { everyProvince, inTransaction, wholeProvinces } from '../platform/database/transaction.ts';
import { countJourneys, countPeople, provincesWithDueDays, takeDueDays } from './journeys.queries.ts';
import { takeTurns, type DayCell, type Runs } from './recount.queries.ts';

const daysAtOnce = 100;

/**
 * Counts the journeys and the people of the days that changed since. Not with each passage: a day's would be counted anew every
 * second. What is broken off is still due; what changes meanwhile is due again.
 */
export async function countDueDays(database: Database, at: Date): Promise<void> {
  const provinces = await inTransaction(database, everyProvince, provincesWithDueDays);
  for (const province of provinces)
    for (let taken = daysAtOnce; taken === daysAtOnce;)
      taken = await inTransaction(database, wholeProvinces([province]), (tx) => countDueDaysOf(tx, province, at));
}

/** A page of them; answers how many. */
async function countDueDaysOf(runs: Runs, province: string, at: Date): Promise<number> {
  const due = await takeDueDays(runs, province, daysAtOnce);
  if (due.length > 0) await countWholeDays(runs, province, due, at);
  return due.length;
}

/** Counts journeys and people of these days, due or not; answers which changed. */
export async function countWholeDays(
  runs: Runs,
  province: string,
  cells: readonly DayCell[],
  at: Date,
): Promise<{ journeys: DayCell[]; people: string[] }> {
  if (cells.length === 0) return { journeys: [], people: [] };
  const days = [...new Set(cells.map(({ day }) => day))].sort();
  // Not the turns of who counts hours: they wait for the mark that this has taken.
  const turns = cells.map(({ checkpointId, day }) => `journeys of ${checkpointId} ${day}`);
  await takeTurns(runs, [...turns, ...days.map((day) => `people of ${province} ${day}`)]);
  const journeys = await countJourneys(runs, province, cells, at);
  return { journeys, people: await countPeople(runs, province, days) };
}
