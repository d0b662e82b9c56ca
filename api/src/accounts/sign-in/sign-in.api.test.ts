import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hashOneTimePassword, hashPassword } from '#api/accounts/sign-in/passwords.ts';
import { leafHash } from '#api/platform/audit/audit.ts';
import { canonical } from '#api/platform/shared/canonical.ts';
import { lookupHash, sha256 } from '#api/platform/crypto/lookup.ts';
import { testKeys } from '#test/test-config.ts';
import { startServer, testPassword, type TestServer } from '#test/server.ts';
import { anOfficer, failTimes, newAddress, tryToSignIn, whoIs } from '#test/sign-in-desk.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startServer({ config: { trustProxy: true } });
});
afterAll(() => server.stop());

describe('signing in', () => {
  it('answers who is signed in, and gives a cookie that no script and no other site can use', async () => {
    const { result, answer, cookie } = await tryToSignIn(server, 'officer.38', testPassword);
    const setCookie = answer.headers.get('set-cookie');
    expect(result.viewer?.account).toMatchObject({
      username: 'officer.38',
      unit: { code: '38' },
      checkpoints: [{ code: 'CG' }, { code: 'DX' }],
    });
    expect(result.viewer?.account.lastSignedInAt).toBeTruthy();
    expect(result.viewer?.permissions).toContain('passage.record');
    expect(setCookie).toMatch(/^cordon_session=[\w-]{43}; /);
    for (const attribute of ['HttpOnly', 'SameSite=Strict', 'Path=/']) expect(setCookie).toContain(attribute);
    expect(await whoIs(server, cookie)).toBe('officer.38');
  });

  it('takes the user name in capitals and with blanks around it', async () => {
    expect((await tryToSignIn(server, ' Officer.38 ', testPassword)).result.__typename).toBe('SignedIn');
  });

  it('gives a new token each time, never one that the browser brought, and ends the session it had', async () => {
    const { username } = await anOfficer(server);
    const first = (await tryToSignIn(server, username, testPassword)).cookie;
    const second = (await tryToSignIn(server, username, testPassword, { cookie: first })).cookie;
    expect(second).not.toBe(first);
    expect([await whoIs(server, first), await whoIs(server, second)]).toEqual([null, username]);
    const fixed = `cordon_session=${'a'.repeat(43)}`;
    expect((await tryToSignIn(server, username, testPassword, { cookie: fixed })).cookie).not.toBe(fixed);
    expect(await whoIs(server, fixed)).toBeNull();
  });

  it('stores no token, only a hash that the database cannot make', async () => {
    const { username } = await anOfficer(server);
    const token = (await tryToSignIn(server, username, testPassword)).cookie.split('=')[1] ?? '';
    const rows = await server.sql('select token_hash::text as hash, s::text as row from account_session s');
    expect(rows.length).toBeGreaterThan(0);
    for (const { row } of rows) expect(row).not.toContain(token);
    const find = (hash: Buffer) => server.sql('select account_id from account_session where token_hash = $1', [hash]);
    expect(await find(lookupHash(testKeys.session, 'session', token))).toHaveLength(1);
    expect(await find(sha256(token))).toHaveLength(0);
  });
});

