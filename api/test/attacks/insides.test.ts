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

describe('what answers tell of our insides', () => {
  it('introspection is off in production', async () => {
    for (const query of ['{ __schema { types { name } } }', '{ __type(name: "Account") { fields { name } } }']) {
      const answer = await production.graphql(query);
      expect(answer.errors).toBeDefined();
      expect(answer.text).not.toMatch(/"types"|"fields"/);
    }
  });

  it('nothing is suggested, neither by literals nor by variables', async () => {
    const words: Array<[string, Record<string, unknown>]> = [
      ['{ passagess { totalCount } }', {}],
      ['{ administrativeUnits(levl: COMMUNE) { code } }', {}],
      ['{ administrativeUnits(level: COMMUN) { code } }', {}],
      ['query ($level: UnitLevel) { administrativeUnits(level: $level) { code } }', { level: 'COMMUN' }],
      [
        'query ($filter: PassageFilter) { passages(filter: $filter) { totalCount } }',
        { filter: { decisio: 'ADMITTED' } },
      ],
      ['query ($filter: PassageFiltr) { passages(filter: $filter) { totalCount } }', {}],
      ['{ ... on Querry { __typename } }', {}],
      ['{ administrativeUnits { code @includ(if: true) } }', {}],
    ];
    for (const target of [server, production]) {
      for (const [query, variables] of words) {
        const answer = await target.graphql(query, variables, { language: 'en' });
        expect(answer.errors, query).toBeDefined();
        expect(answer.text, query).not.toMatch(/did you mean|COMMUNE|"decision"|PassageFilter"/i);
      }
    }
  });

  it('an unknown error is INTERNAL with its request id and nothing else', async () => {
    const broken = await startServer();
    await broken.sql('drop table passage cascade');
    const answer = await broken.graphql(
      '{ passages { edges { node { id } } } }',
      {},
      { as: 'admin.38', language: 'en' },
    );
    expect(answer.errors).toEqual([
      {
        message: expect.any(String),
        path: ['passages'],
        extensions: { code: 'INTERNAL', requestId: expect.stringMatching(/^[0-9a-f-]{36}$/) },
      },
    ]);
    expect(answer.data ?? null).toBeNull();
    expect(answer.text).not.toMatch(/relation|select|passage"? (as|does)|42P01|at .*\.ts/);
    await broken.stop();
  });
});
