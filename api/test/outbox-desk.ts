import { openDatabase, withRole, type Database } from '#api/platform/database/database.ts';
import { createLogger } from '#api/platform/observability/logger.ts';
import { Metrics } from '#api/platform/observability/metrics.ts';
import type { EventHandler } from '#api/platform/outbox/event-handler.ts';
import { OutboxDispatcher } from '#api/platform/outbox/outbox-dispatcher.ts';
import { testRolePasswords } from './test-config.ts';

/** The database as the worker's role reaches it. */
export const asWorker = (ownerUrl: string, poolSize = 4, longestMs = 60_000): Promise<Database> =>
  openDatabase({
    url: withRole(ownerUrl, 'cordon_worker', testRolePasswords.worker),
    poolSize,
    entities: [],
    longestMs,
    onError: () => undefined,
  });

/** As requests read and record. */
export const asApi = (ownerUrl: string): Promise<Database> =>
  openDatabase({
    url: withRole(ownerUrl, 'cordon_api', testRolePasswords.api),
    poolSize: 2,
    entities: [],
    longestMs: 10_000,
    onError: () => undefined,
  });

/** A dispatcher that tests drain by hand, with a clock that they set. */
export class OutboxDesk {
  readonly database: Database;
  readonly metrics = new Metrics();
  readonly dispatcher: OutboxDispatcher;
  #ahead = 0;

  constructor(database: Database, handlers: readonly EventHandler[]) {
    this.database = database;
    const [logger, metrics] = [createLogger('silent'), this.metrics.outbox];
    this.dispatcher = new OutboxDispatcher({ database, handlers, logger, metrics, now: this.now });
  }

  readonly now = (): Date => new Date(Date.now() + this.#ahead);

  later(ms: number): void {
    this.#ahead += ms;
  }

  drain(): Promise<number> {
    return this.dispatcher.drain();
  }

  async metric(name: string): Promise<number> {
    const text = await this.metrics.registry.getSingleMetricAsString(name);
    return Number(/^\w+(?:\{[^}]*\})? (\S+)$/m.exec(text)?.[1] ?? NaN);
  }
}
