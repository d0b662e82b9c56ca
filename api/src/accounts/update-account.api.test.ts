import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newUuid7 } from '#api/platform/shared/uuid7.ts';
import { created, resetCredentials, updateAccount } from '#test/account-desk.ts';
import { startServer, testPassword, type AskOptions, type TestServer } from '#test/server.ts';
import { anOfficer, changePassword, tryToSignIn, whoIs } from '#test/sign-in-desk.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startServer({ config: { trustProxy: true } });
});
afterAll(() => server.stop());

const as = (username: string): AskOptions => ({ as: username });
const codeOf = ({ errors }: { errors?: Array<{ extensions: Record<string, unknown> }> }) =>
  errors?.[0]?.extensions['code'];
const fieldsOf = ({ errors }: { errors?: Array<{ extensions: Record<string, unknown> }> }) =>
  Object.keys(errors?.[0]?.extensions['fields'] ?? {});
const entriesOf = (id: string) =>
  server.sql<{ action: string; detail: Record<string, unknown>; province_code: string }>(
    `select action, detail, province_code from audit_entry where $1 = any(subject_ids) and action like 'account.%' and action <> 'account.create' order by at`,
    [id],
  );
const idOf = async (username: string) =>
  String((await server.sql('select id from account where username = $1', [username]))[0]?.['id']);
const signedInOfficer = async () => {
  const { id, username } = await anOfficer(server);
  return { id, username, cookie: (await tryToSignIn(server, username, testPassword)).cookie };
};

describe('changing an account', () => {
  it('changes what is sent and nothing else, and enters which fields', async () => {
    const { docXay, cauGhep } = server.checkpoints;
    const { id } = await created(server, { checkpointIds: [docXay] });
    const renamed = await updateAccount(server, id, {
      fullName: '  Ngô  Thị   Mới ',
      checkpointIds: [docXay, cauGhep],
    });
    expect(renamed.data.updateAccount).toMatchObject({
      fullName: 'Ngô Thị Mới',
      roles: ['OFFICER'],
      version: 2,
      unit: { code: '38' },
    });
    expect(new Set(renamed.data.updateAccount?.checkpoints.map((one) => one.id))).toEqual(new Set([docXay, cauGhep]));
    await updateAccount(server, id, { fullName: 'Ngô Thị Mời' });
    const entries = await entriesOf(id);
    expect(entries.map(({ action, detail }) => [action, detail['changed']])).toEqual([
      ['account.update', ['checkpointIds']],
      ['account.update', ['fullName']],
    ]);
    expect(JSON.stringify(entries)).not.toContain('Ngô');
  });

  it('sent again changes nothing and enters nothing', async () => {
    const { id } = await created(server);
    const changes = { fullName: 'Tên Sau', roles: ['TRACER', 'ANALYST'] };
    const first = await updateAccount(server, id, changes);
    expect((await updateAccount(server, id, changes)).data).toEqual(first.data);
    expect(await entriesOf(id)).toHaveLength(1);
  });

  it('takes the checkpoints of who is no officer any more', async () => {
    const { id } = await created(server, { checkpointIds: [server.checkpoints.docXay] });
    const changed = await updateAccount(server, id, { roles: ['TRACER'] });
    expect(changed.data.updateAccount).toMatchObject({ roles: ['TRACER'], checkpoints: [] });
    const again = await updateAccount(server, id, { checkpointIds: [server.checkpoints.docXay] });
    expect(fieldsOf(again)).toEqual(['checkpointIds']);
  });

  it('says all that is wrong by field, in the language asked for, and changes nothing', async () => {
    const { id } = await created(server);
    const answer = await updateAccount(
      server,
      id,
      { fullName: ' ', roles: [], unitCode: '99', checkpointIds: ['x'] },
      { as: 'admin.38', language: 'en' },
    );
    expect(answer.errors?.[0]?.extensions).toMatchObject({
      code: 'BAD_USER_INPUT',
      fields: {
        fullName: 'A name is needed, of at most 120 characters.',
        roles: expect.any(String),
        unitCode: 'No unit has this code.',
        checkpointIds: expect.any(String),
      },
    });
    expect((await server.sql('select full_name, version from account where id = $1', [id]))[0]).toEqual({
      full_name: 'Ngô Thị Mới',
      version: 1,
    });
  });

  it('moves nobody away from checkpoints that lie elsewhere, and says so', async () => {
    const { id } = await created(server, { checkpointIds: [server.checkpoints.docXay] });
    expect(fieldsOf(await updateAccount(server, id, { unitCode: '380' }))).toEqual(['checkpointIds']);
    const moved = await updateAccount(server, id, { unitCode: '380', checkpointIds: [server.checkpoints.hamRong] });
    expect(moved.data.updateAccount).toMatchObject({
      unit: { code: '380' },
      checkpoints: [{ id: server.checkpoints.hamRong }],
    });
  });

  it('between provinces is entered in both', async () => {
    const { id } = await created(server);
    await updateAccount(server, id, { unitCode: '01' }, as('admin.vn'));
    expect((await entriesOf(id)).map(({ province_code }) => province_code).sort()).toEqual(['01', '38']);
    expect(codeOf(await updateAccount(server, id, { fullName: 'Tên Khác' }))).toBe('NOT_FOUND');
  });
});

