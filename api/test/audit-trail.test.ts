import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { auditDesk } from './audit-desk.ts';
import { aDeclaration, aPassage, declared, record, submit } from './builders.ts';
import { startServer, type TestServer } from './server.ts';
import { countStatements, readable } from './statements.ts';
import { newSpokenCode } from '#api/declarations/shared/spoken-code.ts';
import { newUuid7 } from '#api/platform/shared/uuid7.ts';

let server: TestServer;
let desk: Awaited<ReturnType<typeof auditDesk>>;
beforeAll(async () => {
  server = await startServer();
  desk = await auditDesk(server.ownerUrl);
  for (const [username, unit, province] of [
    ['auditor.district', '380@2021', '38'],
    ['auditor.vn', 'VN@2021', 'VN'],
    ['auditor.01', '01@2021', '01'],
  ])
    await server.sql(
      `insert into account (id, username, full_name, password_hash, must_change_password, roles, unit_id, province_code, active, demo, created_at)
       select $1, $2, 'Kiểm Toán', password_hash, false, '{AUDITOR}', $3, $4, true, false, now() from account where username = 'auditor.38'`,
      [newUuid7(), username, unit, province],
    );
});
afterAll(async () => {
  await desk.stop();
  await server.stop();
});

interface Entry {
  id: string;
  action: string;
  role: string | null;
  subject_ids: string[];
  subject_kind: string | null;
  checkpoint_id: string | null;
  detail: Record<string, unknown>;
}
const lastEntries = (action: string, most = 1) =>
  server.sql<Entry>('select * from audit_entry where action = $1 order by id desc limit $2', [action, most]);
const entriesOf = async (action: string) => (await lastEntries(action, 1_000)).length;

const scan = `query ($payload: String!, $here: ID!) { scan(payload: $payload, checkpointId: $here) { __typename
  ... on ValidPass { declaration { id person { idNumber } companions { id person { idNumber } } } companions { id person { idNumber } } } } }`;
const scanned = (payload: string, here = server.checkpoints.docXay, as = 'officer.38') =>
  server.graphql<{ scan: { __typename: string } }>(scan, { payload, here }, { as });
const read = (id: string, as = 'officer.38') =>
  server.graphql<{ declaration: object | null }>(
    'query ($id: ID!) { declaration(id: $id) { id person { idNumber } companions { id person { idNumber } } } }',
    { id },
    { as },
  );

interface Look {
  role: string;
  unit: { name: string };
  action: string;
}
const looksAt = async (secret: string, first = 20) =>
  (
    await server.graphql<{ receipt: { accesses: Look[] } }>(
      'query ($secret: String!, $first: Int!) { receipt(secret: $secret) { accesses(first: $first) { at role unit { name } action reason } } }',
      { secret, first },
    )
  ).data.receipt.accesses.map(({ role, unit, action }) => `${role} ${unit.name} ${action}`);

describe('the person who declared', () => {
  it('sees who looked, by role and unit, once it is sealed', async () => {
    const { secret, qrPayload, id } = await declared(server);
    await scanned(qrPayload);
    await read(id);
    expect(await looksAt(secret)).toEqual([]);
    await desk.seal();
    const expected = ['OFFICER Thanh Hóa declaration.read', 'OFFICER Thanh Hóa declarations.scan'];
    expect(await looksAt(secret)).toEqual(expected);
    expect(await looksAt(secret, 1)).toEqual(expected.slice(0, 1));
  });

  it('sees it in the province of the declaration, wherever the checkpoint stood', async () => {
    const { secret, qrPayload } = await declared(server, { journey: { originCode: '38' } }, '01');
    await scanned(qrPayload);
    await desk.seal();
    expect(await looksAt(secret)).toEqual(['OFFICER Thanh Hóa declarations.scan']);
  });

  it('sees it for each companion whom a scan showed, and no account', async () => {
    const family = [aDeclaration(), aDeclaration()];
    const { data } = await submit(server, family);
    await scanned(data.submitDeclarations[0]?.receipt.qrPayload ?? '');
    await desk.seal();
    for (const { receiptSecret } of family)
      expect(await looksAt(receiptSecret ?? '')).toEqual(['OFFICER Thanh Hóa declarations.scan']);
    const answer = await server.graphql('{ __type(name: "Access") { fields { name } } }');
    expect(answer.text).not.toMatch(/actor|account|name":"(by|officer)/i);
  });

  it('is not told of what was refused', async () => {
    const { secret, id } = await declared(server);
    await read(id);
    await desk.seal();
    expect(await looksAt(secret)).toEqual([]);
  });
});