describe('a failed sign-in', () => {
  it('is alike for a wrong password, an unknown name, an impossible name and a suspended account', async () => {
    const { username, id } = await anOfficer(server);
    await server.sql('update account set active = false where id = $1', [id]);
    const answers = await Promise.all([
      tryToSignIn(server, 'officer.38', 'khong dung'),
      tryToSignIn(server, 'nobody.38', testPassword),
      tryToSignIn(server, "' or 1=1 --", testPassword),
      tryToSignIn(server, username, testPassword),
    ]);
    expect(new Set(answers.map(({ answer }) => answer.text)).size).toBe(1);
    expect(answers[0].result).toMatchObject({
      __typename: 'SignInFailed',
      message: 'Tên đăng nhập hoặc mật khẩu chưa đúng.',
      retryAfter: null,
    });
    for (const { cookie } of answers) expect(cookie).toBe('');
  });

  it('takes as long for an unknown name, a suspended account and a one-time password as for a wrong password', async () => {
    const [chosen, suspended, oneTime] = [await anOfficer(server), await anOfficer(server), await anOfficer(server)];
    const setHash = 'update account set password_hash = $2, active = $3 where id = $1';
    await server.sql(setHash, [chosen.id, await hashPassword('trời hôm nay có mưa'), true]);
    await server.sql(setHash, [suspended.id, await hashPassword(testPassword), false]);
    await server.sql(setHash, [oneTime.id, hashOneTimePassword('abcd'), true]);
    const names = [chosen.username, suspended.username, oneTime.username, 'nobody.timing'];
    const times = names.map((): number[] => []);
    // In turns, so that what else the machine does meets all alike.
    for (let round = 0; round < 16; round += 1) {
      for (const [at, username] of names.entries()) {
        const started = performance.now();
        await tryToSignIn(server, username, testPassword);
        times[at]?.push(performance.now() - started);
      }
    }
    // The lower quartile: what a busy machine adds is in the others.
    const [ofChosen = 0, ...ofOthers] = times.map((taken) => taken.sort((a, b) => a - b)[4] ?? 0);
    // The hash alone takes some 20 ms: without it the answer would come in a fifth of the time.
    for (const time of ofOthers) {
      expect(time / ofChosen).toBeGreaterThan(1 / 3);
      expect(time / ofChosen).toBeLessThan(3);
    }
  });

  it('waits longer from the fifth on, and then the right password must wait too', async () => {
    const { username } = await anOfficer(server);
    const address = newAddress();
    const waits = await failTimes(server, 5, username, address);
    expect(waits).toEqual([null, null, null, null, 1]);
    await server.sql(
      `update sign_in_attempt set failures = 9, next_try_at = now() + interval '1 minute' where failures = 5`,
    );
    const early = await tryToSignIn(server, username, testPassword, { address });
    expect(early.result.__typename).toBe('SignInFailed');
    expect(early.result.retryAfter).toBeGreaterThan(50);
    await server.sql('update sign_in_attempt set next_try_at = now() where failures = 9');
    expect(await failTimes(server, 1, username, address)).toEqual([32]);
  });

  it('slows an unknown name down just the same', async () => {
    const waits = await failTimes(server, 5, 'nobody.slow', newAddress());
    expect(waits).toEqual([null, null, null, null, 1]);
  });

  it('locks nobody else out: the person signs in from elsewhere at once', async () => {
    const { username } = await anOfficer(server);
    await failTimes(server, 6, username, newAddress());
    expect((await tryToSignIn(server, username, testPassword)).result.__typename).toBe('SignedIn');
  });

  it('cannot outrun the count by many tries at once', async () => {
    const { username } = await anOfficer(server);
    const address = newAddress();
    await failTimes(server, 4, username, address);
    const results = await Promise.all(
      Array.from({ length: 10 }, () => tryToSignIn(server, username, 'khong dung', { address })),
    );
    const waits = results.map(({ result }) => result.retryAfter);
    expect(waits).not.toContain(null);
    const entries = await server.sql(
      `select id from audit_entry where action = 'sign-in.failed' and detail->>'ip' = $1`,
      [address],
    );
    expect(entries).toHaveLength(5);
  });

  it('of many names from one address stops there, but not for who signed in from there before', async () => {
    const { username } = await anOfficer(server);
    const address = newAddress();
    expect((await tryToSignIn(server, username, testPassword, { address })).result.__typename).toBe('SignedIn');
    for (let name = 0; name < 100; name += 10) {
      await Promise.all(
        Array.from({ length: 10 }, (_, at) => tryToSignIn(server, `spray.${name + at}`, 'khong dung', { address })),
      );
    }
    const stopped = await tryToSignIn(server, 'officer.cg', testPassword, { address });
    expect(stopped.result.__typename).toBe('SignInFailed');
    expect(stopped.result.retryAfter).toBeGreaterThan(60);
    expect((await tryToSignIn(server, username, testPassword, { address })).result.__typename).toBe('SignedIn');
  });

  it('is forgotten by the next success', async () => {
    const { username } = await anOfficer(server);
    const address = newAddress();
    await failTimes(server, 4, username, address);
    await tryToSignIn(server, username, testPassword, { address });
    const waits = await failTimes(server, 4, username, address);
    expect(waits).toEqual([null, null, null, null]);
  });
});