describe('who may change whom', () => {
  it.each([
    ['officer.01', 'admin.38', 'an account of another province'],
    ['officer.38', 'admin.01', 'one of this province, from another'],
    ['officer.38', 'admin.district', 'one above its unit'],
    ['admin.38', 'admin.district', 'the administrator above'],
    ['admin.vn', 'admin.38', 'the administrator of the nation'],
  ])('%s is not found for %s: %s', async (username, by) => {
    const id = await idOf(username);
    const before = await server.sql('select * from account where id = $1', [id]);
    for (const input of [{ active: false }, { fullName: 'Kẻ Lạ' }, { roles: ['ADMIN'] }, {}])
      expect(codeOf(await updateAccount(server, id, input, as(by)))).toBe('NOT_FOUND');
    expect(codeOf(await resetCredentials(server, id, as(by)))).toBe('NOT_FOUND');
    expect(await server.sql('select * from account where id = $1', [id])).toEqual(before);
    expect(await entriesOf(id)).toEqual([]);
  });

  it('an id that nobody has, or that is none, is not found either', async () => {
    for (const id of [newUuid7(), 'x', "' or 1=1 --"])
      expect(codeOf(await updateAccount(server, id, { active: false }))).toBe('NOT_FOUND');
  });

  it('nobody changes, suspends or resets the own account', async () => {
    for (const username of ['admin.38', 'admin.vn', 'admin.district']) {
      const id = await idOf(username);
      for (const input of [{ active: false }, { roles: ['ADMIN', 'TRACER'] }, { unitCode: 'VN' }])
        expect(codeOf(await updateAccount(server, id, input, as(username)))).toBe('FORBIDDEN');
      expect(codeOf(await resetCredentials(server, id, as(username)))).toBe('FORBIDDEN');
    }
  });

  it('nobody changes an administrator beside, but at the nation, which has nobody above', async () => {
    const beside = await created(server, { roles: ['ADMIN'] }, 'admin.vn');
    const answer = await updateAccount(server, beside.id, { active: false }, { as: 'admin.38', language: 'en' });
    expect(codeOf(answer)).toBe('FORBIDDEN');
    expect(answer.errors?.[0]?.message).toBe('An administrator of your own unit is changed from above.');
    expect(codeOf(await resetCredentials(server, beside.id))).toBe('FORBIDDEN');
    expect((await updateAccount(server, beside.id, { active: false }, as('admin.vn'))).data.updateAccount?.active).toBe(
      false,
    );
    const second = await created(server, { roles: ['ADMIN'], unitCode: 'VN' }, 'admin.vn');
    expect((await updateAccount(server, second.id, { active: false }, as('admin.vn'))).errors).toBeUndefined();
  });

  it('an administrator below is changed, but lifted to no equal', async () => {
    const below = await created(server, { roles: ['ADMIN'], unitCode: '380' }, 'admin.38');
    expect(fieldsOf(await updateAccount(server, below.id, { unitCode: '38' }))).toEqual(['roles']);
    const officer = await created(server, {});
    expect(fieldsOf(await updateAccount(server, officer.id, { roles: ['OFFICER', 'ADMIN'] }))).toEqual(['roles']);
    expect((await updateAccount(server, below.id, { roles: ['ANALYST'] })).data.updateAccount?.roles).toEqual([
      'ANALYST',
    ]);
  });

  it.each([
    ['38', 'above itself'],
    ['381', 'beside itself'],
    ['VN', 'at the nation'],
    ['01', 'in another province'],
  ])('a district moves nobody to %s, %s', async (unitCode) => {
    const { id } = await created(server, { unitCode: '14758' }, 'admin.district');
    expect(fieldsOf(await updateAccount(server, id, { unitCode }, as('admin.district')))).toEqual(['unitCode']);
  });

  it('gives nobody a checkpoint outside the unit', async () => {
    const { id } = await created(server, { unitCode: '380' });
    for (const checkpoint of [server.checkpoints.docXay, server.checkpoints.hanoi, newUuid7()])
      expect(fieldsOf(await updateAccount(server, id, { checkpointIds: [checkpoint] }))).toEqual(['checkpointIds']);
  });

  it.each(['officer.38', 'tracer.38', 'analyst.38', 'auditor.38'])('is for administrators only: %s', async (by) => {
    const { id } = await created(server);
    expect(codeOf(await updateAccount(server, id, { active: false }, as(by)))).toBe('FORBIDDEN');
    expect(codeOf(await resetCredentials(server, id, as(by)))).toBe('FORBIDDEN');
    // Not its own either.
    expect(codeOf(await updateAccount(server, await idOf(by), { roles: ['ADMIN'] }, as(by)))).toBe('FORBIDDEN');
  });

  it.each([
    'id',
    'username',
    'passwordHash',
    'mustChangePassword',
    'demo',
    'unitId',
    'provinceCode',
    'createdBy',
    'mfaEnrolled',
    '__proto__',
    'constructor',
  ])('and no field that is not named: %s', async (field) => {
    const { id } = await created(server);
    const before = await server.sql('select * from account where id = $1', [id]);
    const input = JSON.parse(`{ "${field}": "x" }`) as object;
    expect(['BAD_USER_INPUT', 'BAD_REQUEST']).toContain(codeOf(await updateAccount(server, id, input)));
    expect(await server.sql('select * from account where id = $1', [id])).toEqual(before);
  });

  it.each([{ roles: { $ne: '' } }, { unitCode: { __raw: "'38'" } }, { active: 'false; --' }, { roles: ['ROOT'] }])(
    'nor an object or a role that is none: %j',
    async (input) => {
      const { id } = await created(server);
      expect(codeOf(await updateAccount(server, id, input))).toBe('BAD_USER_INPUT');
    },
  );
});

