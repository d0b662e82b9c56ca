import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newUuid7 } from '#api/platform/shared/uuid7.ts';
import { anAccount, codesOf, sendAccount, type AccountInput } from '#test/account-desk.ts';
import { startServer, type TestServer } from '#test/server.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startServer();
});
afterAll(() => server.stop());

const send = (input: object, as = 'admin.38', language: 'vi' | 'en' = 'vi') =>
  sendAccount(server, input, { as, language });
const create = async (input: object, as?: string) => (await send(input, as)).data.createAccount;

describe('creating an account', () => {
  it('gives a password that works once and an officer that then works', async () => {
    const { docXay } = server.checkpoints;
    const input = anAccount({ checkpointIds: [docXay] });
    const { oneTimePassword, account } = await create(input);
    expect(account).toMatchObject({
      id: input.id,
      username: input.username,
      roles: ['OFFICER'],
      unit: { code: '38' },
      checkpoints: [{ id: docXay }],
      active: true,
      lastSignedInAt: null,
    });
    const cookie = await server.signIn(input.username, oneTimePassword ?? '');
    const changed = await server.graphql(
      'mutation ($current: String!) { changePassword(current: $current, new: "trời hôm nay có mưa") { __typename } }',
      { current: oneTimePassword },
      { cookie },
    );
    const own = (changed.headers.get('set-cookie') ?? '').split(';')[0] ?? '';
    const seen = await server.graphql('{ checkpoints { edges { node { id } } } }', {}, { cookie: own });
    expect(seen.data).toEqual({ checkpoints: { edges: [{ node: { id: docXay } }] } });
  });

  it('twice with the same id and content does it once, and tells the password once', async () => {
    const input = anAccount({ roles: ['TRACER', 'ANALYST'] });
    const [first, again] = [await create(input), await create({ ...input, roles: ['ANALYST', 'TRACER'] })];
    expect(first.oneTimePassword).toMatch(/^[a-z2-9]{16}$/);
    expect(again).toMatchObject({ __typename: 'IssuedCredentials', oneTimePassword: null, account: { id: input.id } });
    expect(await server.sql('select id from audit_entry where $1 = any(subject_ids)', [input.id])).toHaveLength(1);
  });

  it('at once from two windows does it once', async () => {
    const input = anAccount({ checkpointIds: [server.checkpoints.docXay] });
    const results = await Promise.all([create(input), create(input), create(input)]);
    expect(results.filter(({ oneTimePassword }) => oneTimePassword)).toHaveLength(1);
    expect(new Set(results.map(({ account }) => account?.id))).toEqual(new Set([input.id]));
  });

  it.each([{ fullName: 'Tên Khác' }, { username: 'ten.khac' }, { roles: ['TRACER'] }, { unitCode: '380' }])(
    'with the id of another account is told: %j',
    async (other) => {
      const input = anAccount();
      await create(input);
      expect(codesOf(await create({ ...input, ...other }))).toEqual(['id ID_REUSED']);
    },
  );

  it('with a user name that somebody has is told, also when both come at once', async () => {
    expect(codesOf(await create(anAccount({ username: 'officer.38' })))).toEqual(['username TAKEN']);
    const both = await Promise.all([
      create(anAccount({ username: 'hai.nguoi' })),
      create(anAccount({ username: 'hai.nguoi' })),
    ]);
    expect(both.map(({ __typename }) => __typename).sort()).toEqual(['InvalidAccount', 'IssuedCredentials']);
  });

  it('says all that is wrong at once, in the language asked for', async () => {
    const input = anAccount({ id: crypto.randomUUID(), username: 'Có Dấu', fullName: ' ', roles: [], unitCode: '99' });
    const { data } = await send(input, 'admin.38', 'en');
    expect(codesOf(data.createAccount)).toEqual([
      'id ID',
      'username USERNAME',
      'fullName NAME',
      'roles ROLES',
      'unitCode UNKNOWN_UNIT',
    ]);
    expect(data.createAccount.fields?.at(-1)?.message).toBe('No unit has this code.');
  });

  it.each([['a\u0000b'], ['x'.repeat(121)], ['a\u202eb']])(
    'refuses a name that cannot be shown: %j',
    async (fullName) => {
      expect(codesOf(await create(anAccount({ fullName })))).toEqual(['fullName NAME']);
    },
  );
});

