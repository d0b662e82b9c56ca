import type { Database } from '../database/database.ts';
import { inTransaction, wholeProvinces, type Transaction } from '../database/transaction.ts';
import type { Logger } from '../observability/logger.ts';
import type { EventHandler, OutboxEvent } from './event-handler.ts';
import {
  findTried,
  keepHandled,
  putOffEvent,
  removeEvents,
  takeFresh,
  takeOne,
  type WaitingEvent,
} from './outbox.queries.ts';
import type { OutboxMetrics } from './outbox-metrics.ts';

export interface OutboxParts {
  database: Database;
  handlers: readonly EventHandler[];
  logger: Logger;
  metrics: OutboxMetrics;
  now: () => Date;
}

// A payload names up to 500 ids: so many events are some megabytes at most, whatever waits behind them.
const batchSize = 100;
const firstPauseMs = 30_000;
const longestPauseMs = 3_600_000;

export const topicsOf = (handlers: readonly EventHandler[]): string[] => [
  ...new Set(handlers.flatMap(({ topics }) => topics)),
];

/** Handles the oldest events of a province in one transaction with their end; answers how many, 0 where none is left. */
export async function handleFresh(parts: OutboxParts, province: string): Promise<number> {
  let taken: WaitingEvent[] = [];
  try {
    await inTransaction(parts.database, wholeProvinces([province]), async (tx) => {
      taken = await takeFresh(tx, province, topicsOf(parts.handlers), batchSize);
      if (taken.length > 0) await handleTogether(tx, parts.handlers, province, taken);
    });
    parts.metrics.handled(taken);
  } catch (error) {
    if (taken.length === 0) throw error;
    // One of them is more than some handler bears: each by itself, so that the others go on.
    for (const event of taken) await handleOne(parts, event);
  }
  return taken.length;
}

async function handleTogether(
  tx: Transaction,
  handlers: readonly EventHandler[],
  province: string,
  events: readonly WaitingEvent[],
): Promise<void> {
  for (const handler of handlers) {
    const own = events.filter(({ topic, handled }) => concerns(handler, topic) && !handled.includes(handler.name));
    if (own.length > 0) await handleWithin(tx, handler, province, own);
  }
  await removeEvents(tx, province, events);
}

/** Tries again what failed before and whose time has come. */
export async function handleTried(parts: OutboxParts, province: string): Promise<number> {
  const events = await inTransaction(parts.database, wholeProvinces([province]), (tx) =>
    findTried(tx, province, topicsOf(parts.handlers), parts.now(), batchSize),
  );
  for (const event of events) await handleOne(parts, event);
  return events.length;
}

const concerns = ({ topics }: EventHandler, topic: string) => topics.includes(topic);

/** A handler may have widened the scope for what it writes elsewhere. */
async function handleWithin(
  tx: Transaction,
  handler: EventHandler,
  province: string,
  events: readonly OutboxEvent[],
): Promise<void> {
  await handler.handle(tx, province, events);
  await tx.changeScope(wholeProvinces([province]));
}

/**
 * Handles one event, each handler in a transaction of its own: who is done is done, and who fails is tried again later. Whether all
 * are done is what the event itself says: another worker may hold it, and fail.
 */
async function handleOne(parts: OutboxParts, event: WaitingEvent): Promise<void> {
  const { database, metrics } = parts;
  const concerned = parts.handlers.filter((one) => concerns(one, event.topic));
  for (const handler of concerned) await tryHandler(parts, handler, event);
  const ended = await inTransaction(database, wholeProvinces([event.provinceCode]), async (tx) => {
    const left = await takeOne(tx, event);
    if (!left) return false;
    const done = concerned.every(({ name }) => left.handled.includes(name));
    if (done) await removeEvents(tx, event.provinceCode, [event]);
    else await putOffEvent(tx, event, new Date(parts.now().getTime() + pauseAfter(left.attempts)));
    return done;
  });
  if (ended) metrics.handled([event]);
}

/** Does nothing where another worker holds the event. */
async function tryHandler({ database, logger, metrics }: OutboxParts, handler: EventHandler, event: WaitingEvent) {
  const { provinceCode: province, id, topic } = event;
  try {
    await inTransaction(database, wholeProvinces([province]), async (tx) => {
      const left = await takeOne(tx, event);
      if (!left || left.handled.includes(handler.name)) return;
      await handleWithin(tx, handler, province, [left]);
      await keepHandled(tx, event, handler.name);
    });
  } catch (error) {
    metrics.failed(topic);
    // Never the payload, nor the error's words: they may quote a row.
    const { name, code } = error as Error & { code?: string };
    logger.error({ topic, handler: handler.name, event: id, error: name, code }, 'an event could not be handled');
  }
}

const pauseAfter = (attempts: number) => Math.min(firstPauseMs * 2 ** attempts, longestPauseMs);
