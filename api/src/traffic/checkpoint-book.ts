import { midnightBefore } from '../platform/shared/vietnam-date.ts';
import { addCounts, count, noCounts, type Counted, type Counts } from './counts.ts';
import { keptMinutes, minuteOf } from './kept-minutes.ts';

export interface CountedAt extends Counted {
  at: number;
}

/** What is known of one checkpoint: the day it counts, and the last hours by the minute. */
export class CheckpointBook {
  #midnight: number;
  #today = noCounts();
  readonly #minutes = new Map<number, Counts>();
  #turnedIn = 0;
  #lastHour: { minute: number; passages: number } | null = null;
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
    this.#lastHour = null;
    if (times > 0 && passage.decision !== 'VOID') this.#notePassage(passage.at);
  }

  /** Adds what was counted of today before the minutes that are kept. */
  addEarlier(passage: CountedAt, times: number): void {
    count(this.#today, passage, times);
    this.#notePassage(passage.at);
  }

  /** What passed in a minute. */
  minute(minute: number): Readonly<Counts> {
    return this.#minutes.get(minute) ?? noCounts();
  }

  /** What passed in the minutes that end now. */
  last(minutes: number, now: number): Counts {
    const sum = noCounts();
    const end = minuteOf(now);
    for (let minute = end - minutes + 1; minute <= end; minute += 1) {
      const counts = this.#minutes.get(minute);
      if (counts) addCounts(sum, counts);
    }
    return sum;
  }

  /** Asked each second: summed once a minute, and when somebody passed. */
  lastHour(now: number): number {
    const minute = minuteOf(now);
    if (this.#lastHour?.minute !== minute) {
      const sum = this.last(60, now);
      this.#lastHour = { minute, passages: sum.in + sum.out };
    }
    return this.#lastHour.passages;
  }

  /** Begins a new day where one began, and forgets minutes that nobody asks for any more. */
  turn(now: number): void {
    const minute = minuteOf(now);
    if (minute === this.#turnedIn) return;
    this.#turnedIn = minute;
    const midnight = midnightBefore(now);
    if (midnight !== this.#midnight) this.#beginDay(midnight);
    for (const kept of this.#minutes.keys()) if (kept < minute - keptMinutes) this.#minutes.delete(kept);
  }

  #beginDay(midnight: number): void {
    this.#midnight = midnight;
    this.#today = noCounts();
    for (const [minute, counts] of this.#minutes) if (minute >= minuteOf(midnight)) addCounts(this.#today, counts);
  }

  #notePassage(at: number): void {
    this.lastPassageAt = Math.max(this.lastPassageAt ?? 0, at);
  }
}
