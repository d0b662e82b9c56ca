import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startServer, testPassword, type TestServer } from '#test/server.ts';
import { anOfficer, changePassword, tryToSignIn, whoIs } from '#test/sign-in-desk.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startServer({ config: { trustProxy: true } });
});
afterAll(() => server.stop());

describe('a session', () => {
  const session = async () => {
    const { username, id } = await anOfficer(server);
    return { id, username, cookie: (await tryToSignIn(server, username, testPassword)).cookie };
  };

  it.each([
    [
      '12 hours without use',
      `update account_session set last_seen_at = now() - interval '12 hours 1 second' where account_id = $1`,
    ],
    [
      '24 hours in all',
      `update account_session set expires_at = expires_at - interval '24 hours' where account_id = $1`,
    ],
    ['being revoked', 'update account_session set revoked_at = now() where account_id = $1'],
  ])('ends after %s', async (_, statement) => {
    const { id, cookie, username } = await session();
    expect(await whoIs(server, cookie)).toBe(username);
    await server.sql(statement, [id]);
    const answer = await server.graphql('{ checkpoints { edges { node { id } } } }', {}, { cookie });
    expect(answer.errors?.[0]?.extensions['code']).toBe('UNAUTHENTICATED');
  });

  it('ends at once when its account is suspended', async () => {
    const { id, cookie } = await session();
    await server.sql('update account set active = false where id = $1', [id]);
    expect(await whoIs(server, cookie)).toBeNull();
  });

  it('lasts while it is used, and notes that at most once a minute', async () => {
    const { id, cookie, username } = await session();
    const seen = async () =>
      (await server.sql<{ at: Date }>('select last_seen_at as at from account_session where account_id = $1', [id]))[0]
        ?.at;
    const before = await seen();
    await whoIs(server, cookie);
    expect(await seen()).toEqual(before);
    await server.sql(`update account_session set last_seen_at = now() - interval '11 hours' where account_id = $1`, [
      id,
    ]);
    expect(await whoIs(server, cookie)).toBe(username);
    expect((await seen())?.getTime()).toBeGreaterThan(Date.now() - 60_000);
  });

  it('ends on signing out, on the server too', async () => {
    const { cookie } = await session();
    const answer = await server.graphql('mutation { signOut }', {}, { cookie });
    expect(answer.data).toEqual({ signOut: true });
    expect(answer.headers.get('set-cookie')).toMatch(/^cordon_session=;.*Expires=Thu, 01 Jan 1970/);
    expect(await whoIs(server, cookie)).toBeNull();
    expect((await server.graphql('mutation { signOut }', {}, { cookie })).data).toEqual({ signOut: false });
  });

  it('of a token that is none is nobody', async () => {
    for (const token of ['x', "' or 1=1 --", 'a'.repeat(5_000)])
      expect(await whoIs(server, `cordon_session=${encodeURIComponent(token)}`)).toBeNull();
  });
});

