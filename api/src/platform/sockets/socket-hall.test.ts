import cookie from '@fastify/cookie';
import Fastify, { type FastifyInstance } from 'fastify';
import { buildSchema } from 'graphql';
import type { AddressInfo } from 'node:net';
import { Registry } from 'prom-client';
import { setImmediate as turn } from 'node:timers/promises';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { RawSocket } from '#test/live-desk.ts';
import type { RequestContext } from '../graphql/context.ts';
import { createLogger } from '../observability/logger.ts';
import { Feed, openFeeds, type Deliver, type FeedEvent } from './feed.ts';
import { serveSockets } from './serve-sockets.ts';

const megabyte = 1024 * 1024;
const filler = 'x'.repeat(4_000);
const delivers = new Set<Deliver>();
const feed = new Feed('all', (deliver) => {
  delivers.add(deliver);
  return { end: () => void delivers.delete(deliver) };
});

let app: FastifyInstance;
let url: string;
let executions: number;
let failing: boolean;
beforeEach(async () => {
  executions = 0;
  failing = false;
  const schema = buildSchema(`type Query { nothing: Int } type Subscription { tick: Tick! }
    type Tick { number: Int! whole: Boolean! sentAt: Float! filler: String! }`);
  const field = schema.getSubscriptionType()?.getFields()['tick'];
  // Whether one may subscribe, a database is asked.
  if (field) field.resolve = () => turn(feed);
  openFeeds(schema);
  app = Fastify();
  await app.register(cookie);
  const viewer = { accountId: 'a', rowScope: { provinces: [], unitIds: null, accountId: 'a' } };
  const nothingOpen = { commit: async () => undefined, rollback: async () => undefined, open: undefined };
  const trail = { enterLooks: async () => undefined, enterRefusals: async () => undefined };
  await serveSockets(app, {
    schema,
    logger: createLogger('silent'),
    registry: new Registry(),
    // One account for each token: an account may not open a hundred and more.
    viewerOf: async (token) => ({ ...viewer, accountId: token }),
    standing: async (tokens) => new Map(tokens.map((token) => [token, viewer])),
    rightsOf: () => 'the same',
    contextOf: () => {
      if (failing) throw new Error('out of order');
      executions += 1;
      return { transactions: nothingOpen, trail } as unknown as RequestContext;
    },
  });
  await app.listen({ port: 0, host: '127.0.0.1' });
  url = `http://127.0.0.1:${(app.server.address() as AddressInfo).port}`;
});
afterEach(() => app.close());

const reader = async (name: string): Promise<RawSocket> => {
  const socket = await new RawSocket(url, `cordon_session=${name}`).begin();
  socket.subscribe('subscription { tick { number whole sentAt filler } }');
  return socket;
};
interface Tick {
  number: number;
  whole: boolean;
  sentAt: number;
}
const ticksOf = ({ received }: RawSocket): Tick[] =>
  received.flatMap(({ type, payload }) => (type === 'next' ? [(payload as { data: { tick: Tick } }).data.tick] : []));
const buffers = () => {
  const { arrayBuffers, external } = process.memoryUsage();
  return arrayBuffers + external;
};

it('a hundred readers that stop reading harm nobody: memory is flat, and the others get everything that counts within a second', async () => {
  const stalled = await Promise.all(Array.from({ length: 100 }, (_, index) => reader(`stalled.${index % 10}`)));
  const reading = await Promise.all(Array.from({ length: 5 }, () => reader('reading')));
  await expect.poll(() => delivers.size).toBe(1);
  for (const { socket } of stalled) socket.pause();
  const before = buffers();
  let most = 0;
  let slowest = 0;
  for (const { socket } of reading)
    socket.on('message', (data: Buffer) => {
      const { payload } = JSON.parse(data.toString()) as { payload?: { data: { tick: Tick } } };
      if (payload) slowest = Math.max(slowest, Date.now() - payload.data.tick.sentAt);
    });
  for (let number = 1; number <= 20_000; number += 1) {
    const event = { number, whole: false, sentAt: Date.now(), filler };
    for (const deliver of delivers) deliver({ event, whole: () => ({ ...event, sentAt: Date.now(), whole: true }) });
    await turn();
    if (number % 500 === 0) most = Math.max(most, buffers() - before);
  }
  const event = { number: 20_001, whole: false, sentAt: Date.now(), filler };
  for (const deliver of delivers) deliver({ event, whole: () => ({ ...event, whole: true }) });
  for (const one of reading) await expect.poll(() => ticksOf(one).at(-1)?.number, { timeout: 5_000 }).toBe(20_001);
  // Each of the hundred would hold 80 MB.
  expect(most).toBeLessThan(150 * megabyte);
  expect(slowest).toBeLessThan(1_000);
  for (const { socket } of stalled) socket.terminate();
}, 120_000);

