import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { OutboxDesk, asWorker } from '#test/outbox-desk.ts';
import { asOwner, cloneDatabase } from '#test/postgres.ts';
import type { Database } from '../database/database.ts';
import type { Transaction } from '../database/transaction.ts';
import { newUuid7 } from '../shared/uuid7.ts';
import { createLogger } from '../observability/logger.ts';
import { Metrics } from '../observability/metrics.ts';
import type { EventHandler } from './event-handler.ts';
import { handleTried, type OutboxParts } from './handle-events.ts';

let ownerUrl: string;
let drop: () => Promise<void>;
let database: Database;
beforeEach(async () => {
  ({ ownerUrl, drop } = await cloneDatabase());
  database = await asWorker(ownerUrl);
  // What handlers do: a row that names the handler and the number of the event.
  await sql(`create table effect (handler text, number integer); grant all on effect to cordon_worker`);
});
afterEach(async () => {
  await database.close();
  await drop();
});

const sql = async (text: string, values: unknown[] = []) =>
  asOwner(ownerUrl, async (owner) => (await owner.query(text, values)).rows as Array<Record<string, unknown>>);

async function write(numbers: number[], topic = 'things.happened', province = '38'): Promise<void> {
  await sql(
    `insert into outbox (province_code, id, created_at, topic, payload)
     select $1, w.id, uuid_time(w.id), $2, jsonb_build_object('number', w.number) from unnest($3::uuid[], $4::integer[]) as w (id, number)`,
    [province, topic, numbers.map(() => newUuid7()), numbers],
  );
}

const effect = { name: 'effect', text: 'insert into effect values ($1, $2)' };
const numberOf = (payload: unknown) => (payload as { number: number }).number;

/** A handler that leaves an effect of each event, and then may fail at some. */
function aHandler(name: string, fails: (number: number) => boolean = () => false, topics = ['things.happened']) {
  const handler: EventHandler = {
    name,
    topics,
    async handle(tx: Transaction, _province, events) {
      for (const { payload } of events) await tx.rows(effect, [name, numberOf(payload)]);
      if (events.some(({ payload }) => fails(numberOf(payload)))) throw new Error('this one is poison');
    },
  };
  return handler;
}
/** What a dispatcher works with, for one handler and the clock as it is. */
const partsOf = (of: Database, handler: EventHandler): OutboxParts => ({
  database: of,
  handlers: [handler],
  logger: createLogger('silent'),
  metrics: new Metrics().outbox,
  now: () => new Date(),
});
const effects = async (name: string) =>
  (await sql('select number from effect where handler = $1 order by 1', [name])).map(({ number }) => number);
const left = async () => (await sql('select count(*)::int as n from outbox'))[0]?.['n'];
const upTo = (count: number) => Array.from({ length: count }, (_, index) => index);

