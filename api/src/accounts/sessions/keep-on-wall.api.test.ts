import { buildSchema, getNamedType, isLeafType } from 'graphql';
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeOperations } from '#test/attacks/made-operations.ts';
import { aPassage, declared, record } from '#test/builders.ts';
import { RawSocket } from '#test/live-desk.ts';
import { startServer, testPassword, type TestServer } from '#test/server.ts';
import { anAccountLike, changePassword, tryToSignIn, whoIs } from '#test/sign-in-desk.ts';
import { rootFields } from '../../policy/root-fields.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startServer({ config: { trustProxy: true } });
});
afterAll(() => server.stop());

const schema = buildSchema(readFileSync(new URL('../../../../schema.graphql', import.meta.url), 'utf8'));
const withoutArguments = (['query', 'mutation'] as const).flatMap((kind) =>
  Object.values((kind === 'query' ? schema.getQueryType() : schema.getMutationType())?.getFields() ?? {})
    .filter(({ args }) => args.length === 0)
    .map(({ name, type }) => ({
      field: name,
      document: `${kind} { ${name} ${isLeafType(getNamedType(type)) ? '' : '{ __typename }'} }`,
      variables: {},
    })),
);
const keeping = 'mutation { keepOnWall { wall permissions mustChangePassword account { username } } }';
const watching = 'subscription { checkpointTraffic { total { todayIn } recent { id } } }';
const picture = '{ traffic { total { todayIn } } }';
type Answer = Awaited<ReturnType<TestServer['graphql']>>;
const codeOf = ({ errors }: Pick<Answer, 'errors'>) => errors?.[0]?.extensions['code'];
const cookieOf = ({ headers }: Answer) => headers.getSetCookie()[0]?.split(';')[0] ?? '';
const ask = (cookie: string, document: string, variables = {}) => server.graphql(document, variables, { cookie });
const signedIn = async (model = 'analyst.38') => {
  const { id, username } = await anAccountLike(server, model);
  return { id, username, cookie: (await tryToSignIn(server, username)).cookie };
};
const onWall = async (model?: string) => {
  const { cookie: before, ...account } = await signedIn(model);
  const kept = await ask(before, keeping);
  return { ...account, before, kept, cookie: cookieOf(kept) };
};
const endsIn = async (id: string) =>
  (
    await server.sql<{ days: number }>(
      `select extract(epoch from expires_at - now())::float8 / 86400 as days from account_session where account_id = $1 and wall`,
      [id],
    )
  )[0]?.days;
const age = (id: string, interval: string) =>
  server.sql('update account_session set expires_at = expires_at - $2::interval where account_id = $1 and wall', [
    id,
    interval,
  ]);