describe('the own sessions', () => {
  const chrome =
    'Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0.0.0 Mobile Safari/537.36';
  interface Listed {
    id: string;
    createdAt: string;
    lastSeenAt: string;
    current: boolean;
    device: string | null;
  }
  const list = async (cookie: string): Promise<Listed[]> => {
    const document = '{ sessions { id createdAt lastSeenAt current device } }';
    return (await server.graphql<{ sessions: Listed[] }>(document, {}, { cookie })).data.sessions;
  };
  const end = async (cookie: string, id: string) =>
    (await server.graphql<{ endSession: boolean }>('mutation ($id: ID!) { endSession(id: $id) }', { id }, { cookie }))
      .data.endSession;
  const twoSessions = async () => {
    const { username, id } = await anOfficer(server);
    const here = (await tryToSignIn(server, username, testPassword, { userAgent: chrome })).cookie;
    const elsewhere = (await tryToSignIn(server, username)).cookie;
    return { username, id, here, elsewhere };
  };

  it('are listed with when, on what and which is the one that asks, and without what opens them', async () => {
    const { here, elsewhere, id } = await twoSessions();
    const listed = await list(here);
    expect(listed.map(({ current, device }) => [current, device]).sort()).toEqual([
      [false, null],
      [true, 'Chrome, Android'],
    ]);
    for (const { createdAt, lastSeenAt } of listed) {
      expect(Date.parse(createdAt)).toBeGreaterThan(Date.now() - 60_000);
      expect(Date.parse(lastSeenAt)).toBeGreaterThanOrEqual(Date.parse(createdAt));
    }
    const stored = await server.sql<{ hash: string }>(
      `select encode(token_hash, 'hex') as hash from account_session where account_id = $1`,
      [id],
    );
    const shown = JSON.stringify(listed);
    for (const secret of [here, elsewhere].map((cookie) => cookie.split('=')[1] ?? ''))
      expect(shown).not.toContain(secret);
    for (const { hash } of stored) expect(shown.replaceAll('-', '')).not.toContain(hash.slice(0, 32));
  });

  it('are ended one by one, at once, and entered', async () => {
    const { here, elsewhere, id } = await twoSessions();
    const other = (await list(here)).find(({ current }) => !current)?.id ?? '';
    expect(await end(here, other)).toBe(true);
    expect(await end(here, other)).toBe(false);
    const refused = await server.graphql('{ sessions { id } }', {}, { cookie: elsewhere });
    expect(refused.errors?.[0]?.extensions['code']).toBe('UNAUTHENTICATED');
    expect(await list(here)).toHaveLength(1);
    const entered = await server.sql(
      `select detail->>'sessionId' as ended from audit_entry where action = 'session.end' and actor_id = $1`,
      [id],
    );
    expect(entered).toEqual([{ ended: other }]);
  });

  it('are ended all but the one that asks', async () => {
    const { here, elsewhere, username } = await twoSessions();
    const third = (await tryToSignIn(server, username)).cookie;
    const answer = await server.graphql('mutation { endOtherSessions }', {}, { cookie: here });
    expect(answer.data).toEqual({ endOtherSessions: 2 });
    expect([await whoIs(server, here), await whoIs(server, elsewhere), await whoIs(server, third)]).toEqual([
      username,
      null,
      null,
    ]);
  });

  it('can end themselves: then the browser holds no cookie', async () => {
    const { here } = await twoSessions();
    const own = (await list(here)).find(({ current }) => current)?.id;
    const answer = await server.graphql('mutation ($id: ID!) { endSession(id: $id) }', { id: own }, { cookie: here });
    expect(answer.data).toEqual({ endSession: true });
    expect(answer.headers.get('set-cookie')).toMatch(/^cordon_session=;/);
    expect(await whoIs(server, here)).toBeNull();
  });

  it('of somebody else are not shown and not ended, by an administrator neither', async () => {
    const [mine, theirs] = [await twoSessions(), await twoSessions()];
    const [session] = await list(theirs.here);
    expect((await list(mine.here)).map(({ id }) => id)).not.toContain(session?.id);
    expect(await end(mine.here, session?.id ?? '')).toBe(false);
    expect(await end(await server.signIn('admin.38'), session?.id ?? '')).toBe(false);
    expect(await end(mine.here, "' or 1=1 --")).toBe(false);
    expect(await whoIs(server, theirs.here)).toBe(theirs.username);
  });

  it('are nobody’s without one', async () => {
    for (const document of ['{ sessions { id } }', 'mutation { endOtherSessions }']) {
      const answer = await server.graphql(document, {}, { cookie: '' });
      expect(answer.errors?.[0]?.extensions['code']).toBe('UNAUTHENTICATED');
    }
  });
});

describe('a password', () => {
  const own = 'trời hôm nay có mưa';

  it('that was given lets nothing work before it is changed', async () => {
    const { username } = await anOfficer(server, { mustChange: true });
    const { result, cookie } = await tryToSignIn(server, username, testPassword);
    expect(result.viewer).toMatchObject({ mustChangePassword: true, permissions: [] });
    const refused = await server.graphql('{ checkpoints { edges { node { id } } } }', {}, { cookie });
    expect(refused.errors?.[0]?.extensions['code']).toBe('FORBIDDEN');
    const changed = await changePassword(server, cookie, testPassword, own);
    expect(changed.result?.viewer?.mustChangePassword).toBe(false);
    expect(changed.result?.viewer?.permissions).toContain('scan');
    expect(
      (await server.graphql('{ checkpoints { edges { node { id } } } }', {}, { cookie: changed.cookie })).errors,
    ).toBeUndefined();
    expect((await tryToSignIn(server, username, testPassword)).result.__typename).toBe('SignInFailed');
    expect((await tryToSignIn(server, username, own)).result.__typename).toBe('SignedIn');
  });

  it('changed ends every other session of the account', async () => {
    const { username } = await anOfficer(server);
    const [here, elsewhere] = [
      (await tryToSignIn(server, username, testPassword)).cookie,
      (await tryToSignIn(server, username, testPassword)).cookie,
    ];
    const { cookie } = await changePassword(server, here, testPassword, own);
    expect([await whoIs(server, here), await whoIs(server, elsewhere), await whoIs(server, cookie)]).toEqual([
      null,
      null,
      username,
    ]);
  });

  it('is not changed by who does not know the one before', async () => {
    const { username } = await anOfficer(server);
    const cookie = (await tryToSignIn(server, username, testPassword)).cookie;
    expect((await changePassword(server, cookie, 'khong dung', own)).result).toMatchObject({
      __typename: 'SignInFailed',
      retryAfter: null,
    });
    expect(await whoIs(server, cookie)).toBe(username);
  });

  it.each(['ngan', 'Matkhau123456'])('that is short or common is refused with what to do: %s', async (next) => {
    const { username } = await anOfficer(server);
    const cookie = (await tryToSignIn(server, username, testPassword)).cookie;
    const { answer } = await changePassword(server, cookie, testPassword, next);
    expect(answer.errors?.[0]?.extensions).toMatchObject({
      code: 'BAD_USER_INPUT',
      fields: { new: expect.any(String) as string },
    });
  });

  it('is changed by nobody who is not signed in', async () => {
    expect((await changePassword(server, '', testPassword, own)).answer.errors?.[0]?.extensions['code']).toBe(
      'UNAUTHENTICATED',
    );
  });
});
