import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { aPassage, declared, record, type PassageInput } from '#test/builders.ts';
import { follow } from '#test/live-desk.ts';
import { startServer, type TestServer } from '#test/server.ts';
import { newUuid7, uuid7Time } from '../platform/shared/uuid7.ts';

let server: TestServer;
let declarationId: string;
beforeAll(async () => {
  server = await startServer();
  declarationId = (await declared(server)).id;
});
afterAll(() => server.stop());

interface Counted {
  in: number;
  todayIn: number;
  todayOut: number;
}
interface Tick {
  at: string;
  seconds: number;
  whole: boolean;
  dropped: number;
  total: Counted;
  checkpoints: Array<Counted & { checkpoint: { code: string } }>;
  recent: Array<{ id: string }>;
}
const fields = `at seconds whole dropped degraded alerts { kind } total { in todayIn todayOut }
  checkpoints { in todayIn todayOut checkpoint { code } } recent { id }`;
const document = `subscription ($scope: ScopeInput) { checkpointTraffic(scope: $scope) { ${fields} } }`;
const picture = async (as = 'analyst.38', scope?: object): Promise<Tick> =>
  (
    await server.graphql<{ traffic: Tick }>(
      `query ($scope: ScopeInput) { traffic(scope: $scope) { ${fields} } }`,
      { scope },
      { as },
    )
  ).data.traffic;
const watching = (as = 'analyst.38', variables: Record<string, unknown> = {}) =>
  follow<{ checkpointTraffic: Tick }>(server, as, document, variables);
const pass = (changes: Partial<PassageInput> = {}, checkpoint = server.checkpoints.docXay) =>
  aPassage(checkpoint, { declarationId, ...changes });
const last = <T>(list: readonly T[]): T | undefined => list.at(-1);

describe('who watches the flow', () => {
  it('gets the whole at first, then what changes, at most once a second, with whole numbers of the day', async () => {
    const before = await picture();
    const screen = await watching();
    await expect.poll(() => screen.received.length, { timeout: 5_000 }).toBeGreaterThan(0);
    expect(screen.received[0]?.checkpointTraffic).toMatchObject({
      whole: true,
      total: { todayIn: before.total.todayIn },
    });
    const passages = Array.from({ length: 60 }, () => pass());
    for (const one of passages) await record(server, [one]);
    await record(server, [pass({ direction: 'OUT' }, server.checkpoints.cauGhep)]);
    const wanted = { todayIn: before.total.todayIn + 60, todayOut: before.total.todayOut + 1 };
    await expect.poll(() => last(screen.received)?.checkpointTraffic.total, { timeout: 5_000 }).toMatchObject(wanted);
    const ticks = screen.received.slice(1).map(({ checkpointTraffic }) => checkpointTraffic);
    expect(ticks.reduce((sum, { total }) => sum + total.in, 0)).toBe(60);
    expect(ticks.reduce((sum, { recent, dropped }) => sum + recent.length + dropped, 0)).toBe(61);
    const times = ticks.map(({ at }) => Date.parse(at));
    for (const [index, at] of times.entries()) if (index > 0) expect(at - (times[index - 1] ?? 0)).toBeGreaterThan(900);
    expect((await picture()).total).toMatchObject(wanted);
    screen.stop();
  });

  it('sees a correction as it counts: the day changes, and nobody passed', async () => {
    const id = newUuid7();
    await record(server, [pass({ id })]);
    const before = await picture();
    const screen = await watching();
    await expect.poll(() => screen.received.length, { timeout: 5_000 }).toBeGreaterThan(0);
    await record(server, [pass({ id: newUuid7(uuid7Time(id) ?? 0), corrects: id, decision: 'VOID', reason: 'nhầm' })]);
    await expect
      .poll(() => last(screen.received)?.checkpointTraffic.total.todayIn, { timeout: 5_000 })
      .toBe(before.total.todayIn - 1);
    expect(screen.received.slice(1).every(({ checkpointTraffic }) => checkpointTraffic.total.in === 0)).toBe(true);
    screen.stop();
  });

  it('and sends a passage twice sees it once', async () => {
    const before = await picture();
    const one = pass();
    await record(server, [one]);
    await record(server, [one, one]);
    expect((await picture()).total.todayIn).toBe(before.total.todayIn + 1);
  });

  it('sees nothing of another jurisdiction, whatever scope is asked for', async () => {
    const there = await watching('admin.01', { scope: { checkpointIds: [server.checkpoints.docXay] } });
    const district = await watching('admin.district', { scope: { unitCode: '38' } });
    await record(server, [pass()]);
    await expect.poll(() => there.received.length + district.received.length, { timeout: 5_000 }).toBeGreaterThan(1);
    await record(server, [pass()]);
    await new Promise((resolve) => setTimeout(resolve, 2_200));
    for (const { checkpointTraffic } of there.received) expect(checkpointTraffic.checkpoints).toEqual([]);
    for (const { checkpointTraffic } of district.received)
      expect(checkpointTraffic.checkpoints.every(({ checkpoint }) => checkpoint.code === 'HR')).toBe(true);
    for (const { checkpointTraffic } of [...there.received, ...district.received])
      expect(checkpointTraffic.recent).toEqual([]);
    there.stop();
    district.stop();
  });

  it.each(['officer.38', 'tracer.38', 'auditor.38'])('is refused where they may not: %s', async (as) => {
    const screen = await watching(as);
    await expect.poll(() => screen.errors.length, { timeout: 5_000 }).toBe(1);
    expect(JSON.stringify(screen.errors)).toContain('FORBIDDEN');
    expect(screen.received).toEqual([]);
    await screen.client.dispose();
  });
});

