import type { Checkpoint } from '../checkpoints/checkpoint.entity.ts';
import type { CheckpointBook } from './checkpoint-book.ts';
import { addCounts, noCounts, type Counts } from './counts.ts';
import { CheckpointTraffic, TrafficPassage, TrafficTotal } from './traffic-tick.entity.ts';
import type { RecentPassage } from './picture.queries.ts';

/** A checkpoint's numbers now, with what is counted of a tick. */
export function checkpointTraffic(
  checkpoint: Checkpoint,
  book: CheckpointBook,
  tick: Readonly<Counts>,
  now: number,
): CheckpointTraffic {
  const { today, lastPassageAt } = book;
  const lastHour = book.last(60, now);
  return Object.assign(new CheckpointTraffic(), {
    checkpoint,
    ...tick,
    todayIn: today.in,
    todayOut: today.out,
    todayRefused: today.refused,
    todayFlagged: today.flagged,
    lastHour: lastHour.in + lastHour.out,
    lastPassageAt: lastPassageAt === null ? null : new Date(lastPassageAt),
  });
}

/** The sum over all checkpoints of a scope. */
export function totalOf(all: readonly CheckpointTraffic[], todayWatchListHits: number): TrafficTotal {
  const [tick, today] = [noCounts(), noCounts()];
  let lastHour = 0;
  for (const one of all) {
    addCounts(tick, one);
    addCounts(today, { in: one.todayIn, out: one.todayOut, refused: one.todayRefused, flagged: one.todayFlagged });
    lastHour += one.lastHour;
  }
  return Object.assign(new TrafficTotal(), {
    ...tick,
    todayIn: today.in,
    todayOut: today.out,
    todayRefused: today.refused,
    todayFlagged: today.flagged,
    lastHour,
    todayWatchListHits,
  });
}

/** As many of the latest passages as a tick shows. */
export const mostRecent = 20;

export function showPassages(
  passages: readonly RecentPassage[],
  checkpoints: ReadonlyMap<string, Checkpoint>,
): TrafficPassage[] {
  return passages.flatMap(({ checkpointId, ...passage }) => {
    const checkpoint = checkpoints.get(checkpointId);
    return checkpoint ? [Object.assign(new TrafficPassage(), { ...passage, checkpoint })] : [];
  });
}
