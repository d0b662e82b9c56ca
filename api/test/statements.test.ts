import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newUuid7 } from '#api/platform/shared/uuid7.ts';
import {
  aDeclaration,
  aPassage,
  anIdNumber,
  declared,
  recordDocument,
  submitDocument,
  type Submitted,
} from './builders.ts';
import { createApp } from './partner-desk.ts';
import { startServer, type TestServer } from './server.ts';
import { countStatements, ofRequests, readable } from './statements.ts';

// Round trips to Postgres are the cost that matters most (design.md section 7): an operation sends as many statements for one
// row as for a hundred. Each list's SQL is stored beside this test, so that a statement more is seen in review.
let server: TestServer;
let declarationIds: string[];
beforeAll(async () => {
  server = await startServer();
  declarationIds = [];
  for (let batch = 0; batch < 5; batch += 1) {
    const input = Array.from({ length: 40 }, () => aDeclaration());
    const { data } = await server.graphql<{ submitDeclarations: Submitted[] }>(submitDocument, { input });
    declarationIds.push(...data.submitDeclarations.map(({ declaration }) => declaration.id));
  }
  await ask(
    recordDocument,
    { input: declarationIds.map((declarationId) => aPassage(server.checkpoints.docXay, { declarationId })) },
    'officer.38',
  );
  await ask(recordDocument, { input: [aPassage(server.checkpoints.docXay, { paperFormNumber: 'A-1' })] }, 'officer.38');
  await arrangePeople();
  for (const as of ['admin.38', 'admin.district', 'officer.38', 'officer.cg', 'auditor.38'])
    await ask('{ viewer { account { id } } }', {}, as);
});
afterAll(() => server.stop());

let knownNumber = '';
/** Pairs of neighbours who may be one, some merged, and verdicts that nobody could get. */
async function arrangePeople(): Promise<void> {
  knownNumber = anIdNumber();
  await declared(server, { person: { idNumber: knownNumber } });
  await server.sql(
    `insert into citizen_double (province_code, one_id, other_id, score, evidence, found_at)
     select '38', least(id, next), greatest(id, next), 60 + place % 40, '{SAME_NAME}', now() from (
       select id, lead(id) over (order by id) as next, row_number() over (order by id) as place from citizen where province_code = '38') c
     where next is not null limit 60`,
  );
  await server.sql(
    `insert into registry_verification (province_code, citizen_id, status, failure, mismatches, attempts, enqueued_at, dead_since, checkpoint_id, unit_id, passed_at, priority)
     select '38', c.id, 'UNAVAILABLE', 'FAULT', '{}', 8, now(), now(), k.id, k.unit_id, now(), 0 from citizen c, checkpoint k
     where c.province_code = '38' and k.id = $1 limit 60`,
    [server.checkpoints.docXay],
  );
}

async function ask<Data = Record<string, unknown>>(
  query: string,
  variables: Record<string, unknown>,
  as?: string,
): Promise<Data> {
  const answer = await server.graphql<Data>(query, variables, as ? { as } : {});
  if (answer.errors) throw new Error(answer.text);
  return answer.data;
}
const statementsOf = async (query: string, variables: Record<string, unknown>, as?: string) =>
  (await countStatements(() => ask(query, variables, as))).all;

const address = 'line unit { name parent { name parent { name } } }';
const person = `person { fullName documentMasked phoneMasked permanentAddress { ${address} } temporaryAddress { ${address} } }`;
const passages = `query ($first: Int!, $after: String, $filter: PassageFilter) { passages(first: $first, after: $after, filter: $filter) {
  edges { cursor node { id plate flags { kind } checkpoint { code unit { name } } citizen { id fullName } recordedBy { name } corrects { id } correctedBy { id }
    declaration { id ${person} journey { origin { name } } } } } pageInfo { hasNextPage endCursor } totalCount } }`;
const declarations = `query ($first: Int!, $after: String, $filter: DeclarationFilter) { declarations(first: $first, after: $after, filter: $filter) {
  edges { node { id ${person} citizen { fullName } journey { origin { name } destination { name } } passages { id checkpoint { code } } } } pageInfo { hasNextPage endCursor } totalCount } }`;
const checkpoints = `query ($first: Int!, $after: String, $search: String) { checkpoints(first: $first, after: $after, search: $search) { edges { node { id unit { fullName parent { name } } } } totalCount } }`;
const arrivals = `query ($first: Int!, $after: String, $list: ArrivalList = COMING) { arrivals(list: $list, first: $first, after: $after) {
  edges { node { id cameAt overstays unit { name } cameThrough { name } reportedBy { name } declaration { ${person} } } } pageInfo { hasNextPage } totalCount } }`;