it('whatever is recorded while pictures are taken is counted once', async () => {
  const before = await picture();
  const screens = await Promise.all([watching(), watching('admin.38'), watching('admin.vn')]);
  const ids = Array.from({ length: 120 }, () => newUuid7());
  for (let at = 0; at < ids.length; at += 6)
    await Promise.all(ids.slice(at, at + 6).map((id) => record(server, [pass({ id })])));
  const wanted = before.total.todayIn + ids.length;
  for (const screen of screens.slice(0, 2))
    await expect.poll(() => last(screen.received)?.checkpointTraffic.total.todayIn, { timeout: 5_000 }).toBe(wanted);
  const [row] = await server.sql<{ count: number }>(
    `select count(*)::int as count from passage p where checkpoint_id = $1 and decision <> 'VOID' and not exists (select from passage c where c.corrects = p.id)`,
    [server.checkpoints.docXay],
  );
  expect(row?.count).toBeGreaterThanOrEqual(ids.length);
  for (const screen of screens) screen.stop();
});

it('/metrics tells who watches, and how the flow stands', async () => {
  const valueOf = async (name: string) => {
    const text = await (await fetch(`${server.url}/metrics`)).text();
    return Number(new RegExp(`^${name} (.+)$`, 'm').exec(text)?.[1]);
  };
  const screens = [await watching(), await watching()];
  await expect.poll(() => screens.every(({ received }) => received.length > 0), { timeout: 5_000 }).toBe(true);
  expect(await valueOf('cordon_sockets_open')).toBeGreaterThanOrEqual(2);
  expect(await valueOf('cordon_subscriptions_open')).toBeGreaterThanOrEqual(2);
  expect(await valueOf('cordon_subscription_groups')).toBe(1);
  expect(await valueOf('cordon_traffic_provinces')).toBeGreaterThan(0);
  expect(await valueOf('cordon_traffic_degraded')).toBe(0);
  expect(await valueOf('cordon_subscription_missed_total')).toBe(0);
  const [ticks, dropped] = [await valueOf('cordon_traffic_ticks_total'), await valueOf('cordon_traffic_dropped_total')];
  await record(
    server,
    Array.from({ length: 25 }, () => pass()),
  );
  await expect.poll(() => valueOf('cordon_traffic_ticks_total'), { timeout: 5_000 }).toBeGreaterThan(ticks);
  await expect.poll(() => valueOf('cordon_traffic_dropped_total'), { timeout: 5_000 }).toBe(dropped + 5);
  for (const { client } of screens) await client.dispose();
  await expect.poll(() => valueOf('cordon_subscription_groups'), { timeout: 5_000 }).toBe(0);
});
