import { randomUUID } from 'node:crypto';
import {
  BrokenCircuitError,
  CircuitState,
  ConsecutiveBreaker,
  circuitBreaker,
  handleWhenResult,
  type CircuitBreakerPolicy,
} from 'cockatiel';
import type { Registry, RegistryAnswer } from '../registry-port.ts';
import { withinTime } from '../time-limit.ts';
import { breakerFailures, breakerOpenMs, refusedPauseMs, type CheckSettings } from './check-settings.ts';
import type { AskedPerson } from './compare-record.ts';

/** SHUT: nobody was asked, and nobody is to be until then. */
export type Asked = RegistryAnswer | { kind: 'SHUT'; until: Date };

const isFailure = (answer: unknown) => (answer as RegistryAnswer).kind === 'FAILED';

/**
 * The one way to the remote: a time limit for each question, a breaker that leaves it alone after failures one after another, and
 * a pause where it refuses us. After either, one question goes first, and what comes of it holds for all.
 */
export class RegistryGate {
  readonly #registry: Registry;
  readonly #timeoutMs: number;
  readonly #now: () => Date;
  readonly #breaker: CircuitBreakerPolicy = circuitBreaker(handleWhenResult(isFailure), {
    breaker: new ConsecutiveBreaker(breakerFailures),
    halfOpenAfter: breakerOpenMs,
  });
  #shutUntil = 0;

  constructor(registry: Registry, { timeoutMs }: Pick<CheckSettings, 'timeoutMs'>, now: () => Date) {
    this.#registry = registry;
    this.#timeoutMs = timeoutMs;
    this.#now = now;
    this.#breaker.onBreak(() => (this.#shutUntil = Math.max(this.#shutUntil, this.#now().getTime() + breakerOpenMs)));
  }

  /** Null: open for questions. */
  get shutUntil(): Date | null {
    return this.#shutUntil > this.#now().getTime() ? new Date(this.#shutUntil) : null;
  }

  /** Whether the remote did not answer of late, so that it is asked about one person before others. */
  get isTrying(): boolean {
    return this.#shutUntil > 0;
  }

  get state(): 'closed' | 'open' | 'half-open' {
    if (this.shutUntil) return 'open';
    return this.#breaker.state === CircuitState.Closed && !this.isTrying ? 'closed' : 'half-open';
  }

  async ask(person: AskedPerson, stopping: AbortSignal): Promise<Asked> {
    const shut = this.shutUntil;
    if (shut) return { kind: 'SHUT', until: shut };
    try {
      const answer = await withinTime(stopping, this.#timeoutMs, (signal) =>
        this.#breaker.execute(() => this.#registry.lookUp(questionOf(person), signal)),
      );
      this.#note(answer);
      return answer;
    } catch (error) {
      if (!(error instanceof BrokenCircuitError)) throw error;
      return { kind: 'SHUT', until: this.shutUntil ?? new Date(this.#now().getTime() + breakerOpenMs) };
    }
  }

  #note(answer: RegistryAnswer): void {
    if (answer.kind !== 'FAILED') this.#shutUntil = 0;
    else if (answer.why === 'NOT_AUTHORISED') this.#shutUntil = this.#now().getTime() + refusedPauseMs;
  }
}

function questionOf({ fullName, dateOfBirth, idNumber }: AskedPerson) {
  const isFormer = idNumber.length !== 12;
  return {
    requestId: randomUUID().replaceAll('-', ''),
    idNumber: isFormer ? null : idNumber,
    formerIdNumber: isFormer ? idNumber : null,
    fullName,
    dateOfBirth,
  };
}
