import type { ApolloServerPlugin } from '@apollo/server';
import type { RequestContext } from '../graphql/context.ts';
import { rootFieldOf } from '../graphql/root-field.ts';
import { OutboxMetrics } from '../outbox/outbox-metrics.ts';
import { collectDefaultMetrics, Counter, Histogram, Registry } from 'prom-client';

/** Counters and timings for Prometheus. Labels come from fixed lists only: an operation's name is a client's text. */
export class Metrics {
  readonly registry = new Registry();
  readonly #operations: Histogram<'field' | 'outcome'>;
  readonly passages: Counter<'decision'>;
  readonly workAsked: Counter;
  readonly outbox: OutboxMetrics;

  constructor() {
    collectDefaultMetrics({ register: this.registry });
    this.#operations = new Histogram({
      name: 'cordon_operation_seconds',
      help: 'Time from receipt to response, by first root field.',
      labelNames: ['field', 'outcome'],
      buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
      registers: [this.registry],
    });
    this.outbox = new OutboxMetrics(this.registry);
    this.workAsked = new Counter({
      name: 'cordon_work_asked_total',
      help: 'Submissions of the public form that were asked for work: a flood, or many open under one number.',
      registers: [this.registry],
    });
    this.passages = new Counter({
      name: 'cordon_passages_recorded_total',
      help: 'Passages recorded, without duplicates.',
      labelNames: ['decision'],
      registers: [this.registry],
    });
  }

  operation(field: string, outcome: 'ok' | 'error', seconds: number): void {
    this.#operations.observe({ field, outcome }, seconds);
  }
}

/** Times every operation by its first root field, which the schema bounds; a client's operation name is free text. */
export function operationMetrics(metrics: Metrics): ApolloServerPlugin<RequestContext> {
  return {
    async requestDidStart() {
      const started = performance.now();
      return {
        async willSendResponse({ operation, errors }) {
          metrics.operation(rootFieldOf(operation), errors ? 'error' : 'ok', (performance.now() - started) / 1000);
        },
      };
    },
  };
}
