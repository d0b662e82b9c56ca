import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startServer, testPassword, type TestServer } from '#test/server.ts';
import {
  begin,
  codeOf,
  confirm,
  enrolled,
  nextHalfMinute,
  remake,
  remove,
  wrongCode,
} from '#test/second-factor-desk.ts';
import { anOfficer, failTimes, newAddress, tryToSignIn, whoIs } from '#test/sign-in-desk.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startServer({ config: { trustProxy: true } });
});
afterAll(() => server.stop());

const entriesOf = (id: string) =>
  server.sql<{ action: string; actor_id: string | null }>(
    'select action, actor_id from audit_entry where $1 = any(subject_ids) order by id',
    [id],
  );
const actionsOf = async (id: string) => (await entriesOf(id)).map(({ action }) => action);

describe('enrolling', () => {
  it('takes the password, then a code of the secret that was offered, and answers ten recovery codes', async () => {
    const { username, id } = await anOfficer(server);
    const { cookie } = await tryToSignIn(server, username);
    const { offer } = await begin(server, cookie);
    expect(offer?.secret).toMatch(/^[A-Z2-7]{32}$/);
    expect(offer?.uri).toContain(`otpauth://totp/Cordon:${username}?`);
    const { result } = await confirm(server, cookie, codeOf(offer?.secret ?? ''));
    expect(result?.viewer).toMatchObject({ recoveryCodesLeft: 10, account: { mfaEnrolled: true } });
    expect(new Set(result?.recoveryCodes).size).toBe(10);
    for (const code of result?.recoveryCodes ?? []) expect(code).toMatch(/^([a-z2-9]{4}-){3}[a-z2-9]{4}$/);
    expect(await actionsOf(id)).toEqual(['sign-in', 'second-factor.begin', 'second-factor.enrol']);
  });

  it('is not begun by who does not know the password', async () => {
    const { username, id } = await anOfficer(server);
    const { cookie } = await tryToSignIn(server, username);
    expect((await begin(server, cookie, 'khong dung')).offer?.__typename).toBe('SignInFailed');
    expect(await actionsOf(id)).toEqual(['sign-in', 'second-factor.change-failed']);
    expect(await server.sql('select 1 from account_second_factor where account_id = $1', [id])).toEqual([]);
  });

  it('is not in force before it is confirmed, nor by a wrong code, nor after a quarter of an hour', async () => {
    const { username, id } = await anOfficer(server);
    const { cookie } = await tryToSignIn(server, username);
    const secret = (await begin(server, cookie)).offer?.secret ?? '';
    expect((await confirm(server, cookie, wrongCode(secret))).result?.__typename).toBe('CodeRefused');
    await server.sql(
      `update account_second_factor set offered_at = now() - interval '15 minutes 1 second' where account_id = $1`,
      [id],
    );
    expect((await confirm(server, cookie, codeOf(secret))).result?.__typename).toBe('CodeRefused');
    expect((await tryToSignIn(server, username)).result.__typename).toBe('SignedIn');
  });

  it('ends all sessions that were begun without it, and goes on in a new one', async () => {
    const { username } = await anOfficer(server);
    const [here, elsewhere] = [
      (await tryToSignIn(server, username)).cookie,
      (await tryToSignIn(server, username)).cookie,
    ];
    const secret = (await begin(server, here)).offer?.secret ?? '';
    const { cookie } = await confirm(server, here, codeOf(secret));
    expect([await whoIs(server, here), await whoIs(server, elsewhere), await whoIs(server, cookie)]).toEqual([
      null,
      null,
      username,
    ]);
  });

  it('of another phone takes a code of the one before, which works until the new one is confirmed', async () => {
    const account = await enrolled(server);
    expect((await begin(server, account.cookie)).offer?.__typename).toBe('SecondFactorRequired');
    const { offer } = await begin(server, account.cookie, testPassword, codeOf(account.secret));
    await nextHalfMinute(server, account.id);
    const old = await tryToSignIn(server, account.username, testPassword, { totp: codeOf(account.secret) });
    expect(old.result.__typename).toBe('SignedIn');
    const moved = await confirm(server, account.cookie, codeOf(offer?.secret ?? ''));
    expect(moved.result?.__typename).toBe('SecondFactorEnrolled');
    await nextHalfMinute(server, account.id);
    const by = (totp: string) => tryToSignIn(server, account.username, testPassword, { totp });
    expect((await by(codeOf(account.secret))).result.__typename).toBe('SignInFailed');
    expect((await by(account.recoveryCodes[0] ?? '')).result.__typename).toBe('SignInFailed');
    expect((await by(codeOf(offer?.secret ?? ''))).result.__typename).toBe('SignedIn');
  });

  it('stores no secret and no recovery code that can be read', async () => {
    const { secret, recoveryCodes } = await enrolled(server);
    const rows = await server.sql<{ row: string }>(
      'select f::text as row from account_second_factor f union all select c::text from account_recovery_code c',
    );
    const stored = rows.map(({ row }) => row).join('\n');
    const plain = [secret, ...recoveryCodes, ...recoveryCodes.map((code) => code.replaceAll('-', ''))];
    for (const text of plain) {
      expect(stored).not.toContain(text);
      expect(stored).not.toContain(Buffer.from(text).toString('hex'));
    }
    const entries = await server.sql<{ row: string }>('select e::text as row from audit_entry e');
    for (const text of plain) expect(entries.map(({ row }) => row).join('\n')).not.toContain(text);
  });
});

