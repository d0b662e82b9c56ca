import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { aPassage, declared, record } from '../builders.ts';
import { follow, rawSocket, RawSocket } from '../live-desk.ts';
import { startNode } from '../node-process.ts';
import { startServer, type TestServer } from '../server.ts';

let server: TestServer;
beforeAll(async () => (server = await startServer()));
afterAll(() => server.stop());

const document = 'subscription { checkpointTraffic { at total { todayIn } } }';
const begun = async (as = 'analyst.38') => (await rawSocket(server, as)).begin();
const errorOf = async (socket: RawSocket, id: string) => {
  const { payload } = (await socket.until((one) => one.type === 'error' && one.id === id)) as {
    payload: Array<{ message: string; extensions: { code: string } }>;
  };
  return payload[0];
};
const isAlive = async () => {
  const socket = await begun();
  const id = socket.subscribe(document);
  await socket.until((one) => one.type === 'next' && one.id === id);
  socket.socket.terminate();
};

describe('a socket is opened', () => {
  it('by who is signed in, from our own page, in our protocol', async () => {
    const cookie = await server.signIn('analyst.38');
    const origin = { headers: { origin: 'https://elsewhere.example' } };
    expect((await new RawSocket(server.url, cookie, origin).closed).status).toBe(403);
    expect((await new RawSocket(server.url, '').closed).status).toBe(401);
    expect((await new RawSocket(server.url, 'cordon_session=x').closed).status).toBe(401);
    expect((await new RawSocket(server.url, cookie, {}, 'graphql-ws').closed).code).toBe(4406);
    const own = { headers: { origin: server.url.replace('localhost', '127.0.0.1') } };
    expect(await new RawSocket(server.url, cookie, own).opened).toBe(true);
  });

  it('and closed when nothing begins', async () => {
    const socket = await rawSocket(server, 'analyst.38');
    expect((await socket.closed).code).toBe(4408);
  });

  it('a hundred times by one account, and no more', async () => {
    const cookie = await server.signIn('admin.38');
    const sockets = Array.from({ length: 100 }, () => new RawSocket(server.url, cookie));
    for (const socket of sockets) expect(await socket.opened).toBe(true);
    expect((await new RawSocket(server.url, cookie).closed).status).toBe(429);
    for (const { socket } of sockets) socket.terminate();
  });
});

describe('a socket is closed for', () => {
  it('50,000 subscriptions', async () => {
    const socket = await begun();
    for (let at = 0; at < 50_000; at += 1) socket.subscribe(document, undefined, `s-${at}-a-b-c`);
    expect((await socket.closed).code).toBe(4429);
    await isAlive();
  });

  it('more than twenty', async () => {
    const socket = await begun();
    const ids = Array.from({ length: 20 }, () => socket.subscribe(document));
    for (const id of ids) await socket.until((one) => one.type === 'next' && one.id === id);
    socket.subscribe(document);
    expect((await socket.closed).code).toBe(4429);
  });

  it('more than a hundred of an account, also where all are asked for at once', async () => {
    const cookie = await server.signIn('officer.38');
    const sockets = await Promise.all(Array.from({ length: 10 }, () => new RawSocket(server.url, cookie).begin()));
    const waiting = 'subscription ($at: ID!) { registryVerified(checkpointId: $at) { id } }';
    for (const socket of sockets)
      for (let number = 0; number < 20; number += 1) socket.subscribe(waiting, { at: server.checkpoints.docXay });
    expect((await Promise.race(sockets.map(({ closed }) => closed))).code).toBe(4429);
    for (const { socket } of sockets) socket.terminate();
    await isAlive();
  });

  it('a message of 60 MB', async () => {
    const socket = await begun();
    socket.socket.send(Buffer.alloc(60 * 1024 * 1024, 'x'));
    expect([1009, 1006]).toContain((await socket.closed).code);
    await isAlive();
  });

  it.each(['nonsense', '{"type":"subscribe"}', '{"type":"subscribe","id":"a","payload":{"query":1}}', '[]'])(
    'what is no message: %s',
    async (text) => {
      const socket = await begun();
      socket.socket.send(text);
      expect((await socket.closed).code).toBeGreaterThanOrEqual(4400);
      await isAlive();
    },
  );

  it('a flood of messages', async () => {
    const socket = await begun();
    for (let at = 0; at < 1_000; at += 1) socket.send({ type: 'ping', payload: { text: 'x'.repeat(10_000) } });
    expect((await socket.closed).code).toBe(4429);
  });
});