describe('each unmasking is entered', () => {
  const auditStatements = (all: string[]) => all.filter((text) => /audit_entry/.test(text));

  it('a scan by one statement of its own, companions asked for twice or not', async () => {
    const { data } = await submit(server, [aDeclaration(), aDeclaration(), aDeclaration()]);
    const payload = data.submitDeclarations[0]?.receipt.qrPayload ?? '';
    await server.signIn('officer.38');
    const { all, result } = await countStatements(() => scanned(payload));
    expect(result.data.scan.__typename).toBe('ValidPass');
    expect(auditStatements(all)).toHaveLength(1);
  });

  it('a declaration read again with its companions by one entry with all their ids', async () => {
    const family = [aDeclaration(), aDeclaration()];
    const { data } = await submit(server, family);
    await scanned(data.submitDeclarations[0]?.receipt.qrPayload ?? '');
    const before = await entriesOf('declaration.read');
    const { all } = await countStatements(() => read(family[0]?.id ?? ''));
    expect(auditStatements(all)).toHaveLength(1);
    const [entry] = await lastEntries('declaration.read');
    expect(await entriesOf('declaration.read')).toBe(before + 1);
    expect(entry).toMatchObject({ role: 'OFFICER', subject_kind: 'declaration', detail: {} });
    expect(entry?.subject_ids.toSorted()).toEqual(family.map(({ id }) => id).toSorted());
  });

  it('the own shift by one entry a page; what is masked by none', async () => {
    const [one, elsewhere] = [await declared(server), await declared(server, { journey: { originCode: '38' } }, '01')];
    await scanned(elsewhere.qrPayload, server.checkpoints.cauGhep, 'officer.cg');
    const paper = aPassage(server.checkpoints.cauGhep, { paperFormNumber: 'A-77' });
    const by = [one, elsewhere].map(({ id }) => aPassage(server.checkpoints.cauGhep, { declarationId: id }));
    await record(server, [...by, paper], 'officer.cg');
    const list = (as: string) =>
      server.graphql('{ passages { edges { node { id plate citizen { fullName } } } } }', {}, { as });
    await list('officer.cg');
    const [entry] = await lastEntries('passages.read');
    expect(entry?.subject_ids.toSorted()).toEqual([one.id, elsewhere.id].toSorted());
    expect(entry?.detail).toEqual({ elsewhere: { [elsewhere.id]: '01' }, passageIds: [paper.id] });
    await list('officer.38');
    await list('admin.38');
    expect(await entriesOf('passages.read')).toBe(1);
    await desk.seal();
    expect(await looksAt(elsewhere.secret)).toContain('OFFICER Thanh Hóa passages.read');
  });
});

describe('each refusal is entered', () => {
  const codesOf = (answer: { errors?: Array<{ extensions: Record<string, unknown> }> }) =>
    answer.errors?.map(({ extensions }) => extensions['code']);

  it('what a role never has, and what lies outside the jurisdiction, once a request', async () => {
    const before = await entriesOf('access.refused');
    const document = '{ a: accounts { totalCount } b: accounts { totalCount } declarations { totalCount } }';
    expect(codesOf(await server.graphql(document, {}, { as: 'officer.38' }))).toContain('FORBIDDEN');
    const [forbidden] = await lastEntries('access.refused');
    expect(forbidden?.detail['refused']).toEqual(['accounts FORBIDDEN', 'declarations FORBIDDEN']);
    expect(await entriesOf('access.refused')).toBe(before + 1);

    await scanned(newSpokenCode('38'), server.checkpoints.hanoi);
    const [foreign] = await lastEntries('access.refused');
    expect(foreign).toMatchObject({
      role: 'OFFICER',
      checkpoint_id: server.checkpoints.hanoi,
      detail: { refused: ['scan NOT_FOUND'], ip: expect.any(String) },
    });
  });

  it('an id that was asked for and not given, of a mutation too', async () => {
    const { id } = await declared(server);
    expect((await read(id)).data.declaration).toBeNull();
    expect((await lastEntries('access.refused'))[0]).toMatchObject({
      subject_kind: 'declaration',
      subject_ids: [id],
      detail: { refused: ['declaration NOT_FOUND'] },
    });
    const account = newUuid7();
    await server.graphql(
      'mutation ($id: ID!) { resetCredentials(id: $id) { __typename } }',
      { id: account },
      { as: 'admin.38' },
    );
    expect((await lastEntries('access.refused'))[0]?.subject_ids).toEqual([account]);
  });

  it('guesses that were stopped', async () => {
    await Promise.all(
      Array.from({ length: 31 }, () => scanned(newSpokenCode('01'), server.checkpoints.hanoi, 'officer.01')),
    );
    expect((await lastEntries('access.refused'))[0]?.detail['refused']).toEqual(['scan RATE_LIMITED']);
  });

  it('without a number that was typed where an id belongs, and of nobody who is not signed in', async () => {
    await read('038090012345');
    const [entry] = await lastEntries('access.refused');
    expect(entry).toMatchObject({
      subject_ids: [],
      subject_kind: null,
      detail: { refused: ['declaration NOT_FOUND'] },
    });
    expect(await server.sql(`select 1 from audit_entry e where e::text like '%038090012345%'`)).toEqual([]);
    const before = await entriesOf('access.refused');
    await server.graphql('{ accounts { totalCount } }');
    expect(await entriesOf('access.refused')).toBe(before);
  });
});

