import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newUuid7 } from '#api/platform/shared/uuid7.ts';
import { created, updateAccount } from '#test/account-desk.ts';
import { startServer, type TestServer } from '#test/server.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startServer();
});
afterAll(() => server.stop());

interface Judged {
  action: string;
  allowed: boolean;
  reach: string | null;
  people: string;
  sentence: string;
}
interface Reach {
  unit: { code: string };
  checkpoints: Array<{ code: string }>;
  waitsFor: string | null;
  actions: Judged[];
}
const document =
  'query ($id: ID!) { accountReach(id: $id) { unit { code } checkpoints { code } waitsFor actions { action allowed reach people sentence } } }';
const ask = (id: string, as = 'admin.38', language: 'vi' | 'en' = 'en') =>
  server.graphql<{ accountReach: Reach | null }>(document, { id }, { as, language });
const idOf = async (username: string) =>
  String((await server.sql('select id from account where username = $1', [username]))[0]?.['id']);
const reachOf = async (username: string, as?: string, language?: 'vi' | 'en') =>
  (await ask(await idOf(username), as, language)).data.accountReach;
const actionOf = (reach: Reach | null, action: string) => reach?.actions.find((one) => one.action === action);

describe('what an account can see', () => {
  it.each(['admin.38', 'admin.district', 'officer.38', 'tracer.38', 'analyst.38', 'auditor.38'])(
    'is what its own requests are told: %s',
    async (username) => {
      const { data } = await server.graphql<{ viewer: { permissions: string[] } }>(
        '{ viewer { permissions } }',
        {},
        { as: username },
      );
      const reach = await reachOf(username);
      const allowed = reach?.actions.filter((one) => one.allowed).map(({ action }) => action);
      expect(allowed).toEqual(data.viewer.permissions);
      expect(reach?.waitsFor).toBeNull();
    },
  );

  it('of an officer ends at the own checkpoints, whole where a card is compared', async () => {
    const reach = await reachOf('officer.38');
    expect(reach?.checkpoints.map(({ code }) => code)).toEqual(['CG', 'DX']);
    expect(actionOf(reach, 'scan')).toEqual({
      action: 'scan',
      allowed: true,
      reach: 'OWN_CHECKPOINTS',
      people: 'WHOLE',
      sentence: 'Scan passes and cards at Chốt Cầu Ghép, Chốt Dốc Xây; names and numbers are shown whole.',
    });
    expect(actionOf(reach, 'passage.list')?.people).toBe('OWN_SHIFT');
    expect(actionOf(reach, 'account.create')).toMatchObject({ allowed: false, reach: null, people: 'NONE' });
  });

  it('of an analyst is its unit and those below, masked, in the language of who asks', async () => {
    const reach = await reachOf('analyst.38', 'admin.38', 'vi');
    expect(reach?.unit.code).toBe('38');
    expect(actionOf(reach, 'passage.list')).toMatchObject({
      reach: 'JURISDICTION',
      people: 'MASKED',
      sentence: 'Xem các lượt qua chốt tại Tỉnh Thanh Hóa và các đơn vị bên dưới; họ tên và số giấy tờ được che.',
    });
    expect(actionOf(reach, 'scan')?.sentence).toBe('Quét mã và giấy tờ: không được.');
  });

  it('names what everything waits for', async () => {
    const { id } = await created(server);
    expect((await ask(id)).data.accountReach?.waitsFor).toMatch(/one-time password/);
    await server.sql('update account set must_change_password = false where id = $1', [id]);
    expect((await ask(id)).data.accountReach?.waitsFor).toBeNull();
    await updateAccount(server, id, { active: false });
    expect((await ask(id)).data.accountReach?.waitsFor).toMatch(/suspended/);
  });

  it.each([
    ['officer.01', 'admin.38'],
    ['officer.38', 'admin.district'],
    ['admin.vn', 'admin.38'],
  ])('of %s is nothing to %s', async (username, as) => {
    const answer = await ask(await idOf(username), as);
    expect(answer.data).toEqual({ accountReach: null });
    expect(answer.errors).toBeUndefined();
  });

  it('of nobody is nothing, and no other role may ask', async () => {
    for (const id of [newUuid7(), 'x']) expect((await ask(id)).data).toEqual({ accountReach: null });
    const answer = await ask(await idOf('officer.cg'), 'officer.38');
    expect(answer.errors?.[0]?.extensions['code']).toBe('FORBIDDEN');
  });
});
