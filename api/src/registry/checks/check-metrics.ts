import { Counter, Gauge, type Registry } from 'prom-client';
import type { DueChecks } from './checks.queries.ts';

export type CheckOutcome =
  'MATCHED' | 'MISMATCHED' | 'NOT_FOUND' | 'UNAVAILABLE' | 'NOT_AUTHORISED' | 'TIMEOUT' | 'FAULT';

/** What Prometheus learns of the questions to the population database. */
export class CheckMetrics {
  readonly #depth: Gauge;
  readonly #oldest: Gauge;
  readonly #dead: Gauge;
  readonly #breaker: Gauge<'state'>;
  readonly #outcomes: Counter<'outcome'>;

  constructor(registry: Registry) {
    const registers = [registry];
    this.#depth = new Gauge({
      name: 'cordon_registry_queue',
      help: 'People who are due to be asked about.',
      registers,
    });
    this.#oldest = new Gauge({
      name: 'cordon_registry_queue_oldest_seconds',
      help: 'For how long the one who waits longest is overdue.',
      registers,
    });
    this.#dead = new Gauge({
      name: 'cordon_registry_dead_letters',
      help: 'People who were given up after too many tries, until an administrator asks again.',
      registers,
    });
    this.#breaker = new Gauge({
      name: 'cordon_registry_breaker',
      help: 'Which state the way to the population database is in: 1 for it, 0 for the others.',
      labelNames: ['state'],
      registers,
    });
    this.#outcomes = new Counter({
      name: 'cordon_registry_answers_total',
      help: 'What came of questions: verdicts, and failures by their kind.',
      labelNames: ['outcome'],
      registers,
    });
  }

  surveyed(due: readonly DueChecks[], dead: number, at: Date): void {
    this.#depth.set(due.reduce((sum, one) => sum + one.due, 0));
    this.#oldest.set(Math.max(0, ...due.map(({ oldest }) => (at.getTime() - oldest.getTime()) / 1000)));
    this.#dead.set(dead);
  }

  breaker(current: 'closed' | 'open' | 'half-open'): void {
    for (const state of ['closed', 'open', 'half-open'] as const)
      this.#breaker.set({ state }, state === current ? 1 : 0);
  }

  answered(outcome: CheckOutcome): void {
    this.#outcomes.inc({ outcome });
  }
}