const whole = `passages(first: 5) { totalCount edges { node { id checkpoint { code } citizen { id } } } } declarations(first: 5) { totalCount edges { node { id journey { origin { name } } } } }`;
const citizens = `query ($first: Int!, $after: String, $search: String = "Nguyễn Thị Hoa 1990") { citizens(first: $first, after: $after, search: $search, reason: "rà soát danh sách") {
  edges { foundBy node { id fullName verification { status } mergedFrom { citizen { id } mergedBy { name } } ${whole} } } pageInfo { hasNextPage endCursor } totalCount } }`;
const likelyDoubles = `query ($first: Int!, $after: String) { likelyDoubles(first: $first, after: $after, reason: "rà soát danh sách") {
  edges { node { id score evidence one { id fullName verification { status } mergedFrom { citizen { id } } passages(first: 1) { totalCount } declarations(first: 1) { totalCount } }
    other { id fullName verification { status } passages(first: 1) { totalCount } declarations(first: 1) { totalCount } } } } pageInfo { hasNextPage endCursor } totalCount } }`;
const deadLetters = `query ($first: Int!, $after: String) { registryDeadLetters(first: $first, after: $after) {
  edges { node { id failure attempts since checkpoint { code unit { name } } } } pageInfo { hasNextPage endCursor } totalCount } }`;
const unsettled = `query ($first: Int!, $after: String) { unsettledPosts(first: $first, after: $after) {
  edges { node { id kind code unit { fullName parent { name } } proposed { fullName } } } pageInfo { hasNextPage endCursor } totalCount } }`;
const accounts = `query ($first: Int!, $after: String, $search: String) { accounts(first: $first, after: $after, search: $search) { edges { node { id unit { name } lastSignedInAt checkpoints { code unit { name } } } } totalCount } }`;

