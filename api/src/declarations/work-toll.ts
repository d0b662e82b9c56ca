import type { Keys } from '../platform/crypto/keys.ts';
import { bitsUnder, challengeFor, isWorkDone, type Work } from './proof-of-work.ts';
import type { SubmissionLoad } from './submission-load.ts';

/** As many declarations of one number or phone are open without work; design.md section 3. */
export const freelyOpen = 5;

export interface WorkDemand {
  challenge: string;
  bits: number;
}

/** What work a submission of the public form costs: none while there is little pressure, and never a refusal. */
export class WorkToll {
  readonly #keys: Keys;
  readonly #load: SubmissionLoad;
  readonly #leastBits: number;
  readonly #onDemand: () => void;

  constructor(keys: Keys, load: SubmissionLoad, leastBits: number, onDemand: () => void) {
    this.#keys = keys;
    this.#load = load;
    this.#leastBits = leastBits;
    this.#onDemand = onDemand;
  }

  /** The pressure on this node with these declarations counted in. */
  pressureWith(declarations: number, at: Date): number {
    return this.#load.arrived(declarations, at);
  }

  /** Null where the pressure asks for nothing, or the work for just this content is done. */
  demand(pressure: number, content: () => string, work: Work | null, at: Date): WorkDemand | null {
    if (pressure <= 1) return null;
    const whole = content();
    if (work && isWorkDone(this.#keys, whole, work, at)) return null;
    this.#onDemand();
    const bits = bitsUnder(pressure, this.#leastBits);
    return { challenge: challengeFor(this.#keys, whole, bits, at), bits };
  }
}
