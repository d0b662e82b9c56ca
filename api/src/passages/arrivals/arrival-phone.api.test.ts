import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { declared } from '#test/builders.ts';
import { startServer, type TestServer } from '#test/server.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startServer();
});
afterAll(() => server.stop());

const phoneOf = (id: string, as = 'admin.38') =>
  server.graphql<{ arrivalPhone: string | null }>('query ($id: ID!) { arrivalPhone(id: $id) }', { id }, { as });
const looks = (id: string) =>
  server.sql<{ role: string; subject_kind: string; detail: object }>(
    `select role, subject_kind, detail from audit_entry where action = 'arrival.call' and $1 = any(subject_ids) order by id`,
    [id],
  );
const codeOf = async (id: string, as?: string) => (await phoneOf(id, as)).errors?.[0]?.extensions['code'];

describe('the phone number of who comes', () => {
  it.each(['admin.38', 'tracer.38'])(
    'is shown to %s who calls, and each time is entered, without the number',
    async (as) => {
      const { id, input } = await declared(server);
      expect((await phoneOf(id, as)).data.arrivalPhone).toBe(input.person.phone);
      await phoneOf(id, as);
      const entered = await looks(id);
      const role = as.startsWith('admin') ? 'ADMIN' : 'TRACER';
      expect(entered).toEqual(Array.from({ length: 2 }, () => ({ role, subject_kind: 'declaration', detail: {} })));
    },
  );

  it.each([
    ['officer.38', 'FORBIDDEN'],
    ['analyst.38', 'FORBIDDEN'],
    ['auditor.38', 'FORBIDDEN'],
    ['admin.01', 'NOT_FOUND'],
    ['admin.district', 'NOT_FOUND'],
  ])('is not for %s: %s', async (as, code) => {
    const { id } = await declared(server);
    expect(await codeOf(id, as)).toBe(code);
    expect(await looks(id)).toEqual([]);
  });

  it('is not shown of who has left, or will not come', async () => {
    const [left, late, withdrawn] = [await declared(server), await declared(server), await declared(server)];
    await server.sql(
      `insert into arrival (province_code, declaration_id, declaration_occurred_at, unit_id, citizen_id, came_at, left_at)
       select province_code, id, occurred_at, destination_address_unit_id, citizen_id, now(), now() from declaration where id = $1`,
      [left.id],
    );
    await server.sql('update declaration set valid_until = now() where id = $1', [late.id]);
    await server.sql('update declaration set withdrawn_at = now() where id = $1', [withdrawn.id]);
    for (const { id } of [left, late, withdrawn]) {
      expect(await codeOf(id)).toBe('NOT_FOUND');
      expect(await looks(id)).toEqual([]);
    }
  });
});