describe('the outbox', () => {
  it('hands each event to every handler of its topic, once, and ends it', async () => {
    await write(upTo(250));
    await write([1_000], 'things.happened', '01');
    const desk = new OutboxDesk(database, [aHandler('one'), aHandler('two'), aHandler('other', undefined, ['others'])]);
    expect(await desk.drain()).toBe(251);
    expect(await effects('one')).toEqual([...upTo(250), 1_000]);
    expect(await effects('two')).toEqual([...upTo(250), 1_000]);
    expect(await effects('other')).toEqual([]);
    expect(await left()).toBe(0);
    expect(await desk.drain()).toBe(0);
  });

  it('leaves events alone that nobody here is registered for', async () => {
    await write([1], 'things.of.tomorrow');
    expect(await new OutboxDesk(database, [aHandler('one')]).drain()).toBe(0);
    expect(await left()).toBe(1);
  });

  it('an event that one handler cannot bear stops neither the others nor the other handlers, and is done once it can', async () => {
    await write(upTo(150));
    let poison: number | null = 70;
    const desk = new OutboxDesk(database, [aHandler('one'), aHandler('two', (number) => number === poison)]);
    await desk.drain();
    expect(await effects('one')).toEqual(upTo(150));
    expect(await effects('two')).toEqual(upTo(150).filter((number) => number !== 70));
    expect(await sql('select attempts, handled from outbox')).toEqual([{ attempts: 1, handled: ['one'] }]);
    await desk.drain();
    expect(await desk.metric('cordon_outbox_failing')).toBe(1);
    expect(await desk.metric('cordon_outbox_failures_total')).toBe(1);
    // Later it is tried again, fails, waits longer, and does not hold up what came since.
    desk.later(31_000);
    await write([150]);
    await desk.drain();
    expect(await sql('select attempts from outbox')).toEqual([{ attempts: 2 }]);
    expect(await effects('two')).toContain(150);
    desk.later(31_000);
    await desk.drain();
    expect(await sql('select attempts from outbox')).toEqual([{ attempts: 2 }]);
    poison = null;
    desk.later(61_000);
    await desk.drain();
    expect(await effects('one')).toEqual(upTo(151));
    expect(await effects('two')).toEqual(upTo(151));
    expect(await left()).toBe(0);
  });

  it('is read by several workers at once, and each event has its effect once', async () => {
    await write(upTo(600));
    const others = [await asWorker(ownerUrl), await asWorker(ownerUrl)];
    const counts = await Promise.all(
      [database, ...others].map((one) => new OutboxDesk(one, [aHandler('one')]).drain()),
    );
    await Promise.all(others.map((one) => one.close()));
    expect(counts.reduce((sum, count) => sum + count)).toBe(600);
    expect(await effects('one')).toEqual(upTo(600));
  });

  it('an event that another worker holds, and then fails at, is not ended', async () => {
    await write([1]);
    await sql('update outbox set attempts = 1, next_try_at = now()');
    const [entered, failing] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
    const slow: EventHandler = {
      ...aHandler('one'),
      async handle() {
        entered.resolve();
        await failing.promise;
        throw new Error('it failed after all');
      },
    };
    const holds = handleTried(partsOf(database, slow), '38');
    await entered.promise;
    // The second worker looks for the event, finds it held, and ends its turn once the first has let it go.
    let transactions = 0;
    const connect = async () => {
      transactions += 1;
      if (transactions === 3) {
        failing.resolve();
        await holds;
      }
      return database.pool.connect();
    };
    const second = { ...database, pool: { connect } as unknown as Database['pool'] };
    await handleTried(partsOf(second, aHandler('one')), '38');
    expect(transactions).toBe(3);
    expect(await effects('one')).toEqual([]);
    expect(await left()).toBe(1);
    const desk = new OutboxDesk(database, [aHandler('one')]);
    desk.later(3_600_000);
    await desk.drain();
    expect(await effects('one')).toEqual([1]);
    expect(await left()).toBe(0);
  });

  it('a worker that is cut off in the middle leaves no effect without the end of its event', async () => {
    await write(upTo(20));
    let cut = true;
    const handler = aHandler('one');
    const cutOff: EventHandler = {
      ...handler,
      async handle(tx, province, events) {
        await handler.handle(tx, province, events);
        if (cut)
          await sql(
            `select pg_terminate_backend(pid) from pg_stat_activity where usename = 'cordon_worker' and state like 'idle in%' and datname = current_database()`,
          );
      },
    };
    const desk = new OutboxDesk(database, [cutOff]);
    await desk.drain().catch(() => undefined);
    expect(await effects('one')).toEqual([]);
    expect(await left()).toBe(20);
    cut = false;
    desk.later(3_600_000);
    await desk.drain();
    expect(await effects('one')).toEqual(upTo(20));
    expect(await left()).toBe(0);
  });

  it('is picked up without being told of, and its lag is known', async () => {
    const desk = new OutboxDesk(database, [aHandler('one')]);
    desk.dispatcher.start();
    await write([1]);
    await expect.poll(() => effects('one'), { timeout: 10_000 }).toEqual([1]);
    await desk.dispatcher.stop();
    await write([2]);
    desk.later(90_000);
    const blind = new OutboxDesk(database, [aHandler('nobody', () => true)]);
    blind.later(90_000);
    await blind.drain();
    expect(blind.metrics.outbox.lagSeconds).toBe(0);
    expect(await blind.metric('cordon_outbox_failing')).toBe(1);
  });
});