describe('a session that is kept on a wall', () => {
  it('goes on under another cookie for 30 days, and the one before opens nothing', async () => {
    const { id, username, before, cookie, kept } = await onWall();
    expect(kept.data['keepOnWall']).toEqual({
      wall: true,
      permissions: ['traffic.watch'],
      mustChangePassword: false,
      account: { username },
    });
    expect(cookie).not.toBe(before);
    const expires = /Expires=([^;]+)/.exec(kept.headers.getSetCookie()[0] ?? '')?.[1] ?? '';
    expect((Date.parse(expires) - Date.now()) / 86_400_000).toBeCloseTo(30, 1);
    expect(kept.headers.getSetCookie()[0]).toMatch(/HttpOnly.*SameSite=Strict/);
    expect([await whoIs(server, before), await whoIs(server, cookie)]).toEqual([null, username]);
    expect(codeOf(await ask(before, picture))).toBe('UNAUTHENTICATED');
    expect((await ask(cookie, '{ viewer { wall permissions } }')).data).toEqual({
      viewer: { wall: true, permissions: ['traffic.watch'] },
    });
    await age(id, '29 days 23 hours');
    expect((await ask(cookie, picture)).errors).toBeUndefined();
    await age(id, '1 hour');
    expect(codeOf(await ask(cookie, picture))).toBe('UNAUTHENTICATED');
  });

  it('is entered with the session, without what opens it', async () => {
    const { id, cookie } = await onWall();
    const entered = await server.sql<{ detail: object; kept: string }>(
      `select e.detail, s.id as kept from audit_entry e join account_session s on s.account_id = e.actor_id
       where e.action = 'session.keep-on-wall' and e.actor_id = $1 and s.wall`,
      [id],
    );
    expect(entered).toEqual([
      { detail: { ip: expect.any(String) as string, sessionId: entered[0]?.kept }, kept: entered[0]?.kept },
    ]);
    expect(JSON.stringify(entered)).not.toContain(cookie.split('=')[1]);
  });

  it('answers the flow, and is FORBIDDEN whatever else a root field asks an account for', async () => {
    const { cookie } = await onWall('admin.38');
    const tried = [...makeOperations(schema), ...withoutArguments].filter(
      ({ field }) => rootFields[field] !== 'PUBLIC',
    );
    const open: string[] = [];
    for (const { field, document, variables } of tried)
      if (codeOf(await ask(cookie, document, variables)) !== 'FORBIDDEN') open.push(field);
    expect(open.sort()).toEqual(['officersOnDuty', 'traffic', 'trafficFlow', 'trafficThresholds']);
    expect(tried.length).toBeGreaterThan(60);
    expect((await ask(cookie, picture)).errors).toBeUndefined();
  });

  it('is refused other subscriptions too', async () => {
    const { cookie } = await onWall('admin.38');
    const socket = await new RawSocket(server.url, cookie).begin();
    const variables = { at: server.checkpoints.docXay };
    const id = socket.subscribe('subscription ($at: ID!) { registryVerified(checkpointId: $at) { id } }', variables);
    const refused = await socket.until((message) => message.type === 'error' && message.id === id);
    expect(JSON.stringify(refused)).toContain('FORBIDDEN');
    socket.socket.terminate();
  });

  it('follows the flow over a socket: that of before is closed, and comes back with the new cookie', async () => {
    const { cookie: before } = await signedIn();
    const socket = await new RawSocket(server.url, before).begin();
    const first = socket.subscribe(watching);
    await socket.until(({ type, id }) => type === 'next' && id === first);
    const cookie = cookieOf(await ask(before, keeping));
    expect((await socket.closed).code).toBe(4401);
    expect((await new RawSocket(server.url, before).closed).status).toBe(401);
    const again = await new RawSocket(server.url, cookie).begin();
    const second = again.subscribe(watching);
    await again.until(({ type, id }) => type === 'next' && id === second);
    const passage = aPassage(server.checkpoints.docXay, { declarationId: (await declared(server)).id });
    await record(server, [passage]);
    await again.until(({ payload }) => JSON.stringify(payload ?? '').includes(passage.id));
    again.socket.terminate();
  });
});

