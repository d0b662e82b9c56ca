import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { declared } from '#test/builders.ts';
import { aPartnerApp, asApp, askForToken, codesOf, createApp, createAppDocument, tokenOf } from '#test/partner-desk.ts';
import { startServer, type TestServer } from '#test/server.ts';

let server: TestServer;
beforeAll(async () => (server = await startServer()));
afterAll(() => server.stop());

const list = '{ declarations { edges { node { id person { fullName idNumber } } } } }';
const change = (name: string, rest = '') =>
  `mutation ($id: ID!) { ${name}(id: $id${rest}) { ${name === 'rotatePartnerSecret' ? 'clientSecret app { active }' : 'active'} } }`;

async function rotate(id: string, rest = ''): Promise<string> {
  const answer = await server.graphql<{ rotatePartnerSecret: { clientSecret: string } }>(
    change('rotatePartnerSecret', rest),
    { id },
    { as: 'admin.38' },
  );
  return answer.data.rotatePartnerSecret.clientSecret;
}

describe('an app', () => {
  it('gets a token for its id and secret, and reads with it what lies in its unit, masked', async () => {
    const here = await declared(server);
    await declared(server, {}, '01');
    const app = await createApp(server);
    const answer = await askForToken(server, app);
    expect(answer.body).toMatchObject({
      token_type: 'Bearer',
      expires_in: 600,
      scope: 'declarations:read declarations:write statistics:read',
    });
    const read = await asApp(server, answer.body.access_token ?? '', list);
    expect(read.data).toEqual({
      declarations: { edges: [{ node: { id: here.id, person: { fullName: 'Nguyễn T. H.', idNumber: null } } }] },
    });
  });

  it('does no more than its scopes and its token say', async () => {
    const app = await createApp(server, { scopes: ['declarations:write', 'declarations:read'] });
    const written = await asApp(server, await tokenOf(server, app, 'declarations:write'), list);
    expect(codesOf(written)).toEqual(['FORBIDDEN']);
    const body = 'grant_type=client_credentials&scope=statistics:read';
    expect((await askForToken(server, app, { body })).body).toMatchObject({ error: 'invalid_scope' });
    const token = await tokenOf(server, app);
    for (const query of [
      '{ viewer { account { id } } }',
      '{ partnerApps { id } }',
      '{ sessions { id } }',
      '{ passages { totalCount } }',
    ])
      expect(codesOf(await asApp(server, token, query)), query).toEqual(['FORBIDDEN']);
    for (const filter of ['{ passed: true }', `{ citizenId: "${app.id}" }`])
      expect(codesOf(await asApp(server, token, `{ declarations(filter: ${filter}) { totalCount } }`))).toEqual([
        'FORBIDDEN',
      ]);
    const deeper = '{ declarations { edges { node { citizen { id } passages { id } } } } }';
    const { data } = await asApp<{ declarations: { edges: Array<{ node: object }> } }>(server, token, deeper);
    expect(data.declarations.edges[0]?.node).toEqual({ citizen: null, passages: [] });
  });

  it('is created for the own unit or below only, by an administrator; sent again it is the same, without its secret', async () => {
    const create = (as: string, input: object) => server.graphql(createAppDocument, { input }, { as });
    const at = (unitCode: string) => aPartnerApp({ unitCode, scopes: ['declarations:read'] });
    expect(codesOf(await create('admin.38', at('01')))).toEqual(['BAD_USER_INPUT']);
    expect(codesOf(await create('admin.district', at('38')))).toEqual(['BAD_USER_INPUT']);
    expect(codesOf(await create('analyst.38', at('38')))).toEqual(['FORBIDDEN']);
    const input = at('380');
    expect((await create('admin.district', input)).text).toMatch(/"clientSecret":"[\w-]{43}"/);
    expect((await create('admin.district', input)).text).toContain('"clientSecret":null');
    expect(codesOf(await create('admin.district', { ...input, name: 'Khác' }))).toEqual(['BAD_USER_INPUT']);
    expect(codesOf(await create('admin.01', { ...input, unitCode: '01' }))).toEqual(['BAD_USER_INPUT']);
    expect(codesOf(await create('admin.38', { ...at('38'), scopes: ['admin'] }))).toEqual(['BAD_USER_INPUT']);
  });

  it('changes over to a new secret while the one before works; a secret that leaked ends with its tokens at once', async () => {
    const app = await createApp(server);
    const first = await tokenOf(server, app);
    const second = { ...app, secret: await rotate(app.id) };
    expect(codesOf(await asApp(server, first, list))).toEqual([]);
    expect((await askForToken(server, app)).status).toBe(200);
    const other = await tokenOf(server, second);
    const third = { ...app, secret: await rotate(app.id, ', atOnce: true') };
    for (const token of [first, other]) expect((await asApp(server, token, list)).status).toBe(401);
    for (const gone of [app, second]) expect((await askForToken(server, gone)).status).toBe(401);
    expect(codesOf(await asApp(server, await tokenOf(server, third), list))).toEqual([]);
  });

  it('that is revoked is refused at its next request, for good', async () => {
    const app = await createApp(server);
    const token = await tokenOf(server, app);
    expect(codesOf(await asApp(server, token, list))).toEqual([]);
    const revoke = () => server.graphql(change('revokePartnerApp'), { id: app.id }, { as: 'admin.38' });
    expect((await revoke()).data).toEqual({ revokePartnerApp: { active: false } });
    expect((await revoke()).data).toEqual({ revokePartnerApp: { active: false } });
    expect((await asApp(server, token, list)).status).toBe(401);
    expect((await askForToken(server, app)).status).toBe(401);
    const rotated = await server.graphql(change('rotatePartnerSecret'), { id: app.id }, { as: 'admin.38' });
    expect(codesOf(rotated)).toEqual(['BAD_USER_INPUT']);
  });

  it('of others is neither seen, revoked nor rotated', async () => {
    const app = await createApp(server);
    const seen = async (as: string) =>
      (await server.graphql('query ($id: ID!) { partnerApp(id: $id) { id } }', { id: app.id }, { as })).data;
    expect(await seen('admin.38')).toEqual({ partnerApp: { id: app.id } });
    for (const as of ['admin.01', 'admin.district']) expect(await seen(as)).toEqual({ partnerApp: null });
    for (const as of ['admin.01', 'admin.district'])
      for (const name of ['revokePartnerApp', 'rotatePartnerSecret'])
        expect(codesOf(await server.graphql(change(name), { id: app.id }, { as }))).toEqual(['NOT_FOUND']);
  });

  it('keeps its secret to itself: no column, log or entry holds it', async () => {
    const app = await createApp(server);
    const [row] = await server.sql<{ text: string }>(
      'select to_jsonb(p)::text as text from partner_app p where id = $1',
      [app.id],
    );
    expect(row?.text).not.toContain(app.secret);
    const entries = await server.sql<{ text: string }>(
      `select to_jsonb(e)::text as text from audit_entry e where action like 'partner.%'`,
    );
    expect(entries.map(({ text }) => text).join()).not.toContain(app.secret);
  });
});

