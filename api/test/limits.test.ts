import { request as httpRequest } from 'node:http';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  concatAST,
  Kind,
  parse,
  visit,
  type DocumentNode,
  type FragmentDefinitionNode,
  type OperationDefinitionNode,
} from 'graphql';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { aDeclaration, aPassage, declared, record, submit } from './builders.ts';
import { startServer, type AskOptions, type TestServer } from './server.ts';

let server: TestServer;
let production: TestServer;
beforeAll(async () => {
  [server, production] = await Promise.all([
    startServer(),
    startServer({ config: { mode: 'production', publicOrigin: 'https://cordon.example' } }),
  ]);
});
afterAll(() => Promise.all([server.stop(), production.stop()]));

const ask = (query: string, variables?: Record<string, unknown>, options?: AskOptions) =>
  server.graphql(query, variables, options);
const asAdmin: AskOptions = { as: 'admin.38' };
const codeOf = (answer: { errors?: Array<{ extensions: Record<string, unknown> }> }) =>
  answer.errors?.[0]?.extensions['code'];
const post = (body: string, headers: Record<string, string> = {}, target = server) =>
  fetch(`${target.url}/graphql`, { method: 'POST', headers: { 'content-type': 'application/json', ...headers }, body });
const nested = (levels: number, field: string, leaf: string) =>
  `${`${field} { `.repeat(levels)}${leaf}${' }'.repeat(levels)}`;

describe('an operation is bounded before it runs', () => {
  it('a request of 5 MB is refused while it is read', async () => {
    const response = await post(JSON.stringify({ query: 'x'.repeat(5_000_000) }));
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

describe("the pages' own operations", () => {
  const folder = join(import.meta.dirname, '../../admin-ui/src');
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.graphql'));
  const all = concatAST(files.map((file) => parse(readFileSync(join(folder, file), 'utf8'))));
  const operations = all.definitions.filter((definition) => definition.kind === Kind.OPERATION_DEFINITION);

  // Variables are left out: that is refused, but only after the document itself was found valid. Pages have 100 rows at most.
  it.each(operations.map((operation): [string, OperationDefinitionNode] => [operation.name?.value ?? '', operation]))(
    '%s is within the bounds',
    async (_, operation) => {
      const document = withFragments(operation, all);
      const variables = Object.fromEntries(
        (operation.variableDefinitions ?? []).map(({ variable }) => [
          variable.name.value,
          example(variable.name.value),
        ]),
      );
      const answer = await ask(document, variables, { as: 'analyst.38' });
      expect(['TOO_COMPLEX', 'GRAPHQL_VALIDATION_FAILED', 'GRAPHQL_PARSE_FAILED'], answer.text).not.toContain(
        codeOf(answer),
      );
    },
  );

  const examples: Record<string, unknown> = {
    first: 100,
    declarations: true,
    passages: true,
    checkpoints: true,
    accounts: true,
  };
  const example = (name: string) => examples[name] ?? null;
});

function withFragments(operation: OperationDefinitionNode, all: DocumentNode): string {
  const text = (node: OperationDefinitionNode | FragmentDefinitionNode) =>
    node.loc?.source.body.slice(node.loc.start, node.loc.end) ?? '';
  const needed = new Set<string>();
  const collect = (node: OperationDefinitionNode | FragmentDefinitionNode): void => {
    visit(node, {
      FragmentSpread: ({ name }) => {
        if (needed.has(name.value)) return;
        needed.add(name.value);
        collect(fragmentOf(name.value));
      },
    });
  };
  const fragmentOf = (name: string) =>
    all.definitions.find(
      (definition): definition is FragmentDefinitionNode =>
        definition.kind === Kind.FRAGMENT_DEFINITION && definition.name.value === name,
    ) as FragmentDefinitionNode;
  collect(operation);
  return [text(operation), ...[...needed].map((name) => text(fragmentOf(name)))].join('\n');
}

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
      const response = await post(body, { 'content-type': type });
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
      expect((await post(body, { origin })).status, origin).toBe(403);
    }
    expect((await post(body, { origin: server.url.replace('localhost', '127.0.0.1') })).status).toBe(403);
    expect((await post(body, { origin: server.url })).status).toBe(200);
    expect((await post(body)).status).toBe(200);
    expect((await post(body, { origin: 'https://cordon.example' }, production)).status).toBe(200);
    expect((await post(body, { origin: production.url }, production)).status).toBe(403);
  });

  it('forged proxy headers change nothing', async () => {
    const forged = { 'x-forwarded-host': 'evil.example', 'x-forwarded-proto': 'https', origin: 'https://evil.example' };
    expect((await post(body, forged)).status).toBe(403);
  });

  it('several operations in one request are refused', async () => {
    expect((await post(JSON.stringify([{ query: '{ __typename }' }, { query: '{ __typename }' }]))).status).toBe(400);
  });
});

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

