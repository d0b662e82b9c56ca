import type { EventHandler } from '../platform/outbox/event-handler.ts';
import { vietnamDate } from '../platform/shared/vietnam-date.ts';
import { passageIdsOf, passageTopics } from '../passages/recorded.events.ts';
import {
  cellsOf,
  countHours,
  markDays,
  sumDays,
  takeTurns,
  type DayCell,
  type HourCell,
  type Runs,
} from './recount.queries.ts';

/** Kept with events that wait for it: never changed. */
export const rollupsHandler = 'rollups';

/**
 * Keeps the rollups as the passages have them. A cell is counted anew, never added to: so whatever the order of the events and
 * however often they come, the same counts stand; and nobody who records a passage waits for a counter.
 */
export function keepRollups(now: () => Date): EventHandler {
  return {
    name: rollupsHandler,
    topics: passageTopics,
    async handle(tx, province, events) {
      const cells = await cellsOf(tx, province, passageIdsOf(events));
      await recount(tx, province, cells, now());
      await markDays(tx, province, daysOf(cells));
    },
  };
}

/** Counts these hours and their days, one after the other with whoever counts the same; answers which changed. */
export async function recount(
  runs: Runs,
  province: string,
  cells: readonly HourCell[],
  at: Date,
): Promise<{ hours: HourCell[]; days: DayCell[] }> {
  if (cells.length === 0) return { hours: [], days: [] };
  const days = daysOf(cells);
  await takeTurns(
    runs,
    days.map(({ checkpointId, day }) => `hours of ${checkpointId} ${day}`),
  );
  const hours = await countHours(runs, province, cells, at);
  return { hours, days: await sumDays(runs, province, days, at) };
}

/** The days of Viet Nam that these hours belong to, each once. */
export function daysOf(cells: readonly HourCell[]): DayCell[] {
  const days = cells.map(({ checkpointId, hour }): DayCell => ({ checkpointId, day: vietnamDate(hour) }));
  return [...new Map(days.map((cell) => [`${cell.checkpointId} ${cell.day}`, cell])).values()];
}
