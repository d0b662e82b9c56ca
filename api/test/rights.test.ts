import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newSpokenCode } from '#api/declarations/shared/spoken-code.ts';
import { newUuid7 } from '#api/platform/shared/uuid7.ts';
import { aDeclaration, aPassage, declared, record, submit } from './builders.ts';
import { startServer, type AskOptions, type TestServer } from './server.ts';

// What may never reach who has no right to it: every value of this person is looked for in whole answers.
const person = {
  fullName: 'Hoàng Ngọc Diễm',
  dateOfBirth: '1987-11-23',
  phone: '+84987654321',
  permanentAddress: { line: '77 Ngõ Bí Mật', unitCode: '00001' },
  temporaryAddress: { line: '88 Hẻm Kín Đáo', unitCode: '16438' },
  email: 'diem.hoang@example.vn',
  healthInsuranceNumber: 'GD4019988776655',
};
const secretValues = (idNumber: string) => [
  idNumber,
  'Ngọc',
  'Diễm',
  '1987-11',
  '987654321',
  'Bí Mật',
  'Kín Đáo',
  'example.vn',
  'GD401',
  '36B198765',
];

let server: TestServer;
/** Three declarations of one submission, recorded at Dốc Xây and Hàm Rồng. */
let family: Array<{ id: string; idNumber: string; code: string; qrPayload: string; secret: string }>;
let passageIds: string[];
let citizenId: string;
beforeAll(async () => {
  server = await startServer();
  const input = [0, 1, 2].map(() => aDeclaration({ person, journey: { plate: '36B198765' } }));
  const results = (await submit(server, input)).data.submitDeclarations;
  family = results.map(({ declaration, receipt }, at) => ({
    id: declaration.id,
    idNumber: input[at]?.person.idNumber ?? '',
    code: declaration.code,
    qrPayload: receipt.qrPayload,
    secret: input[at]?.receiptSecret ?? '',
  }));
  const passages = [server.checkpoints.docXay, server.checkpoints.cauGhep].map((checkpoint) =>
    aPassage(checkpoint, { declarationId: first().id }),
  );
  await record(server, passages);
  await server.sql('update passage set recorded_by = $1', [newUuid7()]);
  passageIds = passages.map(({ id }) => id);
  const [row] = await server.sql<{ citizen_id: string }>('select citizen_id from passage limit 1');
  citizenId = row?.citizen_id ?? '';
});
afterAll(() => server.stop());

const first = () => family[0] ?? { id: '', idNumber: '', code: '', qrPayload: '', secret: '' };
const ask = <Data = Record<string, unknown>>(
  query: string,
  variables: Record<string, unknown>,
  as?: string,
  options: AskOptions = {},
) => server.graphql<Data>(query, variables, { ...(as ? { as } : {}), ...options });
const codesOf = (answer: { errors?: Array<{ extensions: Record<string, unknown> }> }) =>
  (answer.errors ?? []).map(({ extensions }) => extensions['code']);

const personFields = `fullName dateOfBirth sex nationality idNumber documentMasked passportNumber phone phoneMasked
  permanentAddress { line unit { code level } } temporaryAddress { line unit { code level } }`;
const declarationFields = `id code person { ${personFields} } citizen { id ${personFields} } advice reasons warnings { message } stayAddress { line unit { code level } }
  journey { plate origin { code } destinationAddress { line unit { code level } } } health { symptoms visitedUnits { code } }`;