it('who was behind gets the whole next, and nothing that came meanwhile', async () => {
  const [late, reading] = [await reader('late'), await reader('reading')];
  await expect.poll(() => delivers.size).toBe(1);
  const tell = async (number: number) => {
    const event = { number, whole: false, sentAt: 0, filler: filler.repeat(50) };
    for (const deliver of delivers) deliver({ event, whole: () => ({ ...event, whole: true }) });
    await turn();
  };
  await tell(0);
  await expect.poll(() => ticksOf(late).length).toBe(1);
  expect(ticksOf(late)).toMatchObject([{ number: 0, whole: true }]);
  late.socket.pause();
  for (let number = 1; number <= 100; number += 1) await tell(number);
  await expect.poll(() => ticksOf(reading).at(-1)?.number).toBe(100);
  late.socket.resume();
  await expect
    .poll(async () => {
      await tell(101);
      return ticksOf(late).at(-1);
    })
    .toMatchObject({ number: 101 });
  const seen = ticksOf(late);
  const first = seen.findIndex(({ number }, index) => index > 0 && number > (seen[index - 1]?.number ?? 0) + 1);
  expect(seen[first]).toMatchObject({ whole: true });
});

it('what is the same for all is made once, however many read it', async () => {
  const readers = await Promise.all(Array.from({ length: 50 }, (_, index) => reader(`one.${index}`)));
  const tell = (number: number) => {
    const event = { number, whole: true, sentAt: 0, filler };
    for (const deliver of delivers) deliver({ event, whole: () => event });
  };
  await expect
    .poll(() => {
      tell(1);
      return readers.every((one) => ticksOf(one).length > 0);
    })
    .toBe(true);
  await turn();
  const before = executions;
  tell(2);
  for (const one of readers) await expect.poll(() => ticksOf(one).at(-1)?.number).toBe(2);
  expect(executions - before).toBe(1);
});

it('who subscribes twice under one id, and is gone, leaves nothing behind', async () => {
  const socket = await new RawSocket(url, 'cordon_session=hasty').begin();
  const query = 'subscription { tick { number whole sentAt filler } }';
  for (let time = 0; time < 3; time += 1) {
    socket.subscribe(query, undefined, 'same');
    socket.send({ type: 'complete', id: 'same' });
  }
  socket.subscribe(query, undefined, 'same');
  await expect.poll(() => delivers.size).toBe(1);
  socket.socket.terminate();
  await expect.poll(() => delivers.size).toBe(0);
});

it('an event that could not be made ends nothing: who missed it gets the whole next', async () => {
  const one = await reader('one');
  await expect.poll(() => delivers.size).toBe(1);
  const tell = async (number: number) => {
    const event = { number, whole: false, sentAt: 0, filler };
    for (const deliver of delivers) deliver({ event, whole: () => ({ ...event, whole: true }) });
    await turn();
  };
  await tell(1);
  await expect.poll(() => ticksOf(one).at(-1)?.number).toBe(1);
  failing = true;
  await tell(2);
  failing = false;
  await tell(3);
  await expect.poll(() => ticksOf(one).at(-1)).toMatchObject({ number: 3, whole: true });
});

it('of what is gone before it is shown nobody is told, and what comes next is', async () => {
  const one = await reader('one');
  await expect.poll(() => delivers.size).toBe(1);
  const tell = (event: FeedEvent) => delivers.forEach((deliver) => deliver({ event }));
  tell(async () => null);
  tell(async () => ({ number: 7, whole: true, sentAt: 0, filler }));
  await expect.poll(() => ticksOf(one)).toMatchObject([{ number: 7 }]);
  expect(one.received.filter(({ type }) => type === 'next' || type === 'error')).toHaveLength(1);
});