describe('what an administrator may grant', () => {
  it.each([
    ['admin.district', '38', 'above itself'],
    ['admin.district', '381', 'beside itself'],
    ['admin.district', 'VN', 'at the nation'],
    ['admin.38', '01', 'in another province'],
  ])('%s grants nothing at %s, %s', async (as, unitCode) => {
    expect(codesOf(await create(anAccount({ unitCode }), as))).toEqual(['unitCode OUTSIDE']);
  });

  it('other administrators below itself only: beside itself they are made from above', async () => {
    expect(codesOf(await create(anAccount({ roles: ['ADMIN'] })))).toEqual(['roles ADMIN_BELOW']);
    expect((await create(anAccount({ roles: ['ADMIN'], unitCode: '380' }))).__typename).toBe('IssuedCredentials');
    expect((await create(anAccount({ roles: ['ADMIN'] }), 'admin.vn')).__typename).toBe('IssuedCredentials');
    expect((await create(anAccount({ roles: ['ADMIN'], unitCode: 'VN' }), 'admin.vn')).__typename).toBe(
      'IssuedCredentials',
    );
  });

  it('every other role at its own unit and below', async () => {
    for (const role of ['OFFICER', 'TRACER', 'ANALYST', 'AUDITOR']) {
      expect((await create(anAccount({ roles: [role], unitCode: '380' }), 'admin.district')).__typename).toBe(
        'IssuedCredentials',
      );
    }
    expect((await create(anAccount({ unitCode: '14758' }), 'admin.district')).__typename).toBe('IssuedCredentials');
  });

  it('only checkpoints within the unit of the account, to officers', async () => {
    const { docXay, hamRong, hanoi } = server.checkpoints;
    expect((await create(anAccount({ unitCode: '380', checkpointIds: [hamRong] }))).__typename).toBe(
      'IssuedCredentials',
    );
    for (const checkpointIds of [[docXay], [hamRong, docXay], [newUuid7()], ['x']]) {
      expect(codesOf(await create(anAccount({ unitCode: '380', checkpointIds })))).toEqual([
        'checkpointIds UNKNOWN_CHECKPOINT',
      ]);
    }
    expect(codesOf(await create(anAccount({ checkpointIds: [hanoi] })))).toEqual(['checkpointIds UNKNOWN_CHECKPOINT']);
    expect(codesOf(await create(anAccount({ roles: ['TRACER'], checkpointIds: [docXay] })))).toEqual([
      'checkpointIds NOT_OFFICER',
    ]);
  });

  it.each(['officer.38', 'tracer.38', 'analyst.38', 'auditor.38'])('nothing, where it is none: %s', async (as) => {
    expect((await send(anAccount(), as)).errors?.[0]?.extensions['code']).toBe('FORBIDDEN');
  });

  it.each(['mustChangePassword', 'active', 'demo', 'passwordHash', 'unitId', 'provinceCode', 'createdBy', '__proto__'])(
    'no field that is not asked for: %s',
    async (field) => {
      const input = JSON.parse(JSON.stringify(anAccount()).replace('{', `{"${field}":"x",`)) as AccountInput;
      const answer = await send(input);
      // __proto__ goes no further than the reader of JSON.
      expect(answer.errors?.[0]?.extensions['code']).toBe(field === '__proto__' ? 'BAD_REQUEST' : 'BAD_USER_INPUT');
      expect(await server.sql('select id from account where id = $1', [input.id])).toEqual([]);
    },
  );

  it('no role that does not exist', async () => {
    expect((await send(anAccount({ roles: ['ROOT'] }))).errors?.[0]?.extensions['code']).toBe('BAD_USER_INPUT');
    await expect(
      server.sql(
        `insert into account select gen_random_uuid(), 'x', 'x', 'x', false, '{ROOT}', '38@2021', '38', true, false, now()`,
      ),
    ).rejects.toMatchObject({ code: '23514' });
  });
});

