import { midnightBefore } from '../platform/shared/vietnam-date.ts';
import { CheckpointBook, type CountedAt } from './checkpoint-book.ts';
import type { PictureRow } from './picture.queries.ts';

/** What passes at the checkpoints of a province, by checkpoint. */
export class TrafficBook {
  #midnight: number;
  readonly #checkpoints = new Map<string, CheckpointBook>();

  constructor(now: number) {
    this.#midnight = midnightBefore(now);
  }

  static of(rows: readonly PictureRow[], now: number): TrafficBook {
    const book = new TrafficBook(now);
    for (const { checkpointId, minute, passages, lastAt, ...kind } of rows) {
      const counted = { ...kind, at: lastAt.getTime() };
      if (minute) book.at(checkpointId).add(counted, passages);
      else book.at(checkpointId).addEarlier(counted, passages);
    }
    return book;
  }

  at(checkpointId: string): CheckpointBook {
    const known = this.#checkpoints.get(checkpointId);
    if (known) return known;
    const made = new CheckpointBook(this.#midnight);
    this.#checkpoints.set(checkpointId, made);
    return made;
  }

  /** Counts a passage, and takes back the one that it corrects. */
  add(checkpointId: string, passage: CountedAt, corrected: CountedAt | null): void {
    this.at(checkpointId).add(passage);
    if (corrected) this.at(checkpointId).add(corrected, -1);
  }

  /** A second went by. */
  turn(now: number): void {
    this.#midnight = midnightBefore(now);
    for (const book of this.#checkpoints.values()) book.turn(now);
  }
}
