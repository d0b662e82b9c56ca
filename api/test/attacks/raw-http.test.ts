import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startServer, type TestServer } from '../server.ts';
import { jsonRequest, sendBytes, statusOf } from './attack-desk.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startServer({ config: { mode: 'production', publicOrigin: 'https://cordon.example' } });
});
afterAll(() => server.stop());

const body = '{"query":"{ __typename }"}';
const right = `content-length: ${body.length}`;
const status = async (headers: string) => statusOf(await sendBytes(server, jsonRequest(body, headers)));
const get = (path: string, headers = '') =>
  sendBytes(server, `GET ${path} HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n${headers}\r\n`);

describe('a request whose end is told in two ways', () => {
  it('the right one is answered, which shows that the others are refused for what they are', async () => {
    expect(await status(right)).toBe(200);
  });

  it.each([
    ['two lengths', `${right}\r\ncontent-length: 5`],
    ['the same length twice', `${right}\r\n${right}`],
    ['a length and chunks', `${right}\r\ntransfer-encoding: chunked`],
    ['chunks of an unknown kind', 'transfer-encoding: xchunked'],
    ['a negative length', 'content-length: -1'],
    ['a length with a sign', `content-length: +${body.length}`],
    ['a header split by a bare line feed', `x-a: b\nx-c: d\r\n${right}`],
    ['a header with a carriage return in it', `x-a: b\rc\r\n${right}`],
    ['a header with a null character', `x-a: b\0c\r\n${right}`],
    ['a header with a blank before its colon', `x-a : b\r\n${right}`],
    ['a folded header', `x-a: b\r\n c: d\r\n${right}`],
  ])('%s is refused', async (_, headers) => {
    expect(await status(headers)).toBe(400);
  });

  it('headers of 20,000 characters are refused', async () => {
    expect(await status(`x-a: ${'a'.repeat(20_000)}\r\n${right}`)).toBe(431);
  });
});

describe('bodies that are no questions', () => {
  const many = 100_000;
  it.each([
    ['lists 100,000 deep', `{"query":"{ __typename }","variables":{"a":${'['.repeat(many)}${']'.repeat(many)}}}`],
    ['objects 100,000 deep', `{"query":"{ __typename }","variables":${'{"a":'.repeat(many)}1${'}'.repeat(many)}}`],
    ['a query nested as deep as its tokens allow', `{"query":"{ a(x: ${'['.repeat(1_900)}) }"}`],
    [
      'an infinite number',
      '{"query":"query ($n: Int) { passages(first: $n) { totalCount } }","variables":{"n":1e400}}',
    ],
    ['a list', '[]'],
    ['a text', '"{ __typename }"'],
    ['null', 'null'],
    ['nothing', ''],
    ['variables as a text', '{"query":"{ __typename }","variables":"{}"}'],
    ['variables as a list', '{"query":"{ __typename }","variables":[1]}'],
    ['an operator for a query', '{"query":{"$ne":1}}'],
    ['an operator for a name', '{"query":"{ __typename }","operationName":{"$ne":1}}'],
    ['the name of no operation', '{"query":"{ __typename }","operationName":"Other"}'],
    ['a query kept by its hash', '{"extensions":{"persistedQuery":{"version":1,"sha256Hash":"abc"}}}'],
    ['a prototype', '{"__proto__":{"query":"{ __typename }"}}'],
    ['a constructor', '{"constructor":{"prototype":{"query":"{ __typename }"}}}'],
  ])('%s: answered as a mistake of the sender', async (_, text) => {
    const answer = await sendBytes(server, jsonRequest(text));
    expect([200, 400]).toContain(statusOf(answer));
    expect(answer).toContain('"errors"');
    expect(answer).not.toMatch(/INTERNAL|UNAVAILABLE|"data"|call stack|at .*\.js/);
  });

  it('a body that says it is packed, or in another script, is read as it is and not unpacked', async () => {
    expect(await status(`${right}\r\ncontent-encoding: gzip`)).not.toBe(500);
    expect(await status(`${right}\r\ncontent-encoding: br`)).not.toBe(500);
  });
});

describe('addresses', () => {
  it.each([
    '/..%2f..%2fpackage.json',
    '/officer/../../../../package.json',
    '/officer/%2e%2e/%2e%2e/%2e%2e/package.json',
    '/officer/..%2f..%2f..%2fpackage.json',
    '/admin/..%5c..%5cpackage.json',
    '/assets/../../../package.json',
    '/package.json',
    '/.env',
    '/officer/.env',
    '/.git/config',
    '/.vite/manifest.json',
    '/%00',
    '/%',
    '/admin/%c0%ae%c0%ae/x.js',
    '//evil.example/',
    '/\\evil.example',
    '/graphql/',
    '/graphiql',
    '/debug',
  ])('%s leads nowhere, is not repeated, and sends nobody elsewhere', async (path) => {
    const answer = await get(path);
    expect([400, 403, 404]).toContain(statusOf(answer));
    expect(answer).not.toMatch(/location:|"dependencies"|evil|\.\.|package/i);
    expect(answer).toContain('content-security-policy');
  });

  it('no method but GET, HEAD and POST does anything, and no other site is told that it may', async () => {
    for (const method of ['TRACE', 'OPTIONS', 'PUT', 'DELETE', 'PATCH']) {
      for (const path of ['/graphql', '/', '/trust.json']) {
        const answer = await sendBytes(
          server,
          `${method} ${path} HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\norigin: https://evil.example\r\ncontent-length: 0\r\n\r\n`,
        );
        expect([400, 404, 405, 415], `${method} ${path}`).toContain(statusOf(answer));
        expect(answer).not.toMatch(/access-control-allow/i);
      }
    }
  });

  it('/metrics answers this machine, and nobody whom a proxy on it passes on', async () => {
    expect(statusOf(await get('/metrics'))).toBe(200);
    expect(statusOf(await get('/metrics', 'x-forwarded-for: 127.0.0.1\r\n'))).toBe(404);
    expect(statusOf(await get('/metrics', 'forwarded: for=127.0.0.1\r\n'))).toBe(404);
  });
});

describe('who sends slowly', () => {
  const lasted = async (beginning: string, drip: string) => {
    const { connect } = await import('node:net');
    const started = performance.now();
    const socket = connect(Number(new URL(server.url).port), '127.0.0.1', () => socket.write(beginning));
    const dripping = setInterval(() => socket.write(drip), 500);
    await new Promise((resolve) =>
      socket
        .on('error', () => undefined)
        .on('close', resolve)
        .resume(),
    );
    clearInterval(dripping);
    return (performance.now() - started) / 1_000;
  };

  it('a header at a time is cut off after 10 seconds, a byte of the body at a time after 30', async () => {
    const [headers, text] = await Promise.all([
      lasted('POST /graphql HTTP/1.1\r\nhost: localhost\r\n', 'x-a: b\r\n'),
      lasted(jsonRequest('', 'content-length: 5000'), ' '),
    ]);
    expect(headers).toBeLessThan(20);
    expect(text).toBeLessThan(45);
  }, 90_000);
});
