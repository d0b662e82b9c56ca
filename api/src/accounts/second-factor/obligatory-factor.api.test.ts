import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startServer, type TestServer } from '#test/server.ts';
import { begin, codeOf, confirm, enrolled, remove } from '#test/second-factor-desk.ts';
import { anAccountLike, changePassword, tryToSignIn } from '#test/sign-in-desk.ts';
import { testPassword } from '#test/server.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startServer({ config: { trustProxy: true, secondFactorObligatory: true } });
});
afterAll(() => server.stop());

const ask = (cookie: string, query: string) => server.graphql(query, {}, { cookie });
const codeFor = async (cookie: string, query: string) =>
  (await ask(cookie, query)).errors?.[0]?.extensions['code'] ?? 'ANSWERED';
const checkpoints = '{ checkpoints { edges { node { id } } } }';

describe('where a second factor is obligatory', () => {
  it.each(['admin.38', 'admin.vn', 'tracer.38', 'auditor.38'])(
    'an account like %s does nothing before it has one, then everything its role may do',
    async (model) => {
      const { username } = await anAccountLike(server, model);
      const { result, cookie } = await tryToSignIn(server, username);
      expect(result.viewer).toMatchObject({ mustEnrolMfa: true, mfaObligatory: true, permissions: [] });
      expect(await codeFor(cookie, checkpoints)).toBe('FORBIDDEN');
      expect(await codeFor(cookie, '{ declarations { edges { node { id } } } }')).toBe('FORBIDDEN');
      const secret = (await begin(server, cookie)).offer?.secret ?? '';
      expect(await codeFor(cookie, checkpoints)).toBe('FORBIDDEN');
      const done = await confirm(server, cookie, codeOf(secret));
      expect(done.result?.viewer?.mustEnrolMfa).toBe(false);
      expect(done.result?.viewer?.permissions).toContain('checkpoint.read');
      expect(await codeFor(done.cookie, checkpoints)).toBe('ANSWERED');
    },
  );

  it.each(['officer.38', 'analyst.38'])('an account like %s works without', async (model) => {
    const { username } = await anAccountLike(server, model);
    const { result, cookie } = await tryToSignIn(server, username);
    expect(result.viewer).toMatchObject({ mustEnrolMfa: false, mfaObligatory: false });
    expect(await codeFor(cookie, checkpoints)).toBe('ANSWERED');
  });

  it('the password that was given is changed first', async () => {
    const { username } = await anAccountLike(server, 'admin.38', { mustChange: true });
    const { cookie } = await tryToSignIn(server, username);
    expect((await begin(server, cookie)).answer.errors?.[0]?.extensions['code']).toBe('FORBIDDEN');
    const own = 'trời hôm nay có mưa';
    const changed = await changePassword(server, cookie, testPassword, own);
    expect(changed.result?.viewer?.permissions).toEqual([]);
    expect((await begin(server, changed.cookie, own)).offer?.__typename).toBe('SecondFactorOffer');
  });

  it('it is not removed by its owner', async () => {
    const { cookie, secret } = await enrolled(server, 'tracer.38');
    const { answer } = await remove(server, cookie, codeOf(secret));
    expect(answer.errors?.[0]?.extensions['code']).toBe('FORBIDDEN');
  });

  it('it is asked for anew, at the next request, once somebody took it away', async () => {
    const { cookie, id } = await enrolled(server, 'admin.38');
    expect(await codeFor(cookie, checkpoints)).toBe('ANSWERED');
    await server.sql('delete from account_second_factor where account_id = $1', [id]);
    expect(await codeFor(cookie, checkpoints)).toBe('FORBIDDEN');
  });
});