const passageFields = `id plate checkpoint { id code } citizen { id ${personFields} } recordedBy { id name }`;
const everything = `query ($id: ID!, $code: String!, $checkpoint: ID!, $citizen: ID!) {
  byId: declaration(id: $id) { ${declarationFields} companions { ${declarationFields} } passages { ${passageFields} } }
  byCode: declaration(code: $code) { id }
  declarations { edges { node { ${declarationFields} } } }
  ofCitizen: declarations(filter: { citizenId: $citizen }) { edges { node { id } } totalCount }
  to: declarations(filter: { destinationCode: "38" }) { edges { node { id } } totalCount }
  passages { edges { node { ${passageFields} declaration { id } } } totalCount }
  there: passages(filter: { checkpointIds: [$checkpoint] }) { edges { node { id } } totalCount }
  theirs: passages(filter: { citizenId: $citizen }) { edges { node { id } } totalCount }
  checkpoint(id: $checkpoint) { id name }
  checkpoints { edges { node { id name } } }
}`;
const variablesOf = () => ({
  id: first().id,
  code: first().code,
  checkpoint: server.checkpoints.docXay,
  citizen: citizenId,
});

describe('an administrator of another place', () => {
  const lists = ['declarations', 'ofCitizen', 'to', 'passages', 'there', 'theirs'];

  it.each(['admin.01', 'admin.district'])('%s reaches nothing of this one, by no way', async (as) => {
    const answer = await ask<Record<string, { edges: unknown[] } | null>>(everything, variablesOf(), as);
    expect(answer.errors).toBeUndefined();
    for (const field of ['byId', 'byCode', 'checkpoint']) expect(answer.data[field], field).toBeNull();
    for (const list of lists) expect(answer.data[list], list).toMatchObject({ edges: [] });
    for (const value of [
      ...family.map(({ id }) => id),
      ...passageIds,
      citizenId,
      server.checkpoints.docXay,
      ...secretValues(first().idNumber),
    ]) {
      expect(answer.text).not.toContain(value);
    }
  });

  it('sees no count of what it may not see', async () => {
    const answer = await ask<Record<string, { totalCount?: number | null }>>(everything, variablesOf(), 'admin.01');
    for (const list of lists.slice(1))
      if (list !== 'passages') expect(answer.data[list]?.totalCount ?? 0, list).toBe(0);
  });

  it('creates and changes nothing there', async () => {
    const checkpoint = { id: newUuid7(), code: 'Z', name: 'Z', unitCode: '16438', kind: 'ROAD', active: true };
    const save = 'mutation ($input: CheckpointInput!) { saveCheckpoint(input: $input) { id } }';
    for (const as of ['admin.01', 'admin.district']) {
      expect((await ask(save, { input: checkpoint }, as)).errors).toBeDefined();
      expect(codesOf(await ask(save, { input: { ...checkpoint, id: server.checkpoints.docXay } }, as))).not.toEqual([]);
    }
    const account = {
      id: newUuid7(),
      username: 'ke.la',
      fullName: 'Kẻ Lạ',
      roles: ['OFFICER'],
      unitCode: '16438',
      checkpointIds: [],
    };
    const create = 'mutation ($input: CreateAccountInput!) { createAccount(input: $input) { __typename } }';
    for (const as of ['admin.01', 'admin.district']) {
      const answer = await ask<{ createAccount: { __typename: string } | null }>(create, { input: account }, as);
      expect(answer.data?.createAccount?.__typename).not.toBe('IssuedCredentials');
    }
    const [row] = await server.sql(
      'select (select name from checkpoint where id = $1) as name, (select count(*)::int from account where username = $2) as accounts',
      [server.checkpoints.docXay, 'ke.la'],
    );
    expect(row).toEqual({ name: 'Chốt Dốc Xây', accounts: 0 });
  });

  it('of a district sees passages at its own checkpoints, and of their declarations only those to itself', async () => {
    const there = await declared(server, { person: { fullName: 'Ngô Thị Qua' } });
    const here = await declared(server, {
      person: { fullName: 'Ngô Thị Ở' },
      journey: { destinationAddress: { unitCode: '14758' } },
    });
    await server.sql(`insert into account_checkpoint select id, $1 from account where username = 'officer.38'`, [
      server.checkpoints.hamRong,
    ]);
    const cookie = await server.signIn('officer.38');
    const document = 'mutation ($input: [RecordPassageInput!]!) { recordPassages(input: $input) { __typename } }';
    await server.graphql(
      document,
      { input: [there, here].map(({ id }) => aPassage(server.checkpoints.hamRong, { declarationId: id })) },
      { cookie },
    );
    await server.sql('delete from account_checkpoint where checkpoint_id = $1', [server.checkpoints.hamRong]);
    const answer = await ask<{
      passages: { edges: Array<{ node: { declaration: { id: string } | null } }> };
      declarations: { edges: Array<{ node: { id: string } }> };
    }>(
      '{ passages { edges { node { declaration { id } } } } declarations { edges { node { id } } } }',
      {},
      'admin.district',
    );
    expect(answer.data.passages.edges.map(({ node }) => node.declaration?.id ?? null).sort()).toEqual([here.id, null]);
    expect(answer.data.declarations.edges.map(({ node }) => node.id)).toEqual([here.id]);
  });
});