describe('a wall screen ends', () => {
  const closing = async (end: (screen: Awaited<ReturnType<typeof onWall>>) => Promise<unknown>) => {
    const screen = await onWall();
    const socket = await new RawSocket(server.url, screen.cookie).begin();
    await end(screen);
    expect((await socket.closed).code).toBe(4401);
    expect(codeOf(await ask(screen.cookie, picture))).toBe('UNAUTHENTICATED');
  };
  const byAdministrator = (document: string, variables: object) =>
    server.graphql(document, variables as Record<string, unknown>, { as: 'admin.38' });
  const update = 'mutation ($id: ID!, $input: UpdateAccountInput!) { updateAccount(id: $id, input: $input) { id } }';

  it('after 12 hours without a request or a socket', () =>
    closing(({ id }) =>
      server.sql(
        `update account_session set last_seen_at = now() - interval '12 hours 1 second' where account_id = $1`,
        [id],
      ),
    ));

  it('when its account is suspended', () =>
    closing(({ id }) => byAdministrator(update, { id, input: { active: false } })));

  it('when its account may not watch any more', () =>
    closing(({ id }) => byAdministrator(update, { id, input: { roles: ['AUDITOR'] } })));

  it('when an administrator resets its account', () =>
    closing(({ id }) =>
      byAdministrator('mutation ($id: ID!) { resetCredentials(id: $id) { oneTimePassword } }', { id }),
    ));

  it('when the password is changed', () =>
    closing(async ({ username }) => {
      const { cookie } = await tryToSignIn(server, username);
      const { result } = await changePassword(server, cookie, testPassword, 'trời hôm nay có mưa');
      expect(result?.__typename).toBe('SignedIn');
    }));

  it('when its owner ends it, who finds it named among the own sessions', () =>
    closing(async ({ username }) => {
      const { cookie } = await tryToSignIn(server, username);
      type Listed = { sessions: Array<{ id: string; wall: boolean; current: boolean }> };
      const { data } = await server.graphql<Listed>('{ sessions { id wall current } }', {}, { cookie });
      expect(data.sessions.map(({ wall, current }) => [wall, current]).sort()).toEqual([
        [false, true],
        [true, false],
      ]);
      const wall = data.sessions.find((session) => session.wall)?.id;
      const ended = await ask(cookie, 'mutation ($id: ID!) { endSession(id: $id) }', { id: wall });
      expect(ended.data).toEqual({ endSession: true });
    }));

  it('when somebody signs in or out there, and who signs in has all their rights', async () => {
    const { username, cookie } = await onWall();
    const signedIn = await tryToSignIn(server, username, testPassword, { cookie });
    expect(signedIn.result.viewer?.permissions).toContain('report.read');
    expect(await whoIs(server, cookie)).toBeNull();
    const other = await onWall();
    expect((await ask(other.cookie, 'mutation { signOut }')).data).toEqual({ signOut: true });
    expect(await whoIs(server, other.cookie)).toBeNull();
  });
});

describe('keeping a session on a wall', () => {
  it('again neither prolongs nor renews it', async () => {
    const { id, cookie } = await onWall();
    await age(id, '10 days');
    const again = await ask(cookie, keeping);
    expect([codeOf(again), again.headers.getSetCookie()]).toEqual(['FORBIDDEN', []]);
    expect(await endsIn(id)).toBeCloseTo(20, 1);
  });

  it('at once, or twice in one request, makes one', async () => {
    const { id, cookie } = await signedIn();
    const answers = await Promise.all([ask(cookie, keeping), ask(cookie, keeping), ask(cookie, keeping)]);
    expect(answers.map(codeOf).filter((code) => code === undefined)).toHaveLength(1);
    const twice = await signedIn();
    const answer = await ask(twice.cookie, 'mutation { a: keepOnWall { wall } b: keepOnWall { wall } }');
    expect(codeOf(answer)).toBe('UNAUTHENTICATED');
    for (const account of [id, twice.id])
      expect(await server.sql('select id from account_session where account_id = $1', [account])).toHaveLength(1);
  });

  it('is for who may watch: nobody else, nobody without a session, and not from another site', async () => {
    for (const model of ['officer.38', 'tracer.38', 'auditor.38']) {
      const { id, cookie, username } = await signedIn(model);
      expect(codeOf(await ask(cookie, keeping)), model).toBe('FORBIDDEN');
      expect([await endsIn(id), await whoIs(server, cookie)]).toEqual([undefined, username]);
    }
    expect(codeOf(await server.graphql(keeping))).toBe('UNAUTHENTICATED');
    const { id, cookie } = await signedIn();
    const headers = { origin: 'https://evil.example' };
    expect((await server.graphql(keeping, {}, { cookie, headers })).status).toBe(403);
    const byAddress = await fetch(`${server.url}/graphql?query=${encodeURIComponent(keeping)}`, {
      headers: { cookie },
    });
    expect([byAddress.status, await endsIn(id)]).toEqual([405, undefined]);
  });
});
