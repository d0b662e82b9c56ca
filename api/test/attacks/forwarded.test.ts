import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startServer, type TestServer } from '../server.ts';

let direct: TestServer;
let proxied: TestServer;
beforeAll(async () => {
  direct = await startServer();
  proxied = await startServer({ database: { ownerUrl: direct.ownerUrl }, config: { trustProxy: '127.0.0.1' } });
});
afterAll(async () => {
  await proxied.stop();
  await direct.stop();
});

const document =
  'mutation ($username: String!, $password: String!) { signIn(username: $username, password: $password) { __typename } }';

/** Fails to sign in with these headers, and answers the address that the audit trail has of it. */
async function addressEntered(server: TestServer, headers: Record<string, string>): Promise<string | undefined> {
  await server.graphql(document, { username: 'tracer.38', password: 'sai mat khau' }, { headers });
  const [entry] = await direct.sql<{ ip: string }>(
    "select detail->>'ip' as ip from audit_entry where action = 'sign-in.failed' order by id desc limit 1",
  );
  return entry?.ip;
}

describe('an address that the sender made up', () => {
  const forged = [
    { 'x-forwarded-for': '203.0.113.9' },
    { 'x-forwarded-for': '203.0.113.9, 127.0.0.1' },
    { forwarded: 'for=203.0.113.9' },
    { 'x-real-ip': '203.0.113.9' },
    { 'cf-connecting-ip': '203.0.113.9' },
    { 'true-client-ip': '203.0.113.9' },
    { 'x-client-ip': '203.0.113.9' },
  ];

  it.each(forged)('is not believed where there is no proxy: %o', async (headers) => {
    expect(await addressEntered(direct, headers)).toMatch(/^(::ffff:)?127\.0\.0\.1$/);
  });

  it('is not believed behind a proxy either: what the proxy added counts, not what stood before it', async () => {
    expect(await addressEntered(proxied, { 'x-forwarded-for': '6.6.6.6, 203.0.113.9' })).toBe('203.0.113.9');
    expect(await addressEntered(proxied, { 'x-forwarded-for': '127.0.0.1, 203.0.113.9' })).toBe('203.0.113.9');
  });

  it('another one at every try does not hurry the delays of who guesses', async () => {
    const outcomes: unknown[] = [];
    for (let tried = 0; tried < 12; tried += 1) {
      const headers = { 'x-forwarded-for': `203.0.113.${tried}` };
      const answer = await direct.graphql<{ signIn: { retryAfter: number | null } }>(
        document.replace('__typename', '... on SignInFailed { retryAfter }'),
        { username: 'analyst.38', password: 'sai mat khau' },
        { headers },
      );
      outcomes.push(answer.data.signIn.retryAfter);
    }
    expect(outcomes.slice(5).every((wait) => typeof wait === 'number' && wait > 0)).toBe(true);
  });

  it('nor who one is, or what one may: no header makes a viewer', async () => {
    for (const name of ['x-user', 'x-user-id', 'x-account-id', 'x-remote-user', 'x-roles', 'authorization']) {
      const answer = await direct.graphql('{ viewer { account { id } } }', {}, { headers: { [name]: 'admin.38' } });
      expect(answer.data['viewer'], name).toBeNull();
    }
  });
});