describe('over a socket', () => {
  const scope = 'checkpoint { unit { ';
  const deep = `subscription { checkpointTraffic { checkpoints { ${scope}${'parent { '.repeat(15)}code${' }'.repeat(15)} } } } } }`;
  const place = 'checkpoint { id code name kind latitude longitude active closesOn unit { code name level fullName } }';
  const dear = `subscription { checkpointTraffic { ${Array.from({ length: 14 }, (_, at) => `a${at}: checkpoints { in out ${place} }`).join(' ')} } }`;
  const aliased = `subscription { checkpointTraffic { ${Array.from({ length: 20 }, (_, at) => `a${at}: at`).join(' ')} } }`;
  const exploding = `subscription { checkpointTraffic { ...F0 } } ${Array.from(
    { length: 30 },
    (_, at) => `fragment F${at} on TrafficTick { ${at < 29 ? `...F${at + 1} ...F${at + 1}` : 'at'} }`,
  ).join(' ')}`;
  const long = `subscription { checkpointTraffic { ${'at '.repeat(3_000)} } }`;

  it.each([
    ['depth', deep, 'GRAPHQL_VALIDATION_FAILED'],
    ['cost', dear, 'TOO_COMPLEX'],
    ['aliases', aliased, 'GRAPHQL_VALIDATION_FAILED'],
    ['tokens', long, 'GRAPHQL_PARSE_FAILED'],
    [
      'two root fields',
      'subscription { checkpointTraffic { at } b: checkpointTraffic { at } }',
      'GRAPHQL_VALIDATION_FAILED',
    ],
    ['a query', '{ viewer { account { id } } }', 'BAD_REQUEST'],
    ['a mutation', 'mutation { signOut }', 'BAD_REQUEST'],
  ])('the same bounds hold as over HTTP: %s', async (_, query, code) => {
    const socket = await begun();
    const error = await errorOf(socket, socket.subscribe(query));
    expect(error?.extensions.code).toBe(code);
    expect(JSON.stringify(error)).not.toMatch(/Did you mean|stack/);
    socket.socket.terminate();
  });

  it('fragments that explode are refused at once', async () => {
    const socket = await begun();
    const began = performance.now();
    await errorOf(socket, socket.subscribe(exploding));
    expect(performance.now() - began).toBeLessThan(2_000);
    socket.socket.terminate();
  });

  it('an error is in the language that the page asked for', async () => {
    const english = await follow(server, 'officer.38', document, {}, 'en');
    await expect.poll(() => english.errors.length).toBe(1);
    expect(JSON.stringify(english.errors)).toContain('This account may not do that.');
    await english.client.dispose();
  });

  it('a refusal is entered in the audit trail', async () => {
    const count = async () =>
      (await server.sql(`select 1 from audit_entry where detail->'refused' ? 'checkpointTraffic FORBIDDEN'`)).length;
    const before = await count();
    const socket = await begun('tracer.38');
    await errorOf(socket, socket.subscribe(document));
    await expect.poll(count).toBe(before + 1);
    socket.socket.terminate();
  });
});

describe('within five seconds a socket is closed', () => {
  const timed = async (socket: RawSocket, doing: () => Promise<unknown>) => {
    const id = socket.subscribe(document);
    await socket.until((one) => one.type === 'next' && one.id === id);
    const began = performance.now();
    await doing();
    const { code } = await socket.closed;
    expect(performance.now() - began).toBeLessThan(5_000);
    return code;
  };

  it('of a session that was ended', async () => {
    const cookie = await server.signIn('analyst.38');
    const socket = await new RawSocket(server.url, cookie).begin();
    expect(await timed(socket, () => server.graphql('mutation { signOut }', {}, { cookie }))).toBe(4401);
  });

  it('of an account that was suspended', async () => {
    const socket = await begun('admin.01');
    const code = await timed(socket, () => server.sql(`update account set active = false where username = 'admin.01'`));
    expect(code).toBe(4401);
    await server.sql(`update account set active = true where username = 'admin.01'`);
  });

  it('of an account whose rights changed: it may come back, and is asked anew', async () => {
    const socket = await begun();
    const set = (roles: string) => server.sql(`update account set roles = $1 where username = 'analyst.38'`, [[roles]]);
    expect(await timed(socket, () => set('AUDITOR'))).toBe(1012);
    await set('ANALYST');
  });
});

it('SIGTERM closes sockets with a code on which clients come back, and the node ends', async () => {
  const { id: declarationId } = await declared(server);
  let node = await startNode(server.ownerUrl);
  const here = { ...server, url: node.url, signIn: (as: string) => server.signIn(as) };
  const screen = await follow<{ checkpointTraffic: { total: { todayIn: number } } }>(here, 'analyst.38', document);
  await expect.poll(() => screen.received.length, { timeout: 10_000 }).toBeGreaterThan(0);
  const raw = await (await rawSocket(here, 'analyst.38')).begin();
  const { port } = new URL(node.url);
  node.signal('SIGTERM');
  expect((await raw.closed).code).toBe(1012);
  expect(await node.exited).toBe(0);
  await record(server, [aPassage(server.checkpoints.docXay, { declarationId })]);
  const before = screen.received.length;
  node = await startNode(server.ownerUrl, { settings: { PORT: port } });
  await expect.poll(() => screen.received.length, { timeout: 20_000 }).toBeGreaterThan(before);
  const [row] = await server.sql<{ count: number }>('select count(*)::int as count from passage');
  expect(screen.received.at(-1)?.checkpointTraffic.total.todayIn).toBe(row?.count);
  screen.stop();
  node.signal('SIGTERM');
  await node.exited;
}, 60_000);