it('an outage at the door is told as one, not as a fault of ours or of the token', async () => {
  const token = await tokenOf(server, await createApp(server));
  await server.sql('alter function use_partner_app rename to use_partner_app_gone');
  const answer = await asApp(server, token, list);
  await server.sql('alter function use_partner_app_gone rename to use_partner_app');
  expect(answer.status).toBe(503);
  expect(codesOf(answer)).toEqual(['UNAVAILABLE']);
  expect(answer.errors?.[0]?.message).toBe('The system is busy. Try again in a few seconds.');
  expect((await asApp(server, token, list)).status).toBe(200);
});

describe('a budget', () => {
  it('is told in headers, and refuses what goes beyond it until the minute is over', async () => {
    const app = await createApp(server, { requestsPerMinute: 2 });
    const token = await tokenOf(server, app);
    const answers = [];
    for (let at = 0; at < 3; at += 1) answers.push(await asApp(server, token, list));
    const [first, , third] = answers;
    expect(first?.headers.get('ratelimit-policy')).toBe('"requests";q=2;w=60, "cost";q=600000;w=60');
    expect(first?.headers.get('ratelimit')).toMatch(/^"requests";r=1;t=\d+, "cost";r=59\d{4};t=\d+$/);
    // A minute may have begun in between.
    const refused = third?.status === 429 ? third : await asApp(server, token, list);
    expect(codesOf(refused)).toEqual(['RATE_LIMITED']);
    expect(refused.headers.get('retry-after')).toMatch(/^\d{1,2}$/);
    expect(refused.errors?.[0]?.extensions['retryAfter']).toBeGreaterThan(0);
  });

  it('of cost refuses an operation that is dearer than what is left, and takes nothing for it', async () => {
    const app = await createApp(server, { costPerMinute: 1_000 });
    const token = await tokenOf(server, app);
    const dear =
      '{ declarations(first: 100) { edges { node { id code channel submittedAt validUntil advice reasons person { fullName } journey { vehicle } health { symptoms } } } } }';
    const refused = await asApp(server, token, dear);
    expect(refused.status).toBe(429);
    expect(codesOf(refused)).toEqual(['RATE_LIMITED']);
    expect(codesOf(await asApp(server, token, '{ declarations(first: 1) { totalCount } }'))).toEqual([]);
  });

  it('is the app’s own: what another one spends is not taken from it', async () => {
    const [greedy, other] = [await createApp(server, { requestsPerMinute: 1 }), await createApp(server)];
    const token = await tokenOf(server, greedy);
    for (let at = 0; at < 3; at += 1) await asApp(server, token, list);
    expect(codesOf(await asApp(server, await tokenOf(server, other), list))).toEqual([]);
  });
});