// Every text and id argument of every root field, filled with what has broken others. Nothing may reach SQL as anything but a value.
const nasty = [
  `'; drop table passage; --`,
  `" or 1=1 \\`,
  '%$1',
  `\u0000`,
  `a\u0000b`,
  '\ud800',
  '-'.repeat(36),
  '00000000-0000-7000-8000-000000000000',
  '__proto__',
  'x'.repeat(50_000),
  '',
  '\n',
  '🌸',
  Buffer.from('["passages","x","y"]').toString('base64url'),
];

describe('text that means something elsewhere', () => {
  const some = '018f0000-0000-7000-8000-000000000000';
  const operations: Array<[string, string, Record<string, unknown>, string | undefined]> = [
    [
      'units',
      'query ($parentCode: String, $search: String, $at: LocalDate) { administrativeUnits(parentCode: $parentCode, search: $search, at: $at) { code } }',
      { parentCode: '38', search: 'a', at: '2021-08-23' },
      undefined,
    ],
    ['receipt', 'query ($secret: String!) { receipt(secret: $secret) { qrPayload } }', { secret: '38.x' }, undefined],
    [
      'withdrawDeclaration',
      'mutation ($secret: String!) { withdrawDeclaration(secret: $secret) { qrPayload } }',
      { secret: '38.x' },
      undefined,
    ],
    [
      'submitDeclarations',
      'mutation ($input: [DeclarationInput!]!) { submitDeclarations(input: $input) { __typename } }',
      {
        input: [
          {
            ...aDeclaration(),
            stayAddress: { line: 'a', unitCode: '16438' },
            person: {
              ...aDeclaration().person,
              passportNumber: 'B1234567',
              email: 'a@b.vn',
              healthInsuranceNumber: 'GD4012345678901',
              noDocumentReason: 'a',
              temporaryAddress: { line: 'a', unitCode: '16438' },
            },
          },
        ],
      },
      undefined,
    ],
    [
      'signIn',
      'mutation ($username: String!, $password: String!) { signIn(username: $username, password: $password) { __typename } }',
      { username: 'a', password: 'b' },
      undefined,
    ],
    [
      'scan',
      'query ($payload: String!, $checkpointId: ID!) { scan(payload: $payload, checkpointId: $checkpointId) { __typename } }',
      { payload: 'a', checkpointId: some },
      'officer.38',
    ],
    ['checkpoint', 'query ($id: ID!) { checkpoint(id: $id) { id } }', { id: some }, 'admin.38'],
    [
      'checkpoints',
      'query ($scope: ScopeInput, $search: String, $after: String) { checkpoints(scope: $scope, search: $search, after: $after) { totalCount edges { node { id } } } }',
      { scope: { unitCode: '38', checkpointIds: [some] }, search: 'a' },
      'admin.38',
    ],
    [
      'after',
      'query ($after: String) { checkpoints(after: $after) { totalCount } passages(after: $after) { totalCount } declarations(after: $after) { totalCount } accounts(after: $after) { totalCount } }',
      { after: 'a' },
      'admin.38',
    ],
    ['declaration', 'query ($id: ID) { declaration(id: $id) { id } }', { id: some }, 'admin.38'],
    [
      'declaration by code',
      'query ($code: String) { declaration(code: $code) { id } }',
      { code: '38ABCDEF0' },
      'admin.38',
    ],
    [
      'declarations',
      'query ($filter: DeclarationFilter) { declarations(filter: $filter) { totalCount edges { node { id } } } }',
      {
        filter: {
          originCode: '01',
          destinationCode: '38',
          citizenId: some,
          submittedFrom: '2021-08-23T00:00:00Z',
          submittedTo: '2099-08-23T00:00:00Z',
        },
      },
      'admin.38',
    ],
    [
      'passages',
      'query ($filter: PassageFilter) { passages(filter: $filter) { totalCount edges { node { id } } } }',
      { filter: { citizenId: some, checkpointIds: [some], from: '2021-08-23T00:00:00Z', to: '2099-08-23T00:00:00Z' } },
      'admin.38',
    ],
    [
      'passages by plate',
      'query ($filter: PassageFilter) { passages(filter: $filter) { totalCount edges { node { id } } } }',
      { filter: { plate: '36B112345' } },
      'officer.38',
    ],
    [
      'accounts',
      'query ($scope: ScopeInput, $search: String) { accounts(scope: $scope, search: $search) { totalCount edges { node { id } } } }',
      { scope: { unitCode: '38', checkpointIds: [some] }, search: 'a' },
      'admin.38',
    ],
    [
      'createAccount',
      'mutation ($input: CreateAccountInput!) { createAccount(input: $input) { __typename } }',
      {
        input: {
          id: some,
          username: 'le.van.a',
          fullName: 'Lê Văn A',
          roles: ['OFFICER'],
          unitCode: '38',
          checkpointIds: [some],
        },
      },
      'admin.38',
    ],
    [
      'saveCheckpoint',
      'mutation ($input: CheckpointInput!) { saveCheckpoint(input: $input) { id } }',
      { input: { id: some, code: 'X', name: 'X', unitCode: '38', kind: 'ROAD', active: true } },
      'admin.38',
    ],
    [
      'changePassword',
      'mutation ($current: String!, $new: String!) { changePassword(current: $current, new: $new) { __typename } }',
      { current: 'a', new: 'b' },
      'auditor.38',
    ],
    [
      'recordPassages',
      'mutation ($input: [RecordPassageInput!]!) { recordPassages(input: $input) { __typename } }',
      {
        input: [
          aPassage(some, { declarationId: some }),
          { ...aPassage(some, { paperFormNumber: 'A-1', reason: 'a' }), plate: '36B112345' },
          aPassage(some, { citizenId: some, corrects: some }),
          aPassage(some, { qrPayload: 'CDN1:A' }),
        ],
      },
      'officer.38',
    ],
  ];

  it.each(operations)(
    '%s takes it as text',
    async (_, query, variables, as) => {
      const slots = slotsOf(variables);
      expect(slots.length).toBeGreaterThan(0);
      for (const slot of slots) {
        for (const text of nasty) {
          const answer = await ask(query, replaced(variables, slot, text), as ? { as } : {});
          const codes = answer.errors?.map(({ extensions }) => extensions['code']) ?? [];
          expect(codes, `${slot.join('.')} = ${text.slice(0, 40)}: ${answer.text.slice(0, 300)}`).not.toContain(
            'INTERNAL',
          );
          expect(codes).not.toContain('UNAVAILABLE');
        }
      }
      expect(await server.sql('select count(*)::int as tables from pg_class where relname = $1', ['passage'])).toEqual([
        { tables: 1 },
      ]);
    },
    60_000,
  );

  it('own checkpoints too: recording and scanning with such text stores nothing but text', async () => {
    const here = server.checkpoints.docXay;
    const variables = {
      input: [
        aPassage(here, { declarationId: 'a', reason: 'a' }),
        aPassage(here, { citizenId: 'a' }),
        aPassage(here, { qrPayload: 'CDN1:A' }),
        { ...aPassage(here, { paperFormNumber: 'a' }), plate: 'a' },
        aPassage(here, { corrects: 'a', decision: 'VOID' }),
      ],
    };
    for (const slot of slotsOf(variables)) {
      if (slot.at(-1) === 'checkpointId') continue;
      for (const text of nasty) {
        const answer = await ask(
          'mutation ($input: [RecordPassageInput!]!) { recordPassages(input: $input) { __typename } }',
          replaced(variables, slot, text),
          { as: 'officer.38' },
        );
        expect(['INTERNAL', 'UNAVAILABLE'], `${slot.join('.')} = ${text.slice(0, 40)}`).not.toContain(codeOf(answer));
      }
    }
    for (const payload of [...nasty, ...nasty.map((text) => `CDN1:${text}`)]) {
      const answer = await ask(
        'query ($payload: String!, $here: ID!) { scan(payload: $payload, checkpointId: $here) { __typename } }',
        { payload, here },
        { as: 'officer.cg' },
      );
      expect(['INTERNAL', 'UNAVAILABLE'], payload.slice(0, 40)).not.toContain(codeOf(answer));
    }
  }, 60_000);

  it('operators, raw SQL and unknown fields in place of texts are refused', async () => {
    const queries: Array<[string, Record<string, unknown>]> = [
      [
        'query ($filter: PassageFilter) { passages(filter: $filter) { totalCount } }',
        { filter: { plate: { $ne: '' } } },
      ],
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
        `{"query":"query ($filter: PassageFilter) { passages(filter: $filter) { totalCount } }","variables":{"filter":${filter}}}`,
        { cookie },
      );
      expect(await response.text()).not.toContain('INTERNAL');
    }
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
    expect((await ask('{ __typename }')).data['__typename']).toBe('Query');
  });
});

type Slot = Array<string | number>;

/** Every place in the variables where a text stands. */
function slotsOf(value: unknown, path: Slot = []): Slot[] {
  if (typeof value === 'string') return [path];
  if (value === null || typeof value !== 'object' || value instanceof Date) return [];
  return Object.entries(value).flatMap(([key, inner]) =>
    slotsOf(inner, [...path, Array.isArray(value) ? Number(key) : key]),
  );
}

function replaced(variables: Record<string, unknown>, slot: Slot, text: string): Record<string, unknown> {
  const copy = structuredClone(variables);
  let at = copy as Record<string | number, unknown>;
  for (const key of slot.slice(0, -1)) at = at[key] as Record<string | number, unknown>;
  at[slot.at(-1) ?? ''] = text;
  return copy;
}

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