describe('the number of statements does not grow with the list', () => {
  it.each([
    ['passages', passages, 'admin.38', 100],
    ['passages of an officer', passages, 'officer.38', 100],
    ['declarations', declarations, 'admin.38', 100],
    ['arrivals', arrivals, 'admin.38', 100],
    ['checkpoints', checkpoints, 'admin.38', 100],
    ['people', citizens, 'admin.38', 40],
    ['likely doubles', likelyDoubles, 'admin.38', 40],
    ['dead letters', deadLetters, 'admin.38', 40],
    ['accounts', accounts, 'admin.38', 100],
  ])('%s', async (_, query, as, many) => {
    const few = await statementsOf(query, { first: 8 }, as);
    expect(await statementsOf(query, { first: many }, as)).toEqual(few);
  });

  it('a page of passages with checkpoint, person and declaration takes three statements of data', async () => {
    const query =
      'query ($first: Int!) { passages(first: $first) { edges { node { id checkpoint { code unit { name } } citizen { fullName } declaration { code } } } } }';
    const { data } = await countStatements(() => ask(query, { first: 100 }, 'admin.38'));
    expect(data).toHaveLength(3);
  });

  it('recording 1 or 500, by declaration, by pass of this and of another province, by citizen and on paper', async () => {
    const here = server.checkpoints.docXay;
    const elsewhere = await declared(server, { journey: { originCode: '38' } }, '01');
    const local = await declared(server);
    const [row] = await server.sql<{ citizen_id: string }>(
      'select citizen_id from passage where citizen_id is not null limit 1',
    );
    const five = () => [
      aPassage(here, { declarationId: declarationIds[0] ?? '' }),
      aPassage(here, { qrPayload: local.qrPayload }),
      aPassage(here, { qrPayload: elsewhere.qrPayload }),
      aPassage(here, { citizenId: row?.citizen_id ?? '' }),
      aPassage(here, { paperFormNumber: 'A-2' }),
    ];
    const few = await statementsOf(recordDocument, { input: five() }, 'officer.38');
    const many = await statementsOf(recordDocument, { input: Array.from({ length: 100 }, five).flat() }, 'officer.38');
    expect(many).toHaveLength(few.length);
    const one = await statementsOf(
      recordDocument,
      { input: [aPassage(here, { declarationId: declarationIds[0] ?? '' })] },
      'officer.38',
    );
    const batch = await statementsOf(
      recordDocument,
      {
        input: Array.from({ length: 500 }, (_, at) =>
          aPassage(here, { declarationId: declarationIds[at % 200] ?? '' }),
        ),
      },
      'officer.38',
    );
    expect(batch).toHaveLength(one.length);
  });

  it('sent again, one statement more looks at what was stored', async () => {
    const input = Array.from({ length: 100 }, (_, at) =>
      aPassage(server.checkpoints.docXay, { declarationId: declarationIds[at] ?? '' }),
    );
    const first = await statementsOf(recordDocument, { input }, 'officer.38');
    const again = await statementsOf(recordDocument, { input }, 'officer.38');
    expect(again).toHaveLength(first.length + 1);
  });

  it('submitting 1 or 50, of people known and new', async () => {
    const people = Array.from({ length: 50 }, () => anIdNumber());
    const submitting = (count: number) => ({
      input: people.slice(0, count).map((idNumber) => aDeclaration({ person: { idNumber } })),
    });
    const one = await statementsOf(submitDocument, submitting(1));
    expect(await statementsOf(submitDocument, submitting(50))).toHaveLength(one.length);
    const again = await statementsOf(submitDocument, submitting(1));
    expect(again.length).toBeLessThanOrEqual(one.length);
    expect(await statementsOf(submitDocument, submitting(50))).toHaveLength(again.length);
  });

  it('scanning a pass without companions or with 45', async () => {
    const scan = `query ($payload: String!, $here: ID!) { scan(payload: $payload, checkpointId: $here) { ... on ValidPass { declaration { id ${person} } companions { id ${person} } lastPassage { id checkpoint { name } } } } }`;
    const payloadOf = async (count: number) => {
      const data = await ask<{ submitDeclarations: Submitted[] }>(submitDocument, {
        input: Array.from({ length: count }, () => aDeclaration()),
      });
      return data.submitDeclarations[0]?.receipt.qrPayload ?? '';
    };
    const [alone, coach] = [await payloadOf(1), await payloadOf(46)];
    const here = server.checkpoints.docXay;
    const one = await countStatements(() =>
      ask<{ scan: { companions: unknown[] } }>(scan, { payload: alone, here }, 'officer.38'),
    );
    const all = await countStatements(() =>
      ask<{ scan: { companions: unknown[] } }>(scan, { payload: coach, here }, 'officer.38'),
    );
    expect([one.result.scan.companions.length, all.result.scan.companions.length]).toEqual([0, 45]);
    expect(all.all).toEqual(one.all);
  });

  it('a declaration with person, addresses and companions', async () => {
    const query = `query ($id: ID!) { declaration(id: $id) { id ${person} citizen { fullName } companions { id citizen { fullName } passages { id } } passages { id checkpoint { name } } } }`;
    const submitted = async (count: number) => {
      const data = await ask<{ submitDeclarations: Submitted[] }>(submitDocument, {
        input: Array.from({ length: count }, () => aDeclaration()),
      });
      return data.submitDeclarations[0]?.declaration.id;
    };
    const [couple, coach] = [await submitted(2), await submitted(50)];
    const few = await statementsOf(query, { id: couple }, 'admin.38');
    expect(await statementsOf(query, { id: coach }, 'admin.38')).toHaveLength(few.length);
  });
});

describe('what is counted', () => {
  it('leaves out what a node asks for its own memory, and nothing that comes after it on the same connection', () => {
    const watch = 'select max(v) as revision from epidemic_zone';
    const sent = [
      ['a', 'begin'],
      ['a', watch],
      ['b', 'begin'],
      ['b', 'select 1'],
      ['a', 'commit'],
      ['a', 'select 2'],
      ['b', 'commit'],
      ['b', watch],
      ['a', 'begin'],
      ['a', 'select 3'],
      ['a', 'rollback'],
    ].map(([by, text]) => ({ by, text: text ?? '' }));
    const kept = ['begin', 'select 1', 'select 2', 'commit', 'begin', 'select 3', 'rollback'];
    expect(ofRequests(sent)).toEqual(kept);
  });
});

