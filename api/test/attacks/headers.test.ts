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

const json = { 'content-type': 'application/json' };
const ask = (body: string, headers: Record<string, string> = json): RequestInit => ({ method: 'POST', headers, body });
const question = '{"query":"{ __typename }"}';

/** Every kind of route, and every kind of answer that is none. */
const requests: Array<[what: string, status: number[], path: string, init?: RequestInit]> = [
  ...['/', '/pass', '/khai-bao', '/officer', '/officer/lane', '/admin', '/admin/accounts'].map(
    (path): [string, number[], string] => [`the page ${path}`, [200, 404], path],
  ),
  ...['/sw.js', '/icon.svg'].map((path): [string, number[], string] => [`the file ${path}`, [200, 404], path]),
  ...['/healthz', '/readyz', '/metrics', '/trust.json'].map((path): [string, number[], string] => [path, [200], path]),
  ['an answer of GraphQL', [200], '/graphql', ask(question)],
  ['a fault of GraphQL', [400], '/graphql', ask('{"query":"{ nothing }"}')],
  ['a body that is no JSON', [400], '/graphql', ask('{')],
  ['a body of text', [400], '/graphql', ask(question, { 'content-type': 'text/plain' })],
  ['a body that is too large', [413], '/graphql', ask('x'.repeat(1_100_000))],
  ['a request of another site', [403], '/graphql', ask(question, { ...json, origin: 'https://evil.example' })],
  ['GET of GraphQL', [405], '/graphql?query={__typename}'],
  ['an address of nothing', [404], '/nowhere'],
  ['an address that cannot be read', [400], '/%'],
];

describe('headers', () => {
  it.each(requests)('%s has those that protect a browser', async (_, statuses, path, init) => {
    const response = await fetch(production.url + path, init);
    expect(statuses).toContain(response.status);
    const header = (name: string) => response.headers.get(name);
    expect(header('content-security-policy')).toMatch(/default-src 'self'/);
    expect(header('content-security-policy')).toMatch(/frame-ancestors 'none'/);
    expect(header('content-security-policy')).not.toMatch(/unsafe-inline|'unsafe-eval'|\*/);
    expect(header('x-content-type-options')).toBe('nosniff');
    expect(header('x-frame-options')).toBe('DENY');
    expect(header('referrer-policy')).toBe('no-referrer');
    expect(header('strict-transport-security')).toMatch(/max-age=\d{7,}/);
    expect(header('x-powered-by') ?? header('server')).toBeNull();
    if (path.startsWith('/graphql')) expect(header('cache-control')).toBe('no-store');
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
    expect(out.headers.get('clear-site-data')).toBe('"cache"');
    expect((await server.graphql('{ viewer { account { id } } }', {}, { cookie })).data['viewer']).toBeNull();
  });
});
