const forgetsInSeconds = 10;

/**
 * How full this node's hands are with the public form: 1 is as much as it takes without asking for work. The larger of how
 * many declarations arrive a second, a mean that forgets within ten, and how many requests wait for a database connection.
 */
export class SubmissionLoad {
  readonly #busyPerSecond: number;
  readonly #waiting: () => number;
  #perSecond = 0;
  #countedAt = 0;

  /** `waiting`: requests that wait for a connection, for each that the pool has. */
  constructor(busyPerSecond: number, waiting: () => number) {
    this.#busyPerSecond = busyPerSecond;
    this.#waiting = waiting;
  }

  /** Counts declarations that arrived, and says how full the hands are with them. */
  arrived(declarations: number, at: Date): number {
    const seconds = Math.max(0, at.getTime() - this.#countedAt) / 1000;
    this.#perSecond = this.#perSecond * Math.exp(-seconds / forgetsInSeconds) + declarations / forgetsInSeconds;
    this.#countedAt = at.getTime();
    return Math.max(this.#perSecond / this.#busyPerSecond, this.#waiting());
  }
}