describe('who only reads', () => {
  it.each(['admin.38', 'admin.vn', 'tracer.38', 'analyst.38', 'auditor.38'])(
    '%s sees people masked, everywhere',
    async (as) => {
      const answer = await ask<{
        byId: Record<string, unknown> & { companions: unknown[]; passages: unknown[] };
        passages: { edges: Array<{ node: { citizen: { fullName: string } | null } }> };
      }>(everything, variablesOf(), as);
      expect(answer.errors).toBeUndefined();
      for (const { idNumber } of family)
        for (const value of secretValues(idNumber)) expect(answer.text).not.toContain(value);
      const masked = {
        fullName: 'Hoàng N. D.',
        dateOfBirth: '1987',
        idNumber: null,
        passportNumber: null,
        documentMasked: `•••${first().idNumber.slice(-3)}`,
        phone: null,
        phoneMasked: '•••321',
        permanentAddress: { line: null, unit: { code: '001', level: 'DISTRICT' } },
        temporaryAddress: { line: null, unit: { code: '406', level: 'DISTRICT' } },
      };
      expect(answer.data.byId).toMatchObject({
        person: masked,
        citizen: masked,
        stayAddress: { line: null, unit: { code: '406', level: 'DISTRICT' } },
        journey: { plate: '…765', destinationAddress: { line: null, unit: { level: 'DISTRICT' } } },
      });
      expect(answer.data.byId.companions).toHaveLength(2);
      expect(answer.data.byId.passages).toHaveLength(2);
      const ofFamily = answer.data.passages.edges.filter(({ node }) => node.citizen?.fullName === masked.fullName);
      expect(ofFamily.length).toBeGreaterThan(0);
      for (const { node } of ofFamily) {
        expect(node).toMatchObject({ plate: '…765', citizen: masked });
      }
    },
  );

  it('finds nobody by what is masked', async () => {
    for (const as of ['admin.38', 'admin.vn', 'tracer.38', 'analyst.38', 'auditor.38']) {
      expect(codesOf(await ask('{ passages(filter: { plate: "36B198765" }) { totalCount } }', {}, as)), as).toEqual([
        'FORBIDDEN',
      ]);
      expect(
        codesOf(
          await ask(
            'query ($here: ID!) { scan(payload: "38ABC", checkpointId: $here) { __typename } }',
            { here: server.checkpoints.docXay },
            as,
          ),
        ),
        as,
      ).toEqual(['FORBIDDEN']);
    }
  });

  it('records nothing, and only administrators change anything', async () => {
    const attempts: Array<[string, Record<string, unknown>]> = [
      [
        'mutation ($input: [RecordPassageInput!]!) { recordPassages(input: $input) { __typename } }',
        { input: [aPassage(server.checkpoints.docXay, { declarationId: first().id })] },
      ],
      [
        'mutation ($input: CheckpointInput!) { saveCheckpoint(input: $input) { id } }',
        { input: { id: newUuid7(), code: 'Z', name: 'Z', unitCode: '38', kind: 'ROAD', active: true } },
      ],
      [
        'mutation ($input: CreateAccountInput!) { createAccount(input: $input) { __typename } }',
        {
          input: {
            id: newUuid7(),
            username: 'a.b',
            fullName: 'A B',
            roles: ['OFFICER'],
            unitCode: '38',
            checkpointIds: [],
          },
        },
      ],
      ['{ accounts { totalCount } }', {}],
    ];
    for (const as of ['tracer.38', 'analyst.38', 'auditor.38']) {
      for (const [document, variables] of attempts)
        expect(codesOf(await ask(document, variables, as)), `${as} ${document}`).toEqual(['FORBIDDEN']);
    }
    for (const [document, variables] of attempts.slice(1))
      expect(codesOf(await ask(document, variables, 'officer.38')), document).toEqual(['FORBIDDEN']);
    expect(codesOf(await ask(attempts[0]?.[0] ?? '', attempts[0]?.[1] ?? {}, 'admin.38'))).toEqual(['FORBIDDEN']);
  });

  it('has no field at all for e-mail and insurance number', async () => {
    const { data } = await ask<{
      __schema: { types: Array<{ kind: string; fields: Array<{ name: string }> | null }> };
    }>('{ __schema { types { kind fields { name } } } }', {});
    const fields = data.__schema.types.flatMap((type) => type.fields ?? []).map(({ name }) => name);
    const fit = ['sealedAt', 'sealedTo', 'oneTimePassword', 'mustChangePassword', 'changePassword'];
    expect(fields.filter((name) => /mail|insurance|password|hmac|sealed/i.test(name) && !fit.includes(name))).toEqual(
      [],
    );
  });
});