describe('the list of accounts', () => {
  const listDocument = `
    query ($scope: ScopeInput, $role: Role, $search: String, $first: Int, $after: String) {
      accounts(scope: $scope, role: $role, search: $search, first: $first, after: $after) {
        edges { node { username unit { code } checkpoints { code } } } pageInfo { hasNextPage endCursor }
      }
    }`;
  interface Page {
    accounts: {
      edges: Array<{ node: { username: string; unit: { code: string } } }>;
      pageInfo: { hasNextPage: boolean; endCursor: string };
    };
  }
  const list = async (variables: object = {}, as = 'admin.38') =>
    (await server.graphql<Page>(listDocument, { ...variables }, { as })).data.accounts;
  const namesOf = async (variables: object, as?: string) =>
    (await list(variables, as)).edges.map(({ node }) => node.username);

  it('holds the own jurisdiction and nothing else', async () => {
    const provinces = (await list({ first: 100 })).edges.map(({ node }) => node.unit.code);
    expect(provinces).not.toContain('01');
    expect(provinces).not.toContain('VN');
    const district = new Set((await list({ first: 100 }, 'admin.district')).edges.map(({ node }) => node.unit.code));
    expect([...district].filter((code) => code !== '380' && code !== '14758')).toEqual([]);
    expect(await namesOf({ first: 100 }, 'admin.vn')).toEqual(
      expect.arrayContaining(['admin.vn', 'admin.38', 'officer.01']),
    );
  });

  it('is found by name without diacritics, by role, by unit and by checkpoint', async () => {
    expect(await namesOf({ search: 'le van tam' })).toEqual(['officer.38']);
    expect(await namesOf({ role: 'AUDITOR', search: 'auditor.38' })).toEqual(['auditor.38']);
    expect(await namesOf({ scope: { unitCode: '380' }, search: 'huyen' })).toEqual(['admin.district']);
    expect(await namesOf({ scope: { checkpointIds: [server.checkpoints.cauGhep] } })).toEqual([
      'officer.38',
      'officer.cg',
    ]);
    expect(await namesOf({ scope: { unitCode: '01' } })).toEqual([]);
    expect(await namesOf({ scope: { checkpointIds: [server.checkpoints.hanoi] } })).toEqual([]);
  });

  it('is read page by page without gap or repetition', async () => {
    const whole = await namesOf({ first: 100 });
    const pages: string[] = [];
    let after: string | null = null;
    do {
      const page: Page['accounts'] = await list({ first: 3, after });
      pages.push(...page.edges.map(({ node }) => node.username));
      after = page.pageInfo.hasNextPage ? page.pageInfo.endCursor : null;
    } while (after);
    expect(pages).toEqual(whole);
    expect(new Set(pages).size).toBe(pages.length);
  });

  it('gives one by its user name, within the jurisdiction alone', async () => {
    const one = async (username: string, as: string) => {
      const query = 'query ($username: String!) { account(username: $username) { username } }';
      return (await server.graphql<{ account: { username: string } | null }>(query, { username }, { as })).data.account;
    };
    expect(await one('officer.38', 'admin.38')).toEqual({ username: 'officer.38' });
    for (const username of ['officer.01', 'admin.vn', 'nobody.38', "' or 1=1 --"])
      expect(await one(username, 'admin.38')).toBeNull();
    expect(await one('officer.38', 'admin.district')).toBeNull();
  });

  it.each(['officer.38', 'auditor.38'])('is not for %s', async (as) => {
    expect((await server.graphql(listDocument, {}, { as })).errors?.[0]?.extensions['code']).toBe('FORBIDDEN');
  });
});
