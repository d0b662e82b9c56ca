import { request as httpRequest } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startServer, type TestServer } from '../server.ts';

let server: TestServer;
let production: TestServer;
beforeAll(async () => {
  [server, production] = await Promise.all([
    startServer(),
    startServer({ config: { mode: 'production', publicOrigin: 'https://cordon.example' } }),
  ]);
});
afterAll(() => Promise.all([server.stop(), production.stop()]));

describe('headers', () => {
  const routes = ['/', '/officer', '/admin', '/healthz', '/readyz', '/metrics', '/trust.json', '/nowhere', '/graphql'];

  it.each(routes)('%s has the headers that protect a browser', async (path) => {
    const method = path === '/graphql' ? 'POST' : 'GET';
    const response = await fetch(production.url + path, {
      method,
      ...(method === 'POST'
        ? { headers: { 'content-type': 'application/json' }, body: '{"query":"{ __typename }"}' }
        : {}),
    });
    const header = (name: string) => response.headers.get(name);
    expect(header('content-security-policy')).toMatch(/default-src 'self'/);
    expect(header('content-security-policy')).toMatch(/frame-ancestors 'none'/);
    expect(header('content-security-policy')).not.toMatch(/unsafe-inline|'unsafe-eval'|\*/);
    expect(header('x-content-type-options')).toBe('nosniff');
    expect(header('referrer-policy')).toBe('no-referrer');
    expect(header('strict-transport-security')).toMatch(/max-age=\d{7,}/);
    expect(header('x-powered-by') ?? header('server')).toBeNull();
    if (path === '/graphql') expect(header('cache-control')).toBe('no-store');
  });

  const signIn =
    'mutation ($username: String!, $password: String!) { signIn(username: $username, password: $password) { __typename } }';
  it('the session cookie is for this site and HTTP alone, secure where the site is; signing out clears it', async () => {
    const plain = await server.graphql(signIn, { username: 'tracer.38', password: 'dang nhap thu nghiem' });
    expect(plain.headers.get('set-cookie')).toMatch(
      /^cordon_session=[\w-]{43}; .*Path=\/; .*HttpOnly; .*SameSite=Strict/,
    );
    const secure = await production.graphql(signIn, { username: 'tracer.38', password: 'dang nhap thu nghiem' });
    expect(secure.headers.get('set-cookie')).toMatch(/Secure/);
    const cookie = plain.headers.get('set-cookie')?.split(';')[0] ?? '';
    const out = await server.graphql('mutation { signOut }', {}, { cookie });
    expect(out.headers.get('set-cookie')).toMatch(/^cordon_session=;.*(Expires=Thu, 01 Jan 1970|Max-Age=0)/);
    expect((await server.graphql('{ viewer { account { id } } }', {}, { cookie })).data['viewer']).toBeNull();
  });

  it('a request that smuggles another is refused', async () => {
    const { port } = new URL(server.url);
    const status = await new Promise((resolve) => {
      const sent = httpRequest(
        {
          port,
          method: 'POST',
          path: '/graphql',
          headers: { 'content-type': 'application/json', 'content-length': '5', 'transfer-encoding': 'chunked' },
        },
        (response) => resolve(response.statusCode),
      );
      sent.on('error', () => resolve(400));
      sent.end('{}');
    });
    expect(status).toBe(400);
  });
});