describe('who is not signed in', () => {
  it('reaches what is public and nothing else', async () => {
    const answers = await Promise.all(
      [
        '{ declarations { totalCount } }',
        '{ passages { totalCount } }',
        '{ checkpoints { totalCount } }',
        '{ accounts { totalCount } }',
        `{ checkpoint(id: "${server.checkpoints.docXay}") { id } }`,
        `{ declaration(id: "${first().id}") { id } }`,
        `{ declaration(code: "${first().code}") { id } }`,
        `{ scan(payload: "${first().code}", checkpointId: "${server.checkpoints.docXay}") { __typename } }`,
      ].map((query) => ask(query, {})),
    );
    expect(answers.map(codesOf)).toEqual(answers.map(() => ['UNAUTHENTICATED']));
    expect((await ask('{ viewer { account { id } } trustList administrativeUnits { code } }', {})).data).toMatchObject({
      viewer: null,
    });
  });

  it('the holder of a receipt sees the own declaration whole, no citizen, no passage, and no other secret', async () => {
    const answer = await ask<{ receipt: { declaration: { companions: unknown[] } } }>(
      `query ($secret: String!) { receipt(secret: $secret) { declaration { ${declarationFields} passages { id } companions { id person { fullName } citizen { id } passages { id } } } } }`,
      { secret: first().secret },
    );
    expect(answer.errors).toBeUndefined();
    expect(answer.data.receipt.declaration).toMatchObject({
      person: { fullName: person.fullName, idNumber: first().idNumber },
      citizen: null,
      passages: [],
    });
    expect(answer.data.receipt.declaration.companions).toEqual(
      family.slice(1).map(({ id }) => ({ id, person: { fullName: person.fullName }, citizen: null, passages: [] })),
    );
    expect(answer.text).not.toContain(citizenId);
  });

  it('cannot reach two provinces in one operation', async () => {
    const other = await declared(server, { journey: { originCode: '38' } }, '01');
    const answer = await ask(
      'query ($a: String!, $b: String!) { a: receipt(secret: $a) { qrPayload } b: receipt(secret: $b) { qrPayload } }',
      { a: first().secret, b: other.secret },
    );
    expect(codesOf(answer)).toEqual(['BAD_USER_INPUT']);
  });
});