describe('signing in with a second factor', () => {
  it('asks for a code after the right password, and only after it', async () => {
    const { username, secret } = await enrolled(server);
    const asked = await tryToSignIn(server, username);
    expect(asked.result).toEqual({
      __typename: 'SecondFactorRequired',
      message: 'Nhập mã trong ứng dụng xác thực, hoặc một mã khôi phục.',
    });
    expect(asked.cookie).toBe('');
    const wrong = await tryToSignIn(server, username, 'khong dung');
    const wrongWithCode = await tryToSignIn(server, username, 'khong dung', { totp: codeOf(secret) });
    const nobody = await tryToSignIn(server, 'nobody.38', 'khong dung', { totp: codeOf(secret) });
    expect(new Set([wrong, wrongWithCode, nobody].map(({ answer }) => answer.text)).size).toBe(1);
    const signed = await tryToSignIn(server, username, testPassword, { totp: codeOf(secret) });
    expect(await whoIs(server, signed.cookie)).toBe(username);
  });

  it('takes a code as people type it, and that of the half minute before', async () => {
    const { username, secret, id } = await enrolled(server);
    const typed = codeOf(secret).replace(/^(...)/, ' $1 ');
    expect((await tryToSignIn(server, username, testPassword, { totp: typed })).result.__typename).toBe('SignedIn');
    await nextHalfMinute(server, id);
    const before = await tryToSignIn(server, username, testPassword, { totp: codeOf(secret, -1) });
    expect(before.result.__typename).toBe('SignedIn');
  });

  it('refuses a code that was used, also the one that confirmed the enrolment', async () => {
    const { username, id } = await anOfficer(server);
    const { cookie } = await tryToSignIn(server, username);
    const secret = (await begin(server, cookie)).offer?.secret ?? '';
    const by = (totp: string) => tryToSignIn(server, username, testPassword, { totp });
    const code = codeOf(secret);
    await confirm(server, cookie, code);
    expect((await by(code)).result.__typename).toBe('SignInFailed');
    await nextHalfMinute(server, id);
    expect((await by(code)).result.__typename).toBe('SignedIn');
    const again = await by(code);
    expect(again.result).toMatchObject({ __typename: 'SignInFailed', retryAfter: null });
    expect(again.result.message).toMatch(/^Mã xác thực chưa đúng hoặc đã dùng rồi\./);
    expect(again.cookie).toBe('');
  });

  it('lets one of two win that use a code at the same moment', async () => {
    const { username, secret } = await enrolled(server);
    const totp = codeOf(secret);
    const both = await Promise.all([1, 2, 3].map(() => tryToSignIn(server, username, testPassword, { totp })));
    expect(both.map(({ result }) => result.__typename).sort()).toEqual(['SignInFailed', 'SignInFailed', 'SignedIn']);
  });

  it('takes a recovery code once, however it is typed, also when two come at the same moment', async () => {
    const { username, recoveryCodes, id } = await enrolled(server);
    const [first = '', second = ''] = recoveryCodes;
    const by = (totp: string) => tryToSignIn(server, username, testPassword, { totp });
    const signed = await by(first.toUpperCase().replaceAll('-', ' '));
    expect(signed.result.viewer).toMatchObject({ recoveryCodesLeft: 9, account: { mfaEnrolled: true } });
    expect((await by(first)).result.__typename).toBe('SignInFailed');
    const both = await Promise.all([by(second), by(second)]);
    expect(both.map(({ result }) => result.__typename).sort()).toEqual(['SignInFailed', 'SignedIn']);
    expect((await actionsOf(id)).filter((action) => action === 'recovery-code.use')).toHaveLength(2);
  });

  it('does not take the recovery code of somebody else', async () => {
    const [one, other] = [await enrolled(server), await enrolled(server)];
    const totp = other.recoveryCodes[0] ?? '';
    expect((await tryToSignIn(server, one.username, testPassword, { totp })).result.__typename).toBe('SignInFailed');
  });

  it('ignores a code where the account has no second factor', async () => {
    const { username } = await anOfficer(server);
    expect((await tryToSignIn(server, username, testPassword, { totp: '123456' })).result.__typename).toBe('SignedIn');
  });
});

