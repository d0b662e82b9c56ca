import { Counter, Gauge, type Registry } from 'prom-client';
import type { OutboxEvent } from './event-handler.ts';
import type { Waiting } from './outbox.queries.ts';

/** What Prometheus and /readyz learn of the outbox. */
export class OutboxMetrics {
  readonly #waiting: Gauge;
  readonly #failing: Gauge;
  readonly #oldest: Gauge;
  readonly #handled: Counter<'topic'>;
  readonly #failures: Counter<'topic'>;
  /** Seconds since the oldest event that nobody tried yet was written, as of the last look. */
  lagSeconds = 0;

  constructor(registry: Registry) {
    const registers = [registry];
    this.#waiting = new Gauge({ name: 'cordon_outbox_waiting', help: 'Events that are due.', registers });
    this.#failing = new Gauge({
      name: 'cordon_outbox_failing',
      help: 'Events that a handler could not bear, kept to be tried again: each is a fault of ours.',
      registers,
    });
    this.#oldest = new Gauge({
      name: 'cordon_outbox_oldest_seconds',
      help: 'Age of the oldest event that nobody tried yet.',
      registers,
    });
    const labelNames = ['topic' as const];
    this.#handled = new Counter({
      name: 'cordon_outbox_handled_total',
      help: 'Events handled.',
      labelNames,
      registers,
    });
    this.#failures = new Counter({
      name: 'cordon_outbox_failures_total',
      help: 'Times that a handler failed at one event.',
      labelNames,
      registers,
    });
  }

  surveyed(waiting: readonly Waiting[], at: Date): void {
    const sum = (count: (one: Waiting) => number) => waiting.reduce((total, one) => total + count(one), 0);
    const ages = waiting.flatMap(({ oldest }) => (oldest ? [(at.getTime() - oldest.getTime()) / 1000] : []));
    this.lagSeconds = Math.max(0, ...ages);
    this.#waiting.set(sum(({ due }) => due));
    this.#failing.set(sum(({ failed }) => failed));
    this.#oldest.set(this.lagSeconds);
  }

  handled(events: readonly OutboxEvent[]): void {
    for (const { topic } of events) this.#handled.inc({ topic });
  }

  failed(topic: string): void {
    this.#failures.inc({ topic });
  }
}
