import { startServer, type TestServer } from '#test/server.ts';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';

let server: TestServer;
beforeAll(async () => (server = await startServer()));
afterAll(() => server.stop());
beforeEach(() => server.sql(`delete from audit_entry where action = 'list.export'`));

const entries = () =>
  server.sql<{ province_code: string; role: string; unit_id: string; detail: Record<string, unknown> }>(
    `select province_code, role, unit_id, detail from audit_entry where action = 'list.export'`,
  );

interface Page {
  edges: unknown[];
  pageInfo: { endCursor: string | null };
}
async function ask(list: string, options: { as: string; with?: string }): Promise<Page> {
  const query = `{ ${list}(${options.with ?? 'forExport: true'}) { edges { node { id } } pageInfo { endCursor } } }`;
  const { data, errors } = await server.graphql<Record<string, Page>>(query, {}, { as: options.as });
  if (errors) throw new Error(String(errors[0]?.extensions['code']));
  return data[list] as Page;
}

describe('a list that is written to a file', () => {
  it.each([
    ['accounts', 7],
    ['checkpoints', 3],
    ['declarations', 0],
    ['passages', 0],
  ])('stands in the audit trail: %s', async (list, rows) => {
    await ask(list, { as: 'admin.38' });
    const detail = expect.objectContaining({ list, rows }) as object;
    expect(await entries()).toEqual([{ province_code: '38', role: 'ADMIN', unit_id: '38@2021', detail }]);
  });

  it('is entered once, however many pages it has', async () => {
    const first = await ask('checkpoints', { as: 'admin.38', with: 'first: 2, forExport: true' });
    const second = `first: 2, forExport: true, after: "${first.pageInfo.endCursor}"`;
    expect((await ask('checkpoints', { as: 'admin.38', with: second })).edges).toHaveLength(1);
    expect(await entries()).toHaveLength(1);
  });

  it('is entered with what was asked for, but not with what a person typed', async () => {
    await ask('passages', { as: 'analyst.38', with: 'forExport: true, filter: { decision: REFUSED, flagged: true }' });
    await ask('accounts', {
      as: 'admin.district',
      with: 'forExport: true, role: OFFICER, search: "038190012234", scope: { unitCode: "380" }',
    });
    const asked = (await entries()).map(({ detail }) => detail['conditions']);
    expect(asked).toContainEqual({ decision: 'REFUSED', flagged: true, superseded: false });
    expect(asked).toContainEqual({ role: 'OFFICER', search: true, unitCode: '380' });
    expect(JSON.stringify(asked)).not.toContain('038190012234');
  });

  it("stands in the nation's trail where a national account made it", async () => {
    await ask('checkpoints', { as: 'admin.vn' });
    expect(await entries()).toMatchObject([{ province_code: 'VN', unit_id: 'VN@2021' }]);
  });

  it('is refused to who may only look, on every page, and looking is entered nowhere', async () => {
    const { pageInfo } = await ask('checkpoints', { as: 'tracer.38', with: 'first: 1' });
    await expect(ask('checkpoints', { as: 'tracer.38' })).rejects.toThrow('FORBIDDEN');
    const later = `forExport: true, after: "${pageInfo.endCursor}"`;
    await expect(ask('checkpoints', { as: 'tracer.38', with: later })).rejects.toThrow('FORBIDDEN');
    await expect(ask('passages', { as: 'officer.38' })).rejects.toThrow('FORBIDDEN');
    expect(await entries()).toEqual([]);
  });
});
