import { setTimeout as sleep } from 'node:timers/promises';
import { everyProvince, inTransaction } from '../database/transaction.ts';
import { handleFresh, handleTried, topicsOf, type OutboxParts } from './handle-events.ts';
import { surveyOutbox, type Waiting } from './outbox.queries.ts';

// A survey reads all that waits; with a huge backlog it is worth its time for this long.
const surveyHoldsMs = 2_000;
const pollMs = 500;

/**
 * Reads the outbox and hands its events to the handlers registered for them. Any number of workers may run it: an event's
 * effects and its end are one transaction, and what one holds the others skip. Events come in no order.
 */
export class OutboxDispatcher {
  readonly #parts: OutboxParts;
  readonly #stopped = new AbortController();
  #running: Promise<void> | null = null;

  constructor(parts: OutboxParts) {
    this.#parts = parts;
  }

  start(): void {
    this.#running ??= this.#run();
  }

  /** Ends after the batch at hand. */
  async stop(): Promise<void> {
    this.#stopped.abort();
    await this.#running;
  }

  /** Handles all that is due, provinces in turn; answers how many events. */
  async drain(): Promise<number> {
    let handled = 0;
    for (let round = -1; round !== 0 && !this.#stopped.signal.aborted; handled += round) round = await this.#pass();
    return handled;
  }

  async #run(): Promise<void> {
    const { signal } = this.#stopped;
    while (!signal.aborted) {
      await this.drain().catch(({ name }: Error) =>
        this.#parts.logger.warn({ error: name }, 'the outbox could not be read'),
      );
      await sleep(pollMs, undefined, { signal }).catch(() => undefined);
    }
  }

  /** From one survey: a batch of each province in turn, until none has more or the survey is old. */
  async #pass(): Promise<number> {
    const until = performance.now() + surveyHoldsMs;
    let waiting = (await this.#survey()).filter(({ due }) => due > 0).map(({ province }) => province);
    let handled = 0;
    while (waiting.length > 0 && performance.now() < until && !this.#stopped.signal.aborted) {
      const left: string[] = [];
      for (const province of waiting) {
        const count = (await handleFresh(this.#parts, province)) + (await handleTried(this.#parts, province));
        if (count > 0) left.push(province);
        handled += count;
      }
      waiting = left;
    }
    return handled;
  }

  async #survey(): Promise<Waiting[]> {
    const { database, handlers, metrics, now } = this.#parts;
    const at = now();
    const waiting = await inTransaction(database, everyProvince, (tx) => surveyOutbox(tx, topicsOf(handlers), at));
    metrics.surveyed(waiting, at);
    return waiting;
  }
}