describe('an officer', () => {
  const byId = `query ($id: ID!) { declaration(id: $id) { id person { ${personFields} } companions { id person { idNumber } } } }`;
  const scan = `query ($payload: String!, $here: ID!) { scan(payload: $payload, checkpointId: $here) { __typename ... on ValidPass { declaration { id person { ${personFields} } journey { plate } } } } }`;

  it('reaches the own checkpoints and their passages only', async () => {
    const { docXay, cauGhep, hamRong, hanoi } = server.checkpoints;
    const own = await ask<{ checkpoints: { edges: Array<{ node: { id: string } }> } }>(
      '{ checkpoints { edges { node { id } } } }',
      {},
      'officer.38',
    );
    expect(own.data.checkpoints.edges.map(({ node }) => node.id).sort()).toEqual([docXay, cauGhep].sort());
    for (const id of [hamRong, hanoi]) {
      expect(
        (await ask('query ($id: ID!) { checkpoint(id: $id) { id } }', { id }, 'officer.38')).data['checkpoint'],
      ).toBeNull();
      expect(codesOf(await ask(scan, { payload: first().qrPayload, here: id }, 'officer.38'))).toEqual(['NOT_FOUND']);
    }
    const listed = async (as: string, filter: string) =>
      (
        await ask<{ passages: { edges: Array<{ node: { checkpoint: { id: string } } }> } }>(
          `{ passages(first: 100, filter: ${filter}) { edges { node { checkpoint { id } } } } }`,
          {},
          as,
        )
      ).data.passages.edges.map(({ node }) => node.checkpoint.id);
    expect(new Set(await listed('officer.cg', '{}'))).toEqual(new Set([cauGhep]));
    expect(await listed('officer.cg', `{ checkpointIds: ["${docXay}"] }`)).toEqual([]);
    expect(await listed('officer.cg', `{ citizenId: "${citizenId}" }`)).toEqual([cauGhep]);
    expect(await listed('officer.01', '{ superseded: true }')).toEqual([]);
    expect(codesOf(await ask('{ declarations { totalCount } }', {}, 'officer.38'))).toEqual(['FORBIDDEN']);
  });

  it('reads a declaration by id only after a scan opened it at an own checkpoint, for 24 hours', async () => {
    const { id, qrPayload, input } = await declared(server, { person });
    const read = async (as: string) =>
      (await ask<{ declaration: { person: { idNumber: string } } | null }>(byId, { id }, as)).data.declaration;
    expect(await read('officer.38')).toBeNull();
    await ask(scan, { payload: qrPayload, here: server.checkpoints.docXay }, 'officer.38');
    expect((await read('officer.38'))?.person.idNumber).toBe(input.person.idNumber);
    expect(await read('officer.cg')).toBeNull();
    expect(await read('officer.01')).toBeNull();
    const [opened] = await server.sql<{ hours: string }>(
      'select extract(epoch from opened_until - now()) / 3600 as hours from opened_declaration where declaration_id = $1',
      [id],
    );
    expect(Number(opened?.hours)).toBeCloseTo(24, 0);
    await server.sql(
      `update opened_declaration set opened_until = now() - interval '1 second' where declaration_id = $1`,
      [id],
    );
    expect(await read('officer.38')).toBeNull();
  });

  it('sees whole what was scanned, and the own shift; what others recorded is masked', async () => {
    const { id, qrPayload, input } = await declared(server, { person, journey: { plate: '36B198765' } });
    const scanned = await ask<{ scan: { declaration: unknown } }>(
      scan,
      { payload: qrPayload, here: server.checkpoints.cauGhep },
      'officer.38',
    );
    expect(scanned.data.scan.declaration).toMatchObject({
      person: {
        fullName: person.fullName,
        dateOfBirth: '1987-11-23',
        phone: person.phone,
        permanentAddress: { line: '77 Ngõ Bí Mật' },
      },
      journey: { plate: '36B198765' },
    });
    const passage = aPassage(server.checkpoints.cauGhep, { declarationId: id });
    await record(server, [passage]);
    const seen = async (as: string) => {
      const answer = await ask<{
        passages: { edges: Array<{ node: { id: string; plate: string; citizen: Record<string, unknown> } }> };
      }>(`{ passages(first: 100) { edges { node { ${passageFields} } } } }`, {}, as);
      return answer.data.passages.edges.find(({ node }) => node.id === passage.id)?.node;
    };
    expect(await seen('officer.38')).toMatchObject({
      plate: '36B198765',
      citizen: { fullName: person.fullName, idNumber: input.person.idNumber },
    });
    expect(await seen('officer.cg')).toMatchObject({
      plate: '…765',
      citizen: { fullName: 'Hoàng N. D.', idNumber: null },
    });
    await server.sql(`update passage set recorded_at = recorded_at - interval '25 hours' where id = $1`, [passage.id]);
    expect(await seen('officer.38')).toMatchObject({
      plate: '…765',
      citizen: { fullName: 'Hoàng N. D.', phone: null },
    });
  });

  it('finds by plate only what is shown whole', async () => {
    const plate = '29C145678';
    const { id } = await declared(server, { journey: { plate } });
    await record(server, [aPassage(server.checkpoints.cauGhep, { declarationId: id })]);
    const found = async (as: string) =>
      (
        await ask<{ passages: { edges: unknown[] } }>(
          `{ passages(filter: { plate: "${plate}" }) { edges { node { id } } } }`,
          {},
          as,
        )
      ).data.passages.edges.length;
    expect(await found('officer.38')).toBe(1);
    expect(await found('officer.cg')).toBe(0);
    const nonsense = await ask<{ passages: { edges: unknown[] } }>(
      '{ passages(filter: { plate: "?" }) { edges { node { id } } } }',
      {},
      'officer.38',
    );
    expect(nonsense.data.passages.edges).toEqual([]);
  });

  it('who guesses spoken codes is stopped after 30, also at once; the neighbour scans on', async () => {
    const guess = (as: string, payload = newSpokenCode('38')) =>
      ask<{ scan: { __typename: string } }>(
        'query ($payload: String!, $here: ID!) { scan(payload: $payload, checkpointId: $here) { __typename } }',
        { payload, here: server.checkpoints.cauGhep },
        as,
      );
    for (let hit = 0; hit < 35; hit += 1)
      expect((await guess('officer.cg', first().code)).data.scan.__typename).toBe('ValidPass');
    const answers = await Promise.all(Array.from({ length: 60 }, () => guess('officer.cg')));
    expect(answers.filter((answer) => codesOf(answer).includes('RATE_LIMITED'))).toHaveLength(30);
    const refused = await guess('officer.cg', first().code);
    expect(refused.errors?.[0]?.extensions).toMatchObject({ code: 'RATE_LIMITED', retryAfter: expect.any(Number) });
    expect((await guess('officer.38', first().code)).data.scan.__typename).toBe('ValidPass');
  });
});