describe('a change reaches who is signed in', () => {
  it('suspending ends every session at once, and none begins until it is taken back', async () => {
    const { id, username, cookie } = await signedInOfficer();
    const elsewhere = (await tryToSignIn(server, username, testPassword)).cookie;
    const { data } = await updateAccount(server, id, { active: false });
    expect(data.updateAccount).toMatchObject({ active: false });
    expect([await whoIs(server, cookie), await whoIs(server, elsewhere)]).toEqual([null, null]);
    expect((await tryToSignIn(server, username, testPassword)).result.__typename).toBe('SignInFailed');

    await updateAccount(server, id, { active: true });
    // The old sessions stay ended: whoever holds such a cookie is not let in again.
    expect([await whoIs(server, cookie), await whoIs(server, elsewhere)]).toEqual([null, null]);
    expect((await tryToSignIn(server, username, testPassword)).result.__typename).toBe('SignedIn');
    expect((await entriesOf(id)).map(({ action }) => action)).toEqual(
      expect.arrayContaining(['account.suspend', 'account.reactivate']),
    );
  });

  it.each([
    ['moved', { unitCode: '380', checkpointIds: [] }],
    ['a role is taken', { roles: ['ANALYST'] }],
  ])('ends when it is %s', async (_, input) => {
    const { id, cookie } = await signedInOfficer();
    await updateAccount(server, id, input);
    expect(await whoIs(server, cookie)).toBeNull();
  });

  it('lasts when a name is mended or a role is added, and has it with the next request', async () => {
    const { id, username, cookie } = await signedInOfficer();
    await updateAccount(server, id, { fullName: 'Ngô Văn Mời' });
    expect(await whoIs(server, cookie)).toBe(username);
    await updateAccount(server, id, { roles: ['OFFICER', 'ADMIN'] }, as('admin.vn'));
    const answer = await server.graphql('{ accounts(first: 1) { edges { node { id } } } }', {}, { cookie });
    expect(answer.errors).toBeUndefined();
  });

  it('has its checkpoints with the next request', async () => {
    const { id, cookie } = await signedInOfficer();
    const codes = async () =>
      (
        await server.graphql<{ checkpoints: { edges: Array<{ node: { code: string } }> } }>(
          '{ checkpoints { edges { node { code } } } }',
          {},
          { cookie },
        )
      ).data.checkpoints.edges.map(({ node }) => node.code);
    for (const [checkpoint, code] of [
      [server.checkpoints.cauGhep, 'CG'],
      [server.checkpoints.docXay, 'DX'],
    ]) {
      await updateAccount(server, id, { checkpointIds: [checkpoint] });
      expect(await codes()).toEqual([code]);
    }
  });
});

