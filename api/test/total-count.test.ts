import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startServer, type TestServer } from './server.ts';

interface List {
  list: { edges: unknown[]; pageInfo: { hasNextPage: boolean; endCursor: string }; totalCount: number };
}

let server: TestServer;
beforeAll(async () => (server = await startServer({ demo: true })));
afterAll(() => server.stop());

/** Walks a list to its end; the total as each page told it. */
async function walk(list: string, filter: string): Promise<{ rows: number; totals: Set<number> }> {
  const totals = new Set<number>();
  let rows = 0;
  for (let after: string | null = null; ;) {
    const document = `query ($after: String) { list: ${list}(first: 100, after: $after${filter}) {
      edges { node { id } } pageInfo { hasNextPage endCursor } totalCount } }`;
    const { data }: { data: List } = await server.graphql<List>(document, { after }, { as: 'admin.38' });
    rows += data.list.edges.length;
    totals.add(data.list.totalCount);
    if (!data.list.pageInfo.hasNextPage) return { rows, totals };
    after = data.list.pageInfo.endCursor;
  }
}

describe('the total of a list', () => {
  it.each([
    ['passages', ', filter: { decision: REFUSED }'],
    ['passages', ', filter: { direction: OUT, flagged: true, superseded: true }'],
    ['declarations', ', filter: { advice: EXAMINE, passed: true }'],
    ['checkpoints', ''],
    ['accounts', ', role: OFFICER'],
    ['accounts', ', search: "officer"'],
  ])('of %s%s is what a walk to its end finds, on every page', async (list, filter) => {
    const { rows, totals } = await walk(list, filter);
    expect(rows).toBeGreaterThan(0);
    expect([...totals]).toEqual([rows]);
  });
});