describe('a browser on which somebody signed in', () => {
  /** Somebody fails with this name at this address until the next try there must wait long. */
  async function block(username: string, address: string): Promise<void> {
    await failTimes(server, 5, username, address);
    await server.sql(
      `update sign_in_attempt set next_try_at = now() + interval '5 minutes' where failures >= 5 and last_tried_at > now() - interval '20 seconds'`,
    );
    expect((await tryToSignIn(server, username, testPassword, { address })).result.retryAfter).toBeGreaterThan(200);
  }

  it('lets them in though somebody else fails with their name at the same address', async () => {
    const { username } = await anOfficer(server);
    const address = newAddress();
    const { device } = await tryToSignIn(server, username, testPassword, { address });
    await block(username, address);
    const signed = await tryToSignIn(server, username, testPassword, { address, cookie: device });
    expect(signed.result.__typename).toBe('SignedIn');
  });

  it('counts its own failures', async () => {
    const { username } = await anOfficer(server);
    const { device } = await tryToSignIn(server, username);
    const waits: Array<number | null | undefined> = [];
    for (let time = 0; time < 5; time += 1)
      waits.push((await tryToSignIn(server, username, 'khong dung', { cookie: device })).result.retryAfter);
    expect(waits).toEqual([null, null, null, null, 1]);
  });

  it('is known for them alone: it opens nothing, and helps nobody to another name', async () => {
    const [one, other] = [await anOfficer(server), await anOfficer(server)];
    const address = newAddress();
    const { device, answer } = await tryToSignIn(server, one.username);
    expect(await whoIs(server, device)).toBeNull();
    const setCookie = answer.headers.getSetCookie().find((cookie) => cookie.startsWith('cordon_device='));
    for (const attribute of ['HttpOnly', 'SameSite=Strict', 'Path=/']) expect(setCookie).toContain(attribute);
    await block(other.username, address);
    const tried = await tryToSignIn(server, other.username, testPassword, { address, cookie: device });
    expect(tried.result.__typename).toBe('SignInFailed');
  });

  it('is known for several who share it, each by a value of our own, never one that it brought', async () => {
    const [one, other] = [await anOfficer(server), await anOfficer(server)];
    const address = newAddress();
    const planted = `cordon_device=${'p'.repeat(22)}`;
    const first = (await tryToSignIn(server, one.username, testPassword, { cookie: planted })).device;
    const second = (await tryToSignIn(server, other.username, testPassword, { cookie: first })).device;
    await block(one.username, address);
    await block(other.username, address);
    const from = async (username: string, cookie: string) =>
      (await tryToSignIn(server, username, testPassword, { address, cookie })).result.__typename;
    expect(await from(one.username, planted)).toBe('SignInFailed');
    expect([await from(one.username, second), await from(other.username, second)]).toEqual(['SignedIn', 'SignedIn']);
  });
});

describe('the audit trail', () => {
  it('has one entry for a sign-in and for a failure, and never the name of nobody', async () => {
    const { username, id } = await anOfficer(server);
    const address = newAddress();
    await tryToSignIn(server, username, 'khong dung', { address });
    await tryToSignIn(server, username, testPassword, { address });
    await tryToSignIn(server, 'mat-khau-go-nham', 'x', { address });
    const entries = await server.sql(
      `select action, actor_id, subject_ids, province_code from audit_entry where detail->>'ip' = $1 order by id`,
      [address],
    );
    expect(entries).toEqual([
      { action: 'sign-in.failed', actor_id: null, subject_ids: [id], province_code: '38' },
      { action: 'sign-in', actor_id: id, subject_ids: [id], province_code: '38' },
      { action: 'sign-in.failed', actor_id: null, subject_ids: [], province_code: 'VN' },
    ]);
    expect(await server.sql(`select id from audit_entry e where e::text like '%go-nham%'`)).toEqual([]);
  });

  it('holds entries that still hash as they did when they were written', async () => {
    await tryToSignIn(server, 'officer.38', testPassword);
    const entries = await server.sql(
      `select province_code, id, at, actor_id, role, unit_id, action, subject_kind, subject_ids, checkpoint_id, reason,
         detail, leaf_hash from audit_entry`,
    );
    expect(entries.length).toBeGreaterThan(0);
    for (const { province_code: province, leaf_hash: hash, detail, ...columns } of entries) {
      expect(leafHash(province as string, [...Object.values(columns), canonical(detail)])).toEqual(hash);
    }
  });
});
