import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { aDeclaration, aPassage, declared, record, submit } from '../builders.ts';
import { startServer, type AskOptions, type TestServer } from '../server.ts';
import { codeOf, nested, post } from './attack-desk.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startServer();
});
afterAll(() => server.stop());

const ask = (query: string, variables?: Record<string, unknown>, options?: AskOptions) =>
  server.graphql(query, variables, options);
const asAdmin: AskOptions = { as: 'admin.38' };

describe('an operation is bounded before it runs', () => {
  it('a request of 5 MB is refused while it is read', async () => {
    const response = await post(server, JSON.stringify({ query: 'x'.repeat(5_000_000) }));
    expect(response.status).toBe(413);
    expect(await response.json()).toMatchObject({ errors: [{ extensions: { code: 'TOO_LARGE' } }] });
  });

  it('depth: twelve levels are allowed, more are not, in fragments too', async () => {
    expect(codeOf(await ask(`{ administrativeUnits { ${nested(10, 'parent', 'code')} } }`))).toBeUndefined();
    expect(codeOf(await ask(`{ administrativeUnits { ${nested(12, 'parent', 'code')} } }`))).toBe(
      'GRAPHQL_VALIDATION_FAILED',
    );
    const split = `{ administrativeUnits { ...A } } fragment A on AdministrativeUnit { ${nested(6, 'parent', '...B')} } fragment B on AdministrativeUnit { ${nested(6, 'parent', 'code')} }`;
    expect(codeOf(await ask(split))).toBe('GRAPHQL_VALIDATION_FAILED');
  });

  it('aliases, directives and tokens', async () => {
    const aliases = (count: number) =>
      `{ ${Array.from({ length: count }, (_, at) => `a${at}: __typename`).join(' ')} }`;
    expect(codeOf(await ask(aliases(15)))).toBeUndefined();
    expect(codeOf(await ask(aliases(16)))).toBe('GRAPHQL_VALIDATION_FAILED');
    const directives = `{ ${Array.from({ length: 21 }, () => '... @include(if: true) { __typename }').join(' ')} }`;
    expect(codeOf(await ask(directives))).toBe('GRAPHQL_VALIDATION_FAILED');
    expect(codeOf(await ask(`{ ${'__typename '.repeat(2_100)} }`))).toBe('GRAPHQL_PARSE_FAILED');
  });

  it('fragments that spread each other, in a circle or by the power of two, cost no time', async () => {
    const circle = '{ ...A } fragment A on Query { ...B } fragment B on Query { ...A }';
    expect(codeOf(await ask(circle))).toBe('GRAPHQL_VALIDATION_FAILED');
    const doubling = Array.from(
      { length: 60 },
      (_, at) => `fragment F${at} on Query { ...F${at + 1} ...F${at + 1} }`,
    ).join(' ');
    const started = performance.now();
    const answer = await ask(`{ ...F0 } ${doubling} fragment F60 on Query { __typename }`);
    expect(answer.errors).toBeDefined();
    expect(performance.now() - started).toBeLessThan(2_000);
  });

  const page = (first: string, head = '') =>
    `query ${head} { passages(first: ${first}) { edges { node { id checkpoint { code unit { name } } citizen { fullName } } } } }`;
  it.each<[string, string, Record<string, unknown>]>([
    ['a literal', page('1000000'), {}],
    ['a variable', page('$n', '($n: Int!)'), { n: 1_000_000 }],
    ["a variable's default", page('$n', '($n: Int = 1000000)'), {}],
  ])('a million rows asked for by %s are refused', async (_, query, variables) => {
    expect(codeOf(await ask(query, variables, asAdmin))).toBe('TOO_COMPLEX');
  });

  it('a page has 1 to 100 rows', async () => {
    for (const first of [101, 0, -1]) {
      for (const list of ['passages', 'declarations', 'checkpoints', 'accounts']) {
        expect(codeOf(await ask(`{ ${list}(first: ${first}) { totalCount } }`, {}, asAdmin)), list).toBe(
          'BAD_USER_INPUT',
        );
      }
    }
    expect(codeOf(await ask('{ passages(first: 100) { pageInfo { hasNextPage } } }', {}, asAdmin))).toBeUndefined();
  });

  it('lists inside lists multiply: what would be millions of rows is refused, for the public too', async () => {
    const { secret } = await declared(server);
    const companions = `query ($secret: String!) { receipt(secret: $secret) { declaration { ${nested(4, 'companions', 'id code')} } } }`;
    expect(codeOf(await ask(companions, { secret }))).toBe('TOO_COMPLEX');
    expect(
      codeOf(
        await ask(`{ administrativeUnits { children { parent { children { parent { children { code } } } } } } }`),
      ),
    ).toBe('TOO_COMPLEX');
    expect(
      codeOf(
        await ask(`{ declarations(first: 100) { edges { node { companions { passages { id } } } } } }`, {}, asAdmin),
      ),
    ).toBe('TOO_COMPLEX');
    expect(codeOf(await ask('{ administrativeUnits(parentCode: "VN", level: COMMUNE) { code } }'))).toBe(
      'BAD_USER_INPUT',
    );
  });

  it('lists of an input have their lengths', async () => {
    const declarations = Array.from({ length: 51 }, () => aDeclaration());
    expect(codeOf(await submit(server, declarations))).toBe('BAD_USER_INPUT');
    const passages = Array.from({ length: 501 }, () => aPassage(server.checkpoints.docXay, { paperFormNumber: 'A-1' }));
    expect(codeOf(await record(server, passages))).toBe('BAD_USER_INPUT');
    // An empty text names nobody: a passage of no one would be stored.
    const nameless = [{ qrPayload: '' }, { declarationId: '' }, { citizenId: '' }, { paperFormNumber: '' }].map((who) =>
      aPassage(server.checkpoints.docXay, who),
    );
    expect((await record(server, nameless)).data.recordPassages.map(({ code }) => code)).toEqual([
      'INVALID',
      'INVALID',
      'INVALID',
      'INVALID',
    ]);
    const many = Array.from({ length: 201 }, () => server.checkpoints.docXay);
    expect(
      codeOf(
        await ask(
          'query ($ids: [ID!]) { passages(filter: { checkpointIds: $ids }) { totalCount } }',
          { ids: many },
          asAdmin,
        ),
      ),
    ).toBe('BAD_USER_INPUT');
    expect(
      codeOf(
        await ask(
          'query ($ids: [ID!]) { checkpoints(scope: { checkpointIds: $ids }) { totalCount } }',
          { ids: many },
          asAdmin,
        ),
      ),
    ).toBe('BAD_USER_INPUT');
  });
});
