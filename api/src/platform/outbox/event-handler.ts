import type { Transaction } from '../database/transaction.ts';

/** What a transaction told the floors above: written with what it tells of, read by whoever is registered for its topic. */
export interface OutboxEvent {
  provinceCode: string;
  id: string;
  createdAt: Date;
  topic: string;
  /** Ids and codes, as its writer made it: a handler reads it as it would a request. */
  payload: unknown;
}

/**
 * What follows from events of some topics. `handle` gets a batch of one province, in no order, in a transaction with the scope of
 * that province: its writes and the end of the events are one. A handler that throws is asked again, event by event.
 */
export interface EventHandler {
  /** Kept with events that wait for it: never changed. */
  name: string;
  topics: readonly string[];
  handle(tx: Transaction, province: string, events: readonly OutboxEvent[]): Promise<void>;
}