describe('pages', () => {
  const listOf = {
    passages: 'passages',
    declarations: 'declarations',
    checkpoints: 'checkpoints',
    accounts: 'accounts',
  };
  const page = (list: string) =>
    `query ($after: String) { ${list}(first: 2, after: $after) { edges { cursor node { id } } pageInfo { hasNextPage endCursor } } }`;
  const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');

  it('a cursor of another list, or one that was forged, is refused', async () => {
    const cursors = new Map<string, string>();
    for (const list of Object.values(listOf)) {
      const { data } = await ask<Record<string, { pageInfo: { endCursor: string } }>>(page(list), {}, 'admin.38');
      cursors.set(list, data[list]?.pageInfo.endCursor ?? '');
    }
    const forged = [
      'x',
      'null',
      encode(['x', 'y']),
      encode([]),
      encode({}),
      encode(['passages', "' or 1=1", newUuid7()]),
      encode(['passages', new Date().toISOString(), 'x']),
      encode(['checkpoints', 'a\u0000', 'b']),
      'a'.repeat(1_000),
    ];
    for (const list of Object.values(listOf)) {
      const others = [...cursors].filter(([other]) => other !== list).map(([, cursor]) => cursor);
      for (const after of [...others, ...forged]) {
        expect(codesOf(await ask(page(list), { after }, 'admin.38')), `${list} ${after}`).toEqual(['BAD_USER_INPUT']);
      }
      expect((await ask(page(list), { after: cursors.get(list) }, 'admin.38')).errors).toBeUndefined();
    }
  });

  type Listed = Record<
    string,
    { edges: Array<{ node: { id: string } }>; pageInfo: { hasNextPage: boolean; endCursor: string } }
  >;

  /** Walks the list by pages of `first`, and adds rows between them. */
  async function walk(list: string, first: number, between: () => Promise<unknown>): Promise<string[]> {
    const seen: string[] = [];
    let after: string | null = null;
    for (let pages = 0; pages < 60; pages += 1) {
      const answer: { data: Listed } = await ask<Listed>(
        `query ($after: String, $first: Int!) { ${list}(first: $first, after: $after) { edges { node { id } } pageInfo { hasNextPage endCursor } } }`,
        { after, first },
        'admin.38',
      );
      const { edges, pageInfo } = answer.data[list] ?? { edges: [], pageInfo: { hasNextPage: false, endCursor: '' } };
      seen.push(...edges.map(({ node }) => node.id));
      if (!pageInfo.hasNextPage) return seen;
      after = pageInfo.endCursor;
      await between();
    }
    throw new Error('The list has no end.');
  }

  const plan = fc.record({
    first: fc.integer({ min: 1, max: 7 }),
    added: fc.array(fc.nat({ max: 3 }), { maxLength: 12 }),
    minutesAgo: fc.array(fc.nat({ max: 13 * 1_440 }), { minLength: 3, maxLength: 12 }),
  });

  it('of passages hold each row that was there before exactly once, while others are added', async () => {
    await fc.assert(
      fc.asyncProperty(plan, async ({ first: size, added, minutesAgo }) => {
        const late = (minutes: number) =>
          aPassage(server.checkpoints.docXay, {
            id: newUuid7(Date.now() - minutes * 60_000),
            declarationId: first().id,
          });
        await record(server, minutesAgo.map(late));
        const before = (await server.sql<{ id: string }>(`select id from passage where province_code = '38'`)).map(
          ({ id }) => id,
        );
        const left = [...added];
        const seen = await walk('passages', size, async () => {
          const count = left.pop() ?? 0;
          if (count > 0)
            await record(
              server,
              minutesAgo.slice(0, count).map((minutes) => late(minutes + 1)),
            );
        });
        expect(seen.length).toBe(new Set(seen).size);
        expect(before.filter((id) => !seen.includes(id))).toEqual([]);
        await server.sql(`delete from passage where province_code = '38'`);
      }),
      { numRuns: 12, endOnFailure: true },
    );
  }, 60_000);

  it('of declarations too', async () => {
    await fc.assert(
      fc.asyncProperty(plan, async ({ first: size, added }) => {
        const before = (await server.sql<{ id: string }>(`select id from declaration where province_code = '38'`)).map(
          ({ id }) => id,
        );
        const left = [...added];
        const seen = await walk('declarations', size, async () => {
          for (let count = left.pop() ?? 0; count > 0; count -= 1) await declared(server);
        });
        expect(seen.length).toBe(new Set(seen).size);
        expect(before.filter((id) => !seen.includes(id))).toEqual([]);
      }),
      { numRuns: 6, endOnFailure: true },
    );
  }, 60_000);
});
