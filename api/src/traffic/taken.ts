import type { Checkpoint } from '../checkpoints/checkpoint.entity.ts';
import type { Counts } from './counts.ts';
import type { Hit } from './hits.queries.ts';
import type { Thresholds } from './thresholds/thresholds.ts';
import { TrafficBook } from './traffic-book.ts';

/** What a look at the database brought of a province. */
export interface Taken {
  checkpoints: ReadonlyMap<string, Checkpoint>;
  book: TrafficBook;
  snapshot: string;
  hits: readonly Hit[];
  /** By checkpoint, how many usually pass there in 15 minutes at this time. */
  usual: ReadonlyMap<string, number>;
  /** By checkpoint, what had passed there yesterday at this time. */
  yesterday: ReadonlyMap<string, Counts>;
  /** By checkpoint, from when on something there is an alert. */
  thresholds: ReadonlyMap<string, Thresholds>;
}

export const nothingTaken = (): Taken => ({
  checkpoints: new Map(),
  book: new TrafficBook(0),
  snapshot: '',
  hits: [],
  usual: new Map(),
  yesterday: new Map(),
  thresholds: new Map(),
});