describe('an administrator sees', () => {
  it('how much an app asked for today, and its last errors by code and field', async () => {
    const app = await createApp(server, { scopes: ['declarations:read'] });
    const token = await tokenOf(server, app);
    await asApp(server, token, list);
    await asApp(server, token, '{ partnerApps { id } }');
    await asApp(server, token, '{ nothing }');
    const query =
      '{ partnerApps { id requestsToday lastUsedAt usage(days: 7) { day requests errors cost } lastErrors { code field } } }';
    const { data } = await server.graphql<{ partnerApps: Array<{ id: string; requestsToday: number }> }>(
      query,
      {},
      { as: 'admin.38' },
    );
    expect(data.partnerApps.find(({ id }) => id === app.id)).toMatchObject({
      requestsToday: 3,
      usage: [{ requests: 3, errors: 2 }],
      lastErrors: [{ code: 'GRAPHQL_VALIDATION_FAILED' }, { code: 'FORBIDDEN', field: 'partnerApps' }],
    });
  });

  it('an error that cannot be noted costs the app neither its answer nor its status', async () => {
    const app = await createApp(server, { requestsPerMinute: 10 });
    const token = await tokenOf(server, app);
    await server.sql('alter function note_partner_error rename to note_partner_error_away');
    try {
      const refused = await asApp<unknown>(server, token, '{ partnerApps { id } }');
      expect(refused.errors?.map(({ extensions }) => extensions['code'])).toEqual(['FORBIDDEN']);
      for (let asked = 1; asked < 10; asked += 1) await asApp(server, token, list);
      expect((await asApp(server, token, list)).status).toBe(429);
    } finally {
      await server.sql('alter function note_partner_error_away rename to note_partner_error');
    }
  });

  it('the last fifty errors at the most', async () => {
    const app = await createApp(server);
    for (let at = 0; at < 60; at += 1)
      await server.sql(
        `select note_partner_error($1, current_date, ('01990000-0000-7000-8000-' || lpad($2::text, 12, '0'))::uuid, 'X', 'y')`,
        [app.id, at],
      );
    expect(await server.sql('select id from partner_error where app_id = $1', [app.id])).toHaveLength(50);
  });
});