describe('a wrong code', () => {
  it('counts as a failure, with the same growing delays, and is entered', async () => {
    const { username, secret, id } = await enrolled(server);
    const address = newAddress();
    const waits: Array<number | null | undefined> = [];
    for (let time = 0; time < 5; time += 1) {
      const totp = wrongCode(secret);
      waits.push((await tryToSignIn(server, username, testPassword, { totp, address })).result.retryAfter);
    }
    expect(waits).toEqual([null, null, null, null, 1]);
    const early = await tryToSignIn(server, username, testPassword, { totp: codeOf(secret), address });
    expect(early.result.__typename).toBe('SignInFailed');
    const failed = (await entriesOf(id)).filter(({ action }) => action === 'second-factor.failed');
    expect(failed).toEqual(Array.from({ length: 5 }, () => ({ action: 'second-factor.failed', actor_id: null })));
  });

  it('is not forgotten by giving the password alone, which is no failure either', async () => {
    const { username, secret } = await enrolled(server);
    const address = newAddress();
    const waits: Array<number | null | undefined> = [];
    for (let time = 0; time < 5; time += 1) {
      expect((await tryToSignIn(server, username, testPassword, { address })).result.__typename).toBe(
        'SecondFactorRequired',
      );
      const totp = wrongCode(secret);
      waits.push((await tryToSignIn(server, username, testPassword, { totp, address })).result.retryAfter);
    }
    expect(waits).toEqual([null, null, null, null, 1]);
  });

  it('is counted over all addresses, but slows nobody down where they signed in before', async () => {
    const { username, secret, id } = await enrolled(server);
    const home = newAddress();
    const from = (address: string, totp: string) => tryToSignIn(server, username, testPassword, { totp, address });
    expect((await from(home, codeOf(secret))).result.__typename).toBe('SignedIn');
    await nextHalfMinute(server, id);
    const waits: Array<number | null | undefined> = [];
    for (let time = 0; time < 6; time += 1) waits.push((await from(newAddress(), wrongCode(secret))).result.retryAfter);
    expect(waits.slice(0, 5)).toEqual([null, null, null, null, 1]);
    expect(waits[5]).toBeGreaterThanOrEqual(1);
    await server.sql(
      `update sign_in_attempt set next_try_at = now() + interval '1 minute' where failures >= 5 and next_try_at > now() - interval '5 seconds'`,
    );
    expect((await from(newAddress(), codeOf(secret))).result.retryAfter).toBeGreaterThan(30);
    expect((await from(home, codeOf(secret))).result.__typename).toBe('SignedIn');
  });

  it('of who does not know the password slows nobody down', async () => {
    const { username, secret } = await enrolled(server);
    for (let address = 0; address < 6; address += 1) await failTimes(server, 2, username, newAddress());
    expect((await tryToSignIn(server, username, testPassword, { totp: codeOf(secret) })).result.__typename).toBe(
      'SignedIn',
    );
  });
});

