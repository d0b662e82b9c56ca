/** Lets so many through a second, evenly. */
export class Pace {
  readonly #everyMs: number;
  readonly #clock: () => number;
  #next = 0;

  constructor(perSecond: number, clock: () => number = () => performance.now()) {
    this.#everyMs = 1_000 / perSecond;
    this.#clock = clock;
  }

  /** How many milliseconds the next one is to wait; asking takes its turn. */
  turn(): number {
    const now = this.#clock();
    const at = Math.max(this.#next, now);
    this.#next = at + this.#everyMs;
    return at - now;
  }
}
