import 'reflect-metadata';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { DemoTraffic } from '#api/demo/move-traffic.ts';
import { PassIssuer } from '#api/passes/pass-issuer.service.ts';
import { followArrivals } from '#api/passages/arrivals/follow-arrivals.service.ts';
import { ownBus } from '#api/platform/bus/own-bus.ts';
import { createLogger } from '#api/platform/observability/logger.ts';
import { readTerritory } from '#api/territory/territory-watch.service.ts';
import { asApi, asWorker, OutboxDesk } from './outbox-desk.ts';
import { TraceDesk } from './tracing-desk.ts';
import { testKeys } from './test-config.ts';
import { startServer, testPassword, type TestServer } from './server.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startServer({ demo: true });
});
afterAll(() => server.stop());

const count = async (sql: string) =>
  Number((await server.sql<{ count: number }>(`select count(*) from ${sql}`))[0]?.count);

describe('the demo province', () => {
  test('is loaded whole: people, declarations, passages, checkpoints and accounts', async () => {
    expect(await count(`citizen where province_code = '38'`)).toBeGreaterThanOrEqual(2_000);
    expect(await count(`declaration where province_code = '38'`)).toBeGreaterThan(1_500);
    expect(await count('checkpoint')).toBe(12);
    expect(await count('account where demo and not must_change_password')).toBe(await count('account'));
    expect(await count(`passage where direction = 'OUT' and declaration_province <> '38'`)).toBeGreaterThan(300);
    expect(await count('passage where flagged')).toBeGreaterThan(10);
    // Who came with the old card first waits to be merged.
    expect(await count('citizen_double where dismissed_at is null')).toBeGreaterThan(3);
    expect(await count('declaration_handle')).toBe(2 * (await count('declaration')));
  });

  test('was recorded when it happened: within hours offline, within seconds else', async () => {
    expect(
      await count(`passage where recorded_at < occurred_at or recorded_at > occurred_at + interval '3 hours'`),
    ).toBe(0);
    expect(
      await count(
        `passage where not recorded_offline and corrects is null and recorded_at > occurred_at + interval '5 seconds'`,
      ),
    ).toBe(0);
  });

  test.each(['admin.38', 'officer.38', 'tracer.38', 'analyst.38', 'auditor.38'])(
    '%s signs in with the demo password',
    async (username) => {
      expect(await server.signIn(username)).toContain('=');
    },
  );

  test('is seen by its administrator, and by the officer as far as the own three checkpoints reach', async () => {
    const seen = (as: string) =>
      server.graphql<{ checkpoints: { edges: unknown[] }; passages: { edges: Array<{ node: { id: string } }> } }>(
        '{ checkpoints { edges { node { id name unit { id fullName } } } } passages(first: 20) { edges { node { id occurredAt checkpoint { id name } } } } }',
        {},
        { as },
      );
    const [admin, officer] = [await seen('admin.38'), await seen('officer.38')];
    expect(admin.data.checkpoints.edges).toHaveLength(12);
    expect(officer.data.checkpoints.edges).toHaveLength(3);
    for (const { data } of [admin, officer]) expect(data.passages.edges).toHaveLength(20);
  });

  test('has people in every list of arrivals once its worker has read the events', async () => {
    const worker = await asWorker(server.ownerUrl);
    const desk = new OutboxDesk(worker, [followArrivals]);
    await desk.drain();
    await worker.close();
    const { data } = await server.graphql<{ arrivalCounts: Record<string, number> }>(
      '{ arrivalCounts { coming inside notReported overstaying left } }',
      {},
      { as: 'admin.38' },
    );
    for (const [list, held] of Object.entries(data.arrivalCounts)) expect(held, list).toBeGreaterThan(5);
  }, 120_000);

  test('holds an outbreak worth tracing: F1 and F2 by vehicle, checkpoint and household', async () => {
    const desk = await TraceDesk.open(server);
    try {
      await desk.drain();
      const { data } = await server.graphql<{ cases: { edges: Array<{ node: { id: string } }> } }>(
        '{ cases { edges { node { id citizen { id fullName } } } } }',
        {},
        { as: 'tracer.38' },
      );
      const graph = await desk.graph(data.cases.edges[0]?.node.id ?? '');
      expect(graph.status).toBe('READY');
      expect(new Set(graph.nodes.map(({ generation }) => generation))).toEqual(new Set([1, 2]));
      const kinds = new Set(graph.edges.map(({ kind }) => kind));
      expect(kinds).toEqual(new Set(['SAME_VEHICLE', 'SAME_CHECKPOINT', 'SAME_HOUSEHOLD']));
      expect(graph.nodes.length).toBeGreaterThan(5);
    } finally {
      await desk.close();
    }
  });

  test('moves by itself, and nobody is in two places at once', async () => {
    const database = await asApi(server.ownerUrl);
    const logger = createLogger('silent');
    const territory = await readTerritory(database);
    const issuer = new PassIssuer(testKeys.signing);
    const before = await count('passage');
    const moving = new DemoTraffic(
      { database, keys: testKeys, territory, issuer, bus: ownBus(logger), logger },
      60_000,
    );
    try {
      await expect.poll(() => count('passage'), { timeout: 20_000 }).toBeGreaterThan(before + 100);
    } finally {
      await moving.stop();
      await database.close();
    }
    const ofTraffic = `passage where evidence = 'CARD_ONLY' and recorded_at > now() - interval '1 minute'`;
    expect(await count(ofTraffic)).toBeGreaterThan(100);
    expect(await count(`${ofTraffic} and 'DUPLICATE_PERSON' = any(flags)`)).toBe(0);
  });

  test('is loaded once: a second start keeps it, and its accounts take the password of that start', async () => {
    const before = await count('declaration');
    const another = await startServer({
      database: { ownerUrl: server.ownerUrl },
      demo: true,
      config: { demoPassword: 'another password' },
    });
    try {
      expect(await count('declaration')).toBe(before);
      await expect(another.signIn('analyst.38', testPassword)).rejects.toThrow('could not sign in');
      expect(await another.signIn('analyst.38', 'another password')).toContain('=');
    } finally {
      await another.stop();
    }
  });
});
