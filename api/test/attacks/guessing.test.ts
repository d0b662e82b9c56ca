import { newReceiptSecret } from '#api/declarations/shared/receipt-secret.ts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { declared } from '../builders.ts';
import { startServer, testPassword, type TestServer } from '../server.ts';
import { codeOf, post } from './attack-desk.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startServer();
});
afterAll(() => server.stop());

const aliases = (count: number, one: (at: number) => string) =>
  Array.from({ length: count }, (_, at) => `a${at}: ${one(at)}`).join(' ');
const signIn = (username: string, password: string) =>
  `signIn(username: "${username}", password: "${password}") { __typename }`;
const kindsOf = (data: Record<string, { __typename: string } | null> | null) =>
  Object.values(data ?? {}).map((outcome) => outcome?.__typename);

describe('guessing a password many times in one request', () => {
  it('the right one among fifteen aliases does not sign in once five were wrong', async () => {
    const guesses = (right: number) =>
      aliases(15, (at) => signIn('tracer.38', at === right ? testPassword : `sai mat khau ${at}`));
    const answer = await server.graphql<Record<string, { __typename: string }>>(`mutation { ${guesses(12)} }`);
    expect(kindsOf(answer.data)).toEqual(Array(15).fill('SignInFailed'));
    expect(answer.headers.get('set-cookie')).toBeNull();
  });

  it('sixteen aliases are refused before any is tried, in fragments too', async () => {
    const many = aliases(16, (at) => signIn('auditor.38', `sai ${at}`));
    const halves = [0, 8].map((from) => aliases(8, (at) => signIn('auditor.38', `sai ${from + at}`)));
    const spread = `mutation { ...A ...B } fragment A on Mutation { ${halves[0]} } fragment B on Mutation { ${halves[1]?.replaceAll(/a(\d+):/g, 'b$1:')} }`;
    const inline = `mutation { ... on Mutation { ${halves[0]} } ... @include(if: true) { ${halves[1]?.replaceAll(/a(\d+):/g, 'b$1:')} } }`;
    for (const document of [`mutation { ${many} }`, spread, inline]) {
      const answer = await server.graphql(document);
      expect(codeOf(answer), document.slice(0, 60)).toBe('GRAPHQL_VALIDATION_FAILED');
      expect(answer.data ?? null).toBeNull();
    }
    const tried = await server.sql(
      "select 1 from audit_entry where action = 'sign-in.failed' and subject_ids = (select array[id] from account where username = 'auditor.38')",
    );
    expect(tried).toEqual([]);
  });

  it('one fragment spread many times runs its fields once', async () => {
    const spread = Array.from({ length: 50 }, () => '...A').join(' ');
    const answer = await server.graphql<Record<string, { __typename: string }>>(
      `mutation { ${spread} } fragment A on Mutation { ${signIn('analyst.38', 'sai mat khau')} }`,
    );
    expect(kindsOf(answer.data)).toEqual(['SignInFailed']);
    const tried = await server.sql(
      "select 1 from audit_entry where action = 'sign-in.failed' and subject_ids = (select array[id] from account where username = 'analyst.38')",
    );
    expect(tried).toHaveLength(1);
  });

  it('a batch of requests, and several operations in one document, are not run', async () => {
    const batch = Array.from({ length: 20 }, () => ({ query: `mutation { ${signIn('admin.38', 'sai')} }` }));
    expect((await post(server, JSON.stringify(batch))).status).toBe(400);
    const two = `mutation A { ${signIn('admin.38', 'sai')} } mutation B { ${signIn('admin.38', 'sai')} }`;
    expect((await server.graphql(two)).errors).toBeDefined();
  });

  it.each(['аdmin.38', 'ａdmin.38', 'admin.38\u200b', 'admin．38', 'ADMIN.38\u0000', "admin.38' or '1'='1"])(
    'a name that only looks like another’s is nobody: %s',
    async (username) => {
      const document =
        'mutation ($username: String!, $password: String!) { signIn(username: $username, password: $password) { __typename } }';
      const answer = await server.graphql<Record<string, { __typename: string }>>(document, {
        username,
        password: testPassword,
      });
      expect(kindsOf(answer.data)).toEqual(['SignInFailed']);
    },
  );
});

describe('guessing the secret of a receipt', () => {
  const receipts = (count: number, field = 'receipt') =>
    aliases(count, () => `${field}(secret: "${newReceiptSecret('38')}") { qrPayload }`);

  it('is stopped after a hundred of nobody, by fifteen aliases a request, withdrawing among them', async () => {
    const { secret } = await declared(server);
    const refused: unknown[] = [];
    for (let request = 0; request < 4; request += 1) {
      const read = await server.graphql(`{ ${receipts(15)} }`);
      const withdrawn = await server.graphql(`mutation { ${receipts(15, 'withdrawDeclaration')} }`);
      for (const { errors = [] } of [read, withdrawn]) refused.push(...errors.map(({ extensions }) => extensions));
    }
    expect(refused).toHaveLength(4 * 30 - 100);
    expect(refused[0]).toMatchObject({ code: 'RATE_LIMITED', retryAfter: expect.any(Number) });
    const right = await server.graphql('query ($secret: String!) { receipt(secret: $secret) { qrPayload } }', {
      secret,
    });
    expect(codeOf(right)).toBe('RATE_LIMITED');
    expect(Number(right.errors?.[0]?.extensions['retryAfter'])).toBeLessThanOrEqual(60);
  });

  it('who holds a right one is never stopped, however often a whole network asks', async () => {
    const other = await startServer({ database: { ownerUrl: server.ownerUrl } });
    const { secret } = await declared(other);
    const document = `query ($secret: String!) { ${aliases(15, () => 'receipt(secret: $secret) { declaration { id } }')} }`;
    for (let request = 0; request < 10; request += 1)
      expect((await other.graphql(document, { secret })).errors).toBeUndefined();
    await other.stop();
  });
});
