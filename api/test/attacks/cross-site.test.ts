import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startServer, type TestServer } from '../server.ts';
import { post } from './attack-desk.ts';

let server: TestServer;
let production: TestServer;
beforeAll(async () => {
  [server, production] = await Promise.all([
    startServer(),
    startServer({ config: { mode: 'production', publicOrigin: 'https://cordon.example' } }),
  ]);
});
afterAll(() => Promise.all([server.stop(), production.stop()]));

describe('only our own clients, only by POST of JSON', () => {
  const body = JSON.stringify({ query: '{ __typename }' });

  it('GET is refused, whatever its headers', async () => {
    for (const headers of [
      {},
      { 'apollo-require-preflight': 'true' },
      { 'content-type': 'application/json' },
      { 'x-apollo-operation-name': 'a' },
    ]) {
      const response = await fetch(`${server.url}/graphql?query=${encodeURIComponent('{ __typename }')}`, {
        headers: headers as Record<string, string>,
      });
      expect(response.status).toBe(405);
      expect(response.headers.get('allow')).toBe('POST');
    }
  });

  it('what a form on another site can send is refused', async () => {
    for (const type of [
      'application/x-www-form-urlencoded',
      'text/plain',
      'multipart/form-data; boundary=x',
      'text/plain; application/json',
    ]) {
      const response = await post(server, body, { 'content-type': type });
      expect([400, 415], type).toContain(response.status);
    }
  });

  it('a foreign Origin is refused before anything is read; ours and none are served', async () => {
    for (const origin of [
      'https://evil.example',
      'null',
      'http://localhost.evil.example',
      `${server.url}.evil.example`,
    ]) {
      expect((await post(server, body, { origin })).status, origin).toBe(403);
    }
    expect((await post(server, body, { origin: server.url.replace('localhost', '127.0.0.1') })).status).toBe(403);
    expect((await post(server, body, { origin: server.url })).status).toBe(200);
    expect((await post(server, body)).status).toBe(200);
    expect((await post(production, body, { origin: 'https://cordon.example' })).status).toBe(200);
    expect((await post(production, body, { origin: production.url })).status).toBe(403);
  });

  it('forged proxy headers change nothing', async () => {
    const forged = { 'x-forwarded-host': 'evil.example', 'x-forwarded-proto': 'https', origin: 'https://evil.example' };
    expect((await post(server, body, forged)).status).toBe(403);
  });

  it('several operations in one request are refused', async () => {
    expect(
      (await post(server, JSON.stringify([{ query: '{ __typename }' }, { query: '{ __typename }' }]))).status,
    ).toBe(400);
  });
});