describe('where the audit trail cannot be written', () => {
  it('nothing is shown whole, and what is refused stays refused', async () => {
    const { id, qrPayload } = await declared(server);
    await scanned(qrPayload);
    await server.sql('revoke insert on audit_entry from cordon_api');
    try {
      const looked = await read(id);
      expect(looked.data).toBeNull();
      expect(looked.text).not.toContain('idNumber":"');
      const refused = await server.graphql('{ accounts { totalCount } }', {}, { as: 'officer.38' });
      expect(refused.errors?.map(({ extensions }) => extensions['code'])).toEqual(['FORBIDDEN']);
    } finally {
      await server.sql('grant insert on audit_entry to cordon_api');
    }
    expect((await read(id)).data.declaration).not.toBeNull();
  });
});

interface Listed {
  id: string;
  actor: string;
  action: string;
  subject: string | null;
  hash: string;
  block: number | null;
  ip: string | null;
  unit: { code: string } | null;
}
const trail = `query ($filter: AuditFilter!, $first: Int, $after: String) { auditTrail(filter: $filter, first: $first, after: $after) {
  edges { node { id at actor actorId role unit { code } action subjectKind subject subjectIds checkpointId reason ip hash block detail } }
  pageInfo { hasNextPage endCursor } totalCount } }`;
interface TrailPage {
  auditTrail: {
    edges: Array<{ node: Listed }>;
    pageInfo: { hasNextPage: boolean; endCursor: string };
    totalCount: number;
  };
}
const search = async (filter: object, as = 'auditor.38', page: object = {}) => {
  const answer = await server.graphql<TrailPage>(trail, { filter, ...page }, { as });
  if (answer.errors) throw new Error(answer.text);
  return { ...answer.data.auditTrail, nodes: answer.data.auditTrail.edges.map(({ node }) => node) };
};