describe('new credentials', () => {
  it('end what the old ones opened; the new password works once', async () => {
    const { id, username, cookie } = await signedInOfficer();
    const issued = (await resetCredentials(server, id)).data.resetCredentials;
    expect(issued?.account).toMatchObject({ id, version: 2 });
    expect(await whoIs(server, cookie)).toBeNull();
    expect((await tryToSignIn(server, username, testPassword)).result.__typename).toBe('SignInFailed');
    const again = await tryToSignIn(server, username, issued?.oneTimePassword);
    expect(again.result.viewer).toMatchObject({ mustChangePassword: true, permissions: [] });
    await changePassword(server, again.cookie, issued?.oneTimePassword ?? '', 'trời hôm nay có mưa');
    expect((await tryToSignIn(server, username, issued?.oneTimePassword)).result.__typename).toBe('SignInFailed');
    expect((await entriesOf(id)).map(({ action }) => action)).toContain('account.reset');
    expect(JSON.stringify(await entriesOf(id))).not.toContain(issued?.oneTimePassword);
  });

  it('let nobody in who is suspended', async () => {
    const { id, username } = await created(server);
    await updateAccount(server, id, { active: false });
    const issued = (await resetCredentials(server, id)).data.resetCredentials;
    expect(issued?.account.active).toBe(false);
    expect((await tryToSignIn(server, username, issued?.oneTimePassword)).result.__typename).toBe('SignInFailed');
  });
});

describe('two administrators at once', () => {
  it('that change different fields both have their way', async () => {
    const { id } = await created(server, { checkpointIds: [server.checkpoints.docXay] });
    const answers = await Promise.all([
      updateAccount(server, id, { fullName: 'Tên Một' }, as('admin.38')),
      updateAccount(server, id, { roles: ['OFFICER', 'ANALYST'] }, as('admin.vn')),
      updateAccount(server, id, { checkpointIds: [server.checkpoints.cauGhep] }, as('admin.38')),
    ]);
    expect(answers.map(codeOf)).toEqual([undefined, undefined, undefined]);
    const [row] = await server.sql(
      `select full_name, roles, version, array(select checkpoint_id from account_checkpoint where account_id = id) as at from account where id = $1`,
      [id],
    );
    expect(row).toEqual({
      full_name: 'Tên Một',
      roles: ['ANALYST', 'OFFICER'],
      version: 4,
      at: [server.checkpoints.cauGhep],
    });
  });

  it('that change what both saw: the second is told, and overwrites nothing', async () => {
    const { id, version } = await created(server);
    const answers = await Promise.all(
      ['Tên Một', 'Tên Hai', 'Tên Ba'].map((fullName) => updateAccount(server, id, { fullName, version })),
    );
    expect(answers.filter(({ errors }) => !errors)).toHaveLength(1);
    expect(answers.map(fieldsOf).flat()).toEqual(['version', 'version']);
    const passwords = await Promise.all([1, 2].map(() => resetCredentials(server, id, as('admin.38'), version + 1)));
    expect(passwords.map(fieldsOf).flat()).toEqual(['version']);
  });
});