describe('recovery codes', () => {
  it('are remade with password and code; those before work no more', async () => {
    const { username, secret, recoveryCodes, cookie, id } = await enrolled(server);
    expect((await remake(server, cookie, null)).result?.__typename).toBe('SecondFactorRequired');
    expect((await remake(server, cookie, codeOf(secret), 'khong dung')).result?.__typename).toBe('SignInFailed');
    const { result } = await remake(server, cookie, codeOf(secret));
    expect(result?.recoveryCodes).toHaveLength(10);
    const by = (totp: string) => tryToSignIn(server, username, testPassword, { totp });
    expect((await by(recoveryCodes[0] ?? '')).result.__typename).toBe('SignInFailed');
    expect((await by(result?.recoveryCodes?.[0] ?? '')).result.__typename).toBe('SignedIn');
    expect(await actionsOf(id)).toContain('recovery-code.remake');
  });

  it('are not made for who has no second factor', async () => {
    const { username } = await anOfficer(server);
    const { cookie } = await tryToSignIn(server, username);
    expect((await remake(server, cookie, null)).answer.errors?.[0]?.extensions['code']).toBe('NOT_FOUND');
  });
});

describe('removing the own second factor', () => {
  it('takes password and code, and ends what was begun elsewhere', async () => {
    const account = await enrolled(server);
    const elsewhere = await tryToSignIn(server, account.username, testPassword, {
      totp: account.recoveryCodes[0] ?? '',
    });
    expect((await remove(server, account.cookie, null)).result?.__typename).toBe('SecondFactorRequired');
    const removed = await remove(server, account.cookie, codeOf(account.secret));
    expect(removed.result).toEqual({ __typename: 'SignedIn', viewer: { account: { mfaEnrolled: false } } });
    expect(await whoIs(server, elsewhere.cookie)).toBeNull();
    expect(await whoIs(server, removed.cookie)).toBe(account.username);
    expect((await tryToSignIn(server, account.username)).result.__typename).toBe('SignedIn');
    expect(await actionsOf(account.id)).toContain('second-factor.remove');
    expect(await server.sql('select 1 from account_recovery_code where account_id = $1', [account.id])).toEqual([]);
  });
});

describe('an administrator', () => {
  const reset = (id: string, as: string) =>
    server.graphql<{ resetCredentials: { oneTimePassword: string } | null }>(
      'mutation ($id: ID!) { resetCredentials(id: $id) { oneTimePassword } }',
      { id },
      { as },
    );

  it('takes the second factor away with a reset; the next sign-in needs the given password alone', async () => {
    const { username, id, cookie } = await enrolled(server);
    expect((await reset(id, 'admin.01')).errors?.[0]?.extensions['code']).toBe('NOT_FOUND');
    const answer = await reset(id, 'admin.38');
    expect(await whoIs(server, cookie)).toBeNull();
    const signed = await tryToSignIn(server, username, answer.data.resetCredentials?.oneTimePassword);
    expect(signed.result.viewer).toMatchObject({ mustChangePassword: true, account: { mfaEnrolled: false } });
    const [entry] = await server.sql(
      `select detail->'secondFactorRemoved' as removed from audit_entry where action = 'account.reset' and $1 = any(subject_ids)`,
      [id],
    );
    expect(entry).toEqual({ removed: true });
  });

  it('sees whether the accounts below have a second factor, and nothing else of it', async () => {
    const { username } = await enrolled(server);
    const { username: without } = await anOfficer(server);
    const answer = await server.graphql<{
      accounts: { edges: Array<{ node: { username: string; mfaEnrolled: boolean } }> };
    }>('{ accounts(first: 100) { edges { node { username mfaEnrolled } } } }', {}, { as: 'admin.38' });
    const seen = new Map(answer.data.accounts.edges.map(({ node }) => [node.username, node.mfaEnrolled]));
    expect([seen.get(username), seen.get(without)]).toEqual([true, false]);
  });
});