describe('an auditor', () => {
  it('finds what an account did, to what, by whom, with its hash and its block', async () => {
    const { id, qrPayload } = await declared(server);
    await scanned(qrPayload);
    await desk.seal();
    const [actor] = await server.sql<{ id: string }>(`select id from account where username = 'officer.38'`);
    const { nodes } = await search({ subject: id, actorId: actor?.id, action: 'declarations.scan' });
    expect(nodes).toHaveLength(1);
    expect(nodes[0]).toMatchObject({
      actor: 'Lê Văn Tám',
      subject: id,
      unit: { code: '38' },
      block: expect.any(Number),
    });
    const [stored] = await server.sql<{ leaf_hash: Buffer }>('select leaf_hash from audit_entry where id = $1', [
      nodes[0]?.id,
    ]);
    expect(nodes[0]?.hash).toBe(stored?.leaf_hash.toString('hex'));
    const refused = await search({ action: 'access.refused' });
    expect(refused.nodes[0]?.ip).toBeTruthy();
  });

  it('goes through it in pages, each entry once, in the order of time', async () => {
    const whole = await search({}, 'auditor.38', { first: 100 });
    const seen: string[] = [];
    let after: string | null = null;
    do {
      const page: Awaited<ReturnType<typeof search>> = await search({}, 'auditor.38', { first: 7, after });
      seen.push(...page.nodes.map(({ id }) => id));
      after = page.pageInfo.hasNextPage ? page.pageInfo.endCursor : null;
    } while (after && seen.length < 100);
    // The searches' own sign-ins came first; nothing is added while an auditor reads.
    expect(seen.slice(0, 100)).toEqual(whole.nodes.map(({ id }) => id).slice(0, seen.length));
    expect(seen.toSorted().toReversed()).toEqual(seen);
  });

  it('keeps to a span of time', async () => {
    const { nodes } = await search({}, 'auditor.38', { first: 3 });
    const [, second] = nodes;
    const at = (second as unknown as { at: string }).at;
    expect((await search({ to: at }, 'auditor.38', { first: 1 })).nodes[0]?.id).not.toBe(second?.id);
    expect((await search({ from: at })).nodes.map(({ id }) => id)).toContain(second?.id);
    expect((await search({ from: '2099-01-01T00:00:00Z' })).nodes).toEqual([]);
  });

  it('reaches what accounts of the own unit and below did, and no more', async () => {
    const input = {
      id: newUuid7(),
      username: 'cua.huyen',
      fullName: 'Của Huyện',
      roles: ['ANALYST'],
      unitCode: '38',
      checkpointIds: [],
    };
    const create = (as: string, changes: object) =>
      server.graphql(
        'mutation ($input: CreateAccountInput!) { createAccount(input: $input) { __typename } }',
        { input: { ...input, ...changes } },
        { as },
      );
    await create('admin.vn', {});
    const mine = newUuid7();
    await create('admin.district', { id: mine, username: 'cua.huyen.2', unitCode: '380' });
    const finds = async (as: string, subject: string) =>
      (await search({ subject, action: 'account.create' }, as)).nodes.length;
    expect(await finds('auditor.38', mine)).toBe(1);
    expect(await finds('auditor.district', mine)).toBe(1);
    expect(await finds('auditor.vn', mine)).toBe(1);
    expect(await finds('auditor.01', mine)).toBe(0);
    // Done by the nation, in the province: its own auditors judge that.
    expect(await finds('auditor.vn', input.id)).toBe(1);
    expect(await finds('auditor.38', input.id)).toBe(0);
    expect(await finds('auditor.district', input.id)).toBe(0);
    const units = (await search({}, 'auditor.district', { first: 100 })).nodes.map(({ unit }) => unit?.code);
    expect(units.length).toBeGreaterThan(0);
    expect(units).not.toContain('38');
  });

  it('is the only one', async () => {
    for (const as of ['admin.38', 'officer.38', 'tracer.38', 'analyst.38']) {
      for (const field of ['auditTrail(filter: {}) { totalCount }', 'auditSealing { block }']) {
        const answer = await server.graphql(`{ ${field} }`, {}, { as });
        expect(answer.errors?.map(({ extensions }) => extensions['code'])).toEqual(['FORBIDDEN']);
      }
    }
  });

  it('sees how far it is sealed', async () => {
    await desk.seal();
    const sealing = (as: string) =>
      server.graphql<{ auditSealing: Array<{ unit: { code: string }; block: number; keyId: string }> }>(
        '{ auditSealing { unit { code } block sealedAt sealedTo entries late keyId } }',
        {},
        { as },
      );
    const { data } = await sealing('auditor.38');
    expect(data.auditSealing).toEqual([
      expect.objectContaining({
        unit: { code: '38' },
        block: expect.any(Number),
        keyId: expect.stringMatching(/^[0-9a-f]{8}$/),
      }),
    ]);
    expect((await sealing('auditor.vn')).data.auditSealing.map(({ unit }) => unit.code)).toEqual(
      expect.arrayContaining(['01', '38', 'VN']),
    );
    expect(await desk.findings()).toEqual([]);
  });

  it('refuses what is no id', async () => {
    const answer = await server.graphql(trail, { filter: { subject: "' or 1=1" } }, { as: 'auditor.38' });
    expect(answer.errors?.[0]?.extensions['code']).toBe('BAD_USER_INPUT');
  });

  it('asks as many statements for one entry as for a hundred, and these', async () => {
    const statements = async (filter: object, first: number, as: string) =>
      (await countStatements(() => search(filter, as, { first }))).data;
    await search({}, 'auditor.38');
    await search({}, 'auditor.district');
    expect(await statements({}, 1, 'auditor.38')).toEqual(await statements({}, 100, 'auditor.38'));
    const everything = {
      from: '2021-08-23T00:00:00Z',
      to: '2099-01-01T00:00:00Z',
      actorId: newUuid7(),
      action: 'sign-in',
      subject: newUuid7(),
    };
    expect(readable(await statements({}, 10, 'auditor.38'))).toMatchSnapshot('of a province');
    expect(readable(await statements({}, 10, 'auditor.district'))).toMatchSnapshot('of a district');
    expect(readable(await statements(everything, 10, 'auditor.38'))).toMatchSnapshot('by everything');
  });
});
