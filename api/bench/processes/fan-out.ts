// One server that brings the same event to thousands of sockets, in one of three ways; only writing is compared.
import 'reflect-metadata';
import cookie from '@fastify/cookie';
import Fastify from 'fastify';
import { buildSchema, type GraphQLSchema } from 'graphql';
import { useServer } from 'graphql-ws/use/ws';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Registry } from 'prom-client';
import { WebSocketServer, type WebSocket } from 'ws';
import type { RequestContext } from '#api/platform/graphql/context.ts';
import { createLogger } from '#api/platform/observability/logger.ts';
import { Feed, openFeeds, type Deliver } from '#api/platform/sockets/feed.ts';
import { serveSockets } from '#api/platform/sockets/serve-sockets.ts';
import { answerCalls } from './calls.ts';

export type Way = 'GROUPS' | 'BARE' | 'ITERATORS';

const schema = () =>
  buildSchema(`type Query { nothing: Int } type Subscription { tick: Tick! }
    type Tick { number: Int! text: String! rows: [Row!]! } type Row { id: ID! in: Int! out: Int! }`);
const eventOf = (number: number) => ({
  number,
  text: 'Chốt Dốc Xây',
  rows: Array.from({ length: 25 }, (_, row) => ({ id: `row-${row}`, in: number, out: row })),
});

interface Served {
  url: string;
  deliver(event: object): void;
}

async function groups(): Promise<Served> {
  const delivers = new Set<Deliver>();
  const feed = new Feed('all', (deliver) => {
    delivers.add(deliver);
    return { end: () => void delivers.delete(deliver) };
  });
  const own: GraphQLSchema = schema();
  const field = own.getSubscriptionType()?.getFields()['tick'];
  if (field) field.resolve = () => feed;
  openFeeds(own);
  const app = Fastify();
  await app.register(cookie);
  const rowScope = { provinces: [], unitIds: null, accountId: null };
  const transactions = { commit: async () => undefined, rollback: async () => undefined, open: undefined };
  const trail = { enterLooks: async () => undefined, enterRefusals: async () => undefined };
  await serveSockets(app, {
    schema: own,
    logger: createLogger('error'),
    registry: new Registry(),
    viewerOf: async (token) => ({ accountId: token, rowScope }),
    standing: async (tokens) => new Map(tokens.map((token) => [token, { accountId: token, rowScope }])),
    rightsOf: () => 'the same',
    contextOf: () => ({ transactions, trail }) as unknown as RequestContext,
  });
  await app.listen({ port: 0, host: '127.0.0.1' });
  const { port } = app.server.address() as AddressInfo;
  return { url: urlOf(port), deliver: (event) => delivers.forEach((deliver) => deliver({ event })) };
}

/** The same bytes, made once, written by the library. */
async function bare(): Promise<Served> {
  const server = createServer();
  const sockets = new Set<WebSocket>();
  new WebSocketServer({ server, perMessageDeflate: false }).on('connection', (socket) => {
    socket.on('message', (data: Buffer) => {
      const { type } = JSON.parse(data.toString()) as { type: string };
      if (type === 'connection_init') socket.send('{"type":"connection_ack"}');
      else sockets.add(socket);
    });
  });
  return {
    url: await listen(server),
    deliver(event) {
      const text = JSON.stringify({ id: idOfAll, type: 'next', payload: { data: { tick: event } } });
      const bytes = Buffer.from(text);
      for (const socket of sockets) socket.send(bytes, { binary: false });
    },
  };
}
const idOfAll = '00000000-0000-4000-8000-000000000000';

/** graphql-ws as it comes: an iterator and an execution for each reader. */
async function iterators(): Promise<Served> {
  const server = createServer();
  const tell = new Set<(event: object) => void>();
  async function* ticks(): AsyncGenerator<object> {
    const queue: object[] = [];
    let wake: () => void = () => undefined;
    tell.add((event) => {
      queue.push(event);
      wake();
    });
    for (;;) {
      while (queue.length === 0) await new Promise<void>((resolve) => (wake = resolve));
      yield { tick: queue.shift() };
    }
  }
  const own = schema();
  const field = own.getSubscriptionType()?.getFields()['tick'];
  if (field) field.subscribe = () => ticks();
  useServer({ schema: own }, new WebSocketServer({ server, perMessageDeflate: false }));
  return {
    url: await listen(server),
    deliver: (event) => tell.forEach((one) => one(event)),
  };
}

const urlOf = (port: number) => `ws://127.0.0.1:${port}/graphql`;

async function listen(server: ReturnType<typeof createServer>): Promise<string> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return urlOf((server.address() as AddressInfo).port);
}

const ways: Record<Way, () => Promise<Served>> = { GROUPS: groups, BARE: bare, ITERATORS: iterators };
const served = ways[process.env['FAN_OUT'] as Way]();
let number = 0;

answerCalls({
  url: async () => (await served).url,
  /** Brings one event to everybody. */
  deliver: async () => (await served).deliver(eventOf((number += 1))),
  memory: () => process.memoryUsage().rss,
});
