import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { anAccount, codesOf, sendAccounts, type AccountInput, type Created } from '#test/account-desk.ts';
import { startServer, type TestServer } from '#test/server.ts';
import { countStatements } from '#test/statements.ts';
import { changePassword, tryToSignIn } from '#test/sign-in-desk.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startServer({ config: { trustProxy: true } });
  await server.graphql('{ viewer { account { id } } }', {}, { as: 'admin.38' });
});
afterAll(() => server.stop());

const create = async (input: object[], as = 'admin.38') =>
  (await sendAccounts(server, input, { as })).data.createAccounts;
const many = (count: number, changes: Partial<AccountInput> = {}) =>
  Array.from({ length: count }, () => anAccount(changes));
const kindsOf = (results: Created[]) => results.map(({ __typename }) => __typename);

describe('creating accounts many at once', () => {
  it('gives each a password of its own that works once', async () => {
    const input = many(20, { checkpointIds: [server.checkpoints.docXay, server.checkpoints.cauGhep] });
    const results = await create(input);
    expect(results.map(({ account }) => account?.id)).toEqual(input.map(({ id }) => id));
    expect(new Set(results.map(({ oneTimePassword }) => oneTimePassword)).size).toBe(20);
    const { result, cookie } = await tryToSignIn(
      server,
      input[7]?.username ?? '',
      results[7]?.oneTimePassword ?? undefined,
    );
    expect(result.viewer).toMatchObject({
      mustChangePassword: true,
      account: { checkpoints: [{ code: 'CG' }, { code: 'DX' }] },
    });
    await changePassword(server, cookie, results[7]?.oneTimePassword ?? '', 'trời hôm nay có mưa');
    expect(
      (await tryToSignIn(server, input[7]?.username ?? '', results[7]?.oneTimePassword ?? '')).result,
    ).toMatchObject({ __typename: 'SignInFailed' });
  });

  it('takes as many statements for 500 as for 2', async () => {
    const checkpointIds = [server.checkpoints.docXay];
    const two = await countStatements(() => create(many(2, { checkpointIds })));
    const all = await countStatements(() => create(many(500, { checkpointIds })));
    expect(kindsOf(all.result)).toEqual(Array(500).fill('IssuedCredentials'));
    expect(all.all).toEqual(two.all);
    // Checkpoints, accounts with their checkpoints, and the audit trail.
    expect(all.data).toHaveLength(3);
  });

  it('judges each by itself: what is wrong with one keeps no other from being created', async () => {
    const input = [
      anAccount(),
      anAccount({ username: 'officer.38' }),
      anAccount({ unitCode: '01' }),
      anAccount({ roles: ['ADMIN'] }),
      anAccount({ checkpointIds: [server.checkpoints.hanoi] }),
      anAccount({ id: 'x', fullName: ' ' }),
      anAccount(),
    ];
    const results = await create(input);
    expect(results.map(codesOf)).toEqual([
      [],
      ['username TAKEN'],
      ['unitCode OUTSIDE'],
      ['roles ADMIN_BELOW'],
      ['checkpointIds UNKNOWN_CHECKPOINT'],
      ['id ID', 'fullName NAME'],
      [],
    ]);
    const found = await server.sql('select id from account where id = any($1) order by id', [
      input.map(({ id }) => id).filter((id) => id !== 'x'),
    ]);
    expect(found.map(({ id }) => String(id))).toEqual([input[0]?.id, input[6]?.id].sort());
  });

  it('sent again, after the answer was lost, creates the rest and no second of any', async () => {
    const input = many(30);
    await create(input.slice(0, 18));
    const again = await create(input);
    expect(kindsOf(again)).toEqual(Array(30).fill('IssuedCredentials'));
    expect(again.filter(({ oneTimePassword }) => oneTimePassword === null)).toHaveLength(18);
    const entries = await server.sql(`select action from audit_entry where subject_ids && $1::uuid[]`, [
      input.map(({ id }) => id),
    ]);
    expect(entries).toEqual(Array(30).fill({ action: 'account.create' }));
  });

  it('at once from three windows, in whatever order, creates each once', async () => {
    const input = many(100);
    const windows = await Promise.all([create(input), create(input.toReversed()), create(input)]);
    const passwords = windows.flat().filter(({ oneTimePassword }) => oneTimePassword);
    expect(passwords).toHaveLength(100);
  });

  it('names the second of two with one user name or one id', async () => {
    const [one, other] = [anAccount({ username: 'cung.ten' }), anAccount({ username: 'cung.ten' })];
    expect((await create([one, other])).map(codesOf).flat()).toEqual(['username TAKEN']);
    const first = anAccount();
    const results = await create([first, { ...first, fullName: 'Người Khác' }, first]);
    expect(results.map(codesOf)).toEqual([[], ['id ID_REUSED'], []]);
    expect(results.filter(({ oneTimePassword }) => oneTimePassword)).toHaveLength(1);
  });

  it('takes 1 to 500, and answers what 500 accounts need', async () => {
    for (const count of [0, 501]) {
      const answer = await sendAccounts(server, many(count));
      expect(answer.errors?.[0]?.extensions).toMatchObject({ code: 'BAD_USER_INPUT' });
    }
  });

  it.each(['officer.38', 'tracer.38', 'auditor.38'])('is not for %s', async (as) => {
    const input = anAccount();
    expect((await sendAccounts(server, [input], { as })).errors?.[0]?.extensions['code']).toBe('FORBIDDEN');
    expect(await server.sql('select id from account where id = $1', [input.id])).toEqual([]);
  });

  it('keeps the passwords as a hash that says nothing', async () => {
    const input = anAccount();
    const [result] = await create([input]);
    const [row] = await server.sql<{ password_hash: string }>('select password_hash from account where id = $1', [
      input.id,
    ]);
    expect(row?.password_hash).toMatch(/^sha256\$/);
    expect(row?.password_hash).not.toContain(result?.oneTimePassword);
  });
});
