import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CheckDesk } from '#test/check-desk.ts';
import { startServer, type TestServer } from '#test/server.ts';
import type { Registry } from '../registry-port.ts';

let server: TestServer;
let desk: CheckDesk;
let ids: string[];
beforeAll(async () => {
  server = await startServer();
  desk = await CheckDesk.open(server);
  const poison: Registry = { lookUp: async () => ({ kind: 'FAILED', why: 'FAULT', retryable: true, detail: '' }) };
  const [here, there] = [await desk.aPerson(), await desk.aPerson()];
  await desk.pass(here);
  await desk.pass(there, { checkpointId: server.checkpoints.cauGhep });
  await desk.outbox.drain();
  await desk.worker(poison, { mostAttempts: 1 }).drain();
  ids = await Promise.all([here, there].map(citizenOf));
});
afterAll(async () => {
  await desk.database.close();
  await server.stop();
});

async function citizenOf(declarationId: string): Promise<string> {
  const sql = 'select citizen_id as id from declaration where id = $1';
  return (await server.sql<{ id: string }>(sql, [declarationId]))[0]?.id ?? '';
}

interface Letters {
  registryDeadLetters: {
    totalCount: number;
    edges: Array<{ node: { id: string; failure: string; attempts: number; checkpoint: { code: string } } }>;
    pageInfo: { hasNextPage: boolean; endCursor: string };
  };
}
const list = (as: string, first = 20, after: string | null = null) =>
  server.graphql<Letters>(
    `query ($first: Int, $after: String) { registryDeadLetters(first: $first, after: $after) {
       totalCount pageInfo { hasNextPage endCursor } edges { node { id failure attempts since checkpoint { code } } } } }`,
    { first, after },
    { as },
  );
const retry = (as: string, variables: { ids?: string[]; reason: string }) =>
  server.graphql<{ retryRegistryChecks: number }>(
    'mutation ($ids: [ID!], $reason: String!) { retryRegistryChecks(ids: $ids, reason: $reason) }',
    variables,
    { as },
  );
const reason = 'Nền tảng đã hoạt động lại';

describe('who was given up', () => {
  it('is listed for the administrators of where they passed, in pages, and for nobody else', async () => {
    const { registryDeadLetters: all } = (await list('admin.38')).data;
    expect(all.totalCount).toBe(2);
    expect(all.edges.map(({ node }) => node.id).sort()).toEqual([...ids].sort());
    expect(all.edges[0]?.node).toMatchObject({ failure: 'FAULT', attempts: 1 });
    expect(new Set(all.edges.map(({ node }) => node.checkpoint.code))).toEqual(new Set(['DX', 'CG']));
    const page = (await list('admin.38', 1)).data.registryDeadLetters;
    const next = (await list('admin.38', 1, page.pageInfo.endCursor)).data.registryDeadLetters;
    expect([...page.edges, ...next.edges].map(({ node }) => node.id)).toEqual(all.edges.map(({ node }) => node.id));
    expect((await list('admin.01')).data.registryDeadLetters.edges).toEqual([]);
    for (const as of ['officer.38', 'analyst.38', 'auditor.38'])
      expect((await list(as)).errors?.[0]?.extensions['code']).toBe('FORBIDDEN');
  });

  it('is enqueued again by them, with a reason that stands in the audit trail', async () => {
    expect((await retry('admin.38', { reason: 'x' })).errors?.[0]?.extensions['code']).toBe('BAD_USER_INPUT');
    expect((await retry('admin.01', { ids, reason })).data.retryRegistryChecks).toBe(0);
    expect((await retry('admin.38', { ids: ids.slice(0, 1), reason })).data.retryRegistryChecks).toBe(1);
    expect((await retry('admin.38', { ids: ids.slice(0, 1), reason })).data.retryRegistryChecks).toBe(0);
    expect((await retry('admin.38', { reason })).data.retryRegistryChecks).toBe(1);
    expect((await list('admin.38')).data.registryDeadLetters.edges).toEqual([]);
    const entries = await server.sql(
      `select reason, subject_ids, role from audit_entry where action = 'registry.retry' order by id`,
    );
    expect(entries).toEqual(ids.map((id) => ({ reason, subject_ids: [id], role: 'ADMIN' })));
    const asked: string[] = [];
    await desk.worker({ lookUp: async ({ idNumber }) => (asked.push(idNumber ?? ''), { kind: 'NOT_FOUND' }) }).drain();
    expect(asked).toHaveLength(2);
  });
});
