import { addCounts, count, noCounts, type Counted, type Counts } from './counts.ts';
import { keptMinutes, midnightBefore, minuteOf } from './local-day.ts';

export interface CountedAt extends Counted {
  at: number;
}

/** What is known of one checkpoint: the day it counts, and the last hours by the minute. */
export class CheckpointBook {
  #midnight: number;
  #today = noCounts();
  readonly #minutes = new Map<number, Counts>();
  lastPassageAt: number | null = null;

  constructor(midnight: number) {
    this.#midnight = midnight;
  }

  get today(): Readonly<Counts> {
    return this.#today;
  }

  /** Counts passages of one kind and moment; what a correction corrects is taken back, with times -1. */
  add(passage: CountedAt, times = 1): void {
    if (midnightBefore(passage.at) === this.#midnight) count(this.#today, passage, times);
    const minute = minuteOf(passage.at);
    const counts = this.#minutes.get(minute) ?? noCounts();
    this.#minutes.set(minute, counts);
    count(counts, passage, times);
    if (times > 0) this.lastPassageAt = Math.max(this.lastPassageAt ?? 0, passage.at);
  }

  /** Adds what was counted of today before the minutes that are kept. */
  addEarlier(passage: CountedAt, times: number): void {
    count(this.#today, passage, times);
    this.lastPassageAt = Math.max(this.lastPassageAt ?? 0, passage.at);
  }

  /** What passed in a minute. */
  minute(minute: number): Readonly<Counts> {
    return this.#minutes.get(minute) ?? noCounts();
  }

  /** What passed in the minutes that end now. */
  last(minutes: number, now: number): Counts {
    const sum = noCounts();
    const end = minuteOf(now);
    for (let minute = end - minutes + 1; minute <= end; minute += 1) addCounts(sum, this.minute(minute));
    return sum;
  }

  /** Begins a new day where one began, and forgets minutes that nobody asks for any more. */
  turn(now: number): void {
    const midnight = midnightBefore(now);
    if (midnight !== this.#midnight) {
      this.#midnight = midnight;
      this.#today = noCounts();
      for (const [minute, counts] of this.#minutes) if (minute >= minuteOf(midnight)) addCounts(this.#today, counts);
    }
    const oldest = minuteOf(now) - keptMinutes;
    for (const minute of this.#minutes.keys()) if (minute < oldest) this.#minutes.delete(minute);
  }
}
