import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { aPassage, declared, record } from './builders.ts';
import { follow } from './live-desk.ts';
import { NatsProcess } from './nats-process.ts';
import { startNode, type NodeProcess } from './node-process.ts';
import { startServer, type TestServer } from './server.ts';

let nats: NatsProcess;
let here: TestServer;
let node: NodeProcess;
let there: TestServer;
let declarationId: string;
beforeAll(async () => {
  nats = await NatsProcess.start();
  here = await startServer({ config: { busUrl: nats.url } });
  node = await startNode(here.ownerUrl, { settings: { BUS_URL: nats.url } });
  there = { ...here, url: node.url, signIn: (as) => here.signIn(as) };
  declarationId = (await declared(here)).id;
});
afterAll(async () => {
  node.signal('SIGTERM');
  await node.exited;
  await here.stop();
  await nats.kill();
});

interface Tick {
  checkpointTraffic: { degraded: boolean; total: { todayIn: number } };
}
const document = 'subscription { checkpointTraffic { degraded total { todayIn } } }';
const pass = () => record(here, [aPassage(here.checkpoints.docXay, { declarationId })]);
const counted = async () => {
  const [row] = await here.sql<{ count: number }>('select count(*)::int as count from passage');
  return row?.count ?? 0;
};
const screenThere = async () => {
  const screen = await follow<Tick>(there, 'analyst.38', document);
  const now = () => screen.received.at(-1)?.checkpointTraffic;
  await expect.poll(now, { timeout: 10_000 }).toBeDefined();
  return { now, stop: screen.stop };
};

describe('two nodes', () => {
  it('show what was recorded on the other in under two seconds', async () => {
    const { now, stop } = await screenThere();
    await expect.poll(() => now()?.degraded, { timeout: 10_000 }).toBe(false);
    for (let round = 0; round < 3; round += 1) {
      await pass();
      const wanted = await counted();
      const began = performance.now();
      await expect.poll(() => now()?.total.todayIn, { timeout: 5_000, interval: 20 }).toBe(wanted);
      expect(performance.now() - began).toBeLessThan(2_000);
    }
    stop();
  });

  it('go on without NATS, say so, and are right again by themselves once it is back', async () => {
    const { now, stop } = await screenThere();
    await nats.kill();
    for (let passage = 0; passage < 20; passage += 1)
      expect((await pass()).data.recordPassages[0]?.__typename).toBe('PassageRecorded');
    await expect.poll(() => now()?.degraded, { timeout: 10_000 }).toBe(true);
    // Without it, by looking at the database.
    await expect.poll(() => now()?.total.todayIn, { timeout: 15_000 }).toBe(await counted());
    await nats.start();
    await expect.poll(() => now()?.degraded, { timeout: 20_000 }).toBe(false);
    expect(now()?.total.todayIn).toBe(await counted());
    await pass();
    await expect.poll(() => now()?.total.todayIn, { timeout: 5_000 }).toBe(await counted());
    stop();
  }, 90_000);

  it('start without NATS too', async () => {
    await nats.kill();
    const late = await startNode(here.ownerUrl, { settings: { BUS_URL: nats.url } });
    const screen = await follow<Tick>({ ...there, url: late.url }, 'analyst.38', document);
    await expect
      .poll(() => screen.received.at(-1)?.checkpointTraffic, { timeout: 15_000 })
      .toEqual({ degraded: true, total: { todayIn: await counted() } });
    await nats.start();
    await expect.poll(() => screen.received.at(-1)?.checkpointTraffic.degraded, { timeout: 20_000 }).toBe(false);
    screen.stop();
    late.signal('SIGTERM');
    expect(await late.exited).toBe(0);
  }, 90_000);
});