describe('the SQL of a list', () => {
  const snapshot = async (query: string, variables: Record<string, unknown>, as: string) =>
    readable((await countStatements(() => ask(query, variables, as))).data);
  const id = newUuid7(Date.UTC(2021, 7, 23));
  const at = '2021-08-23T00:00:00Z';

  it('passages', async () => {
    expect(await snapshot(passages, { first: 10 }, 'admin.38')).toMatchSnapshot('of a province');
    expect(await snapshot(passages, { first: 10 }, 'admin.district')).toMatchSnapshot('of a district');
    expect(await snapshot(passages, { first: 10, filter: { plate: '36B112345' } }, 'officer.38')).toMatchSnapshot(
      'of an officer, by plate',
    );
    const filter = {
      from: at,
      to: '2099-01-01T00:00:00Z',
      checkpointIds: [server.checkpoints.docXay],
      direction: 'IN',
      decision: 'ADMITTED',
      channel: 'ONLINE',
      citizenId: id,
      flagged: false,
      recordedOffline: false,
      superseded: true,
    };
    expect(await snapshot(passages, { first: 10, filter }, 'admin.38')).toMatchSnapshot('by everything');
  });

  it('passages after a cursor', async () => {
    const page = await ask<{ passages: { pageInfo: { endCursor: string } } }>(passages, { first: 5 }, 'admin.38');
    expect(
      await snapshot(
        'query ($after: String) { passages(first: 5, after: $after) { edges { node { id } } } }',
        { after: page.passages.pageInfo.endCursor },
        'admin.38',
      ),
    ).toMatchSnapshot();
  });

  it('declarations', async () => {
    expect(await snapshot(declarations, { first: 10 }, 'admin.38')).toMatchSnapshot('of a province');
    const filter = {
      submittedFrom: at,
      submittedTo: '2099-01-01T00:00:00Z',
      originCode: '01',
      destinationCode: '16438',
      advice: 'ADMIT',
      channel: 'ONLINE',
      citizenId: id,
      passed: true,
    };
    expect(await snapshot(declarations, { first: 10, filter }, 'admin.38')).toMatchSnapshot('by everything');
  });

  it('arrivals', async () => {
    for (const list of ['COMING', 'INSIDE', 'OVERSTAYING', 'LEFT'])
      expect(await snapshot(arrivals, { first: 10, list }, 'admin.district')).toMatchSnapshot(list);
  });

  it('people, by name, number and phone', async () => {
    expect(await snapshot(citizens, { first: 10 }, 'admin.38')).toMatchSnapshot('by name and birth year');
    expect(await snapshot(citizens, { first: 10, search: knownNumber }, 'admin.district')).toMatchSnapshot(
      'by number, of a district',
    );
    expect(await snapshot(citizens, { first: 10, search: '0912345678' }, 'admin.38')).toMatchSnapshot('by phone');
  });

  it('likely doubles and dead letters, after a cursor too', async () => {
    for (const [name, query] of Object.entries({ likelyDoubles, registryDeadLetters: deadLetters })) {
      expect(await snapshot(query, { first: 10 }, 'admin.38')).toMatchSnapshot(name);
      const page = await ask<Record<string, { pageInfo: { endCursor: string } }>>(query, { first: 5 }, 'admin.38');
      const after = page[name]?.pageInfo.endCursor;
      expect(await snapshot(query, { first: 10, after }, 'admin.38')).toMatchSnapshot(`${name} after a cursor`);
    }
  });

  it('arrivals counted', async () => {
    const counts = '{ arrivalCounts { coming inside notReported overstaying left } }';
    expect(await snapshot(counts, {}, 'admin.district')).toMatchSnapshot();
  });

  it('partner apps', async () => {
    const { id: appId } = await createApp(server, { unitCode: '380' });
    const app = 'id name active requestsToday lastUsedAt unit { name } usage { day } lastErrors { code }';
    expect(await snapshot(`{ partnerApps { ${app} } }`, {}, 'admin.district')).toMatchSnapshot('of a district');
    const query = `query ($id: ID!) { partnerApp(id: $id) { ${app} } }`;
    expect(await snapshot(query, { id: appId }, 'admin.district')).toMatchSnapshot('one');
  });

  it('what waits at split units, after a cursor too', async () => {
    expect(await snapshot(unsettled, { first: 10 }, 'admin.38')).toMatchSnapshot('unsettledPosts');
    const after = Buffer.from(JSON.stringify(['unsettledPosts', 'A', newUuid7()])).toString('base64url');
    expect(await snapshot(unsettled, { first: 10, after }, 'admin.district')).toMatchSnapshot('after a cursor');
  });

  it('checkpoints and accounts', async () => {
    expect(await snapshot(checkpoints, { first: 10 }, 'admin.38')).toMatchSnapshot('checkpoints');
    expect(await snapshot(checkpoints, { first: 10, search: 'doc xay' }, 'officer.38')).toMatchSnapshot(
      'checkpoints of an officer, by name',
    );
    expect(await snapshot(accounts, { first: 10 }, 'admin.38')).toMatchSnapshot('accounts');
    expect(await snapshot(accounts, { first: 10, search: 'tam' }, 'admin.district')).toMatchSnapshot(
      'accounts of a district, by name',
    );
  });
});
