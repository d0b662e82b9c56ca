import { afterAll, beforeAll, expect, it } from 'vitest';
import { startServer, type AskOptions, type TestServer } from '../server.ts';
import { codeOf, post } from './attack-desk.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startServer();
});
afterAll(() => server.stop());

const ask = (query: string, variables?: Record<string, unknown>, options?: AskOptions) =>
  server.graphql(query, variables, options);
const asAdmin: AskOptions = { as: 'admin.38' };

it('operators, raw SQL and unknown fields in place of texts are refused', async () => {
  const queries: Array<[string, Record<string, unknown>]> = [
    ['query ($filter: PassageFilter) { passages(filter: $filter) { totalCount } }', { filter: { plate: { $ne: '' } } }],
    [
      'query ($filter: PassageFilter) { passages(filter: $filter) { totalCount } }',
      { filter: { citizenId: { __raw: '1=1' } } },
    ],
    ['query ($filter: PassageFilter) { passages(filter: $filter) { totalCount } }', { filter: { $or: [{}] } }],
    [
      'query ($filter: DeclarationFilter) { declarations(filter: $filter) { totalCount } }',
      { filter: { channel: { $in: ['ONLINE'] } } },
    ],
    ['query ($search: String) { checkpoints(search: $search) { totalCount } }', { search: { $like: '%' } }],
    ['query ($id: ID!) { checkpoint(id: $id) { id } }', { id: { $ne: null } }],
    [
      'mutation ($input: CreateAccountInput!) { createAccount(input: $input) { __typename } }',
      {
        input: {
          id: '018f0000-0000-7000-8000-000000000000',
          username: 'a',
          fullName: 'a',
          roles: ['OFFICER'],
          unitCode: '38',
          demo: true,
          passwordHash: 'x',
        },
      },
    ],
    ['query ($first: Int) { passages(first: $first) { totalCount } }', { first: '1; select 1' }],
  ];
  for (const [query, variables] of queries)
    expect(codeOf(await ask(query, variables, asAdmin)), JSON.stringify(variables)).toBe('BAD_USER_INPUT');
});

it('__proto__ and constructor in a body change no object of the server', async () => {
  const cookie = await server.signIn('admin.38');
  for (const filter of [
    '{"__proto__":{"polluted":true}}',
    '{"constructor":{"prototype":{"polluted":true}}}',
    '{"citizenId":{"__proto__":{"polluted":true}}}',
  ]) {
    const response = await post(
      server,
      `{"query":"query ($filter: PassageFilter) { passages(filter: $filter) { totalCount } }","variables":{"filter":${filter}}}`,
      { cookie },
    );
    expect(await response.text()).not.toContain('INTERNAL');
  }
  expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
  expect((await ask('{ __typename }')).data['__typename']).toBe('Query');
});
