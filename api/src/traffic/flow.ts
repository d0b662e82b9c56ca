import { MINUTE_MS } from '../platform/shared/instant.ts';
import type { CheckpointBook } from './checkpoint-book.ts';
import { minuteOf } from './kept-minutes.ts';
import type { Watched } from './tick.ts';
import { TrafficMinute } from './traffic-flow.entity.ts';

/** The last minutes of these checkpoints together, and what had passed there yesterday at this time. */
export function flowOf(watched: readonly Watched[], minutes: number, at: Date) {
  const places = watched.flatMap(({ province, checkpoints }) =>
    checkpoints.map(({ id }) => ({ book: province.book.at(id), yesterday: province.taken.yesterday.get(id) })),
  );
  const sum = (count: (place: (typeof places)[number]) => number) => places.reduce((all, one) => all + count(one), 0);
  const first = minuteOf(at.getTime()) - minutes + 1;
  return {
    at,
    minutes: Array.from({ length: minutes }, (_, index) => minuteAt(first + index, places)),
    yesterdayIn: sum(({ yesterday }) => yesterday?.in ?? 0),
    yesterdayOut: sum(({ yesterday }) => yesterday?.out ?? 0),
  };
}

function minuteAt(minute: number, places: ReadonlyArray<{ book: CheckpointBook }>): TrafficMinute {
  const counts = { in: 0, out: 0, refused: 0 };
  for (const { book } of places) {
    const one = book.minute(minute);
    counts.in += one.in;
    counts.out += one.out;
    counts.refused += one.refused;
  }
  return Object.assign(new TrafficMinute(), { at: new Date(minute * MINUTE_MS), ...counts });
}
