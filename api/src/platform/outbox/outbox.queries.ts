import type { Transaction } from '../database/transaction.ts';
import type { OutboxEvent } from './event-handler.ts';

/** An event with what was tried before. */
export interface WaitingEvent extends OutboxEvent {
  attempts: number;
  /** The handlers that are done with it. */
  handled: string[];
}

const columns = 'province_code as "provinceCode", id, created_at as "createdAt", topic, payload, attempts, handled';

const fresh = {
  name: 'outbox-fresh',
  text: `select ${columns} from outbox where province_code = $1 and topic = any($2) and attempts = 0
         order by id limit $3 for update skip locked`,
};

/** The oldest events that were not tried yet, and that no other worker holds; held until the transaction ends. */
export function takeFresh(
  tx: Transaction,
  province: string,
  topics: readonly string[],
  most: number,
): Promise<WaitingEvent[]> {
  return tx.rows<WaitingEvent>(fresh, [province, topics, most]);
}

const failedBefore = {
  name: 'outbox-tried',
  text: `select ${columns} from outbox where province_code = $1 and topic = any($2) and attempts > 0 and next_try_at <= $3
         order by next_try_at limit $4`,
};

/** Events whose time to be tried again has come; nobody holds them. */
export function findTried(
  tx: Transaction,
  province: string,
  topics: readonly string[],
  at: Date,
  most: number,
): Promise<WaitingEvent[]> {
  return tx.rows<WaitingEvent>(failedBefore, [province, topics, at, most]);
}

const one = {
  name: 'outbox-one',
  text: `select ${columns} from outbox where province_code = $1 and id = $2 and created_at = $3 for update skip locked`,
};

export async function takeOne(tx: Transaction, event: OutboxEvent): Promise<WaitingEvent | null> {
  const [row] = await tx.rows<WaitingEvent>(one, [event.provinceCode, event.id, event.createdAt]);
  return row ?? null;
}

const remove = {
  name: 'outbox-remove',
  text: `delete from outbox o using unnest($2::uuid[], $3::timestamptz[]) as w (id, at)
         where o.province_code = $1 and o.id = w.id and o.created_at = w.at`,
};

export async function removeEvents(tx: Transaction, province: string, events: readonly OutboxEvent[]): Promise<void> {
  const [ids, times] = [events.map(({ id }) => id), events.map(({ createdAt }) => createdAt)];
  await tx.rows(remove, [province, ids, times]);
}

const handledBy = {
  name: 'outbox-handled',
  text: 'update outbox set handled = array_append(handled, $4) where province_code = $1 and id = $2 and created_at = $3',
};

export async function keepHandled(tx: Transaction, event: OutboxEvent, handler: string): Promise<void> {
  await tx.rows(handledBy, [event.provinceCode, event.id, event.createdAt, handler]);
}

const putOff = {
  name: 'outbox-put-off',
  text: `update outbox set attempts = attempts + 1, next_try_at = $4
         where province_code = $1 and id = $2 and created_at = $3`,
};

export async function putOffEvent(tx: Transaction, event: OutboxEvent, until: Date): Promise<void> {
  await tx.rows(putOff, [event.provinceCode, event.id, event.createdAt, until]);
}

/** What waits in a province: how many are due, how many failed before, and since when the oldest that is due. */
export interface Waiting {
  province: string;
  due: number;
  failed: number;
  oldest: Date | null;
}

const survey = {
  name: 'outbox-survey',
  text: `select province_code as province, count(*) filter (where attempts = 0 or next_try_at <= $2)::integer as due,
           count(*) filter (where attempts > 0)::integer as failed, min(created_at) filter (where attempts = 0) as oldest
         from outbox where topic = any($1) group by province_code`,
};

export function surveyOutbox(tx: Transaction, topics: readonly string[], at: Date): Promise<Waiting[]> {
  return tx.rows<Waiting>(survey, [topics, at]);
}
