import { afterAll, beforeAll, expect, it } from 'vitest';
import { CheckDesk } from './check-desk.ts';
import { RegistryProcess } from './registry-process.ts';
import { startServer, type TestServer } from './server.ts';
import { startWorker } from './worker-process.ts';

let server: TestServer;
let simulator: RegistryProcess;
let desk: CheckDesk;
beforeAll(async () => {
  [server, simulator] = await Promise.all([startServer(), RegistryProcess.start()]);
  desk = await CheckDesk.open(server);
});
afterAll(async () => {
  await desk.database.close();
  await Promise.all([server.stop(), simulator.stop()]);
});

const soon = { timeout: 30_000, interval: 100 };
const countOf = async (where: string) =>
  (await server.sql(`select 1 from registry_verification where ${where}`)).length;
const answers = (status: string) =>
  countOf(`status = '${status}' and attempts = 1 and due_at is null and claim is null`);

it('a worker that is killed in the middle of its questions leaves them to the next: nobody is forgotten, nobody is verified twice', async () => {
  // Enough that they are not all answered before the first answer is seen, on however busy a machine.
  const people = 60;
  const ids: string[] = [];
  for (let person = 0; person < people; person += 1) ids.push(await desk.aPerson());
  await Promise.all(ids.map((id) => desk.pass(id)));
  // Some are answered before the platform hangs, with four questions under way and the others taken ahead.
  await simulator.setFault({ latencyMs: 50 });
  const doomed = await startWorker(server.ownerUrl, simulator, { REGISTRY_PER_SECOND: '20' });
  await expect.poll(() => answers('MATCHED'), soon).toBeGreaterThan(0);
  await simulator.setFault({ fault: 'HANG' });
  await expect.poll(() => countOf('claim is not null'), soon).toBeGreaterThan(0);
  doomed.signal('SIGKILL');
  expect(await doomed.exited).toBeNull();
  await simulator.clear();

  const answeredBefore = await server.sql<{ citizen_id: string; checked_at: Date }>(
    `select citizen_id, checked_at from registry_verification where status = 'MATCHED' order by 1`,
  );
  // What the killed worker had sent may still come to be counted.
  let asked = -1;
  await expect
    .poll(async () => {
      const before = asked;
      asked = (await simulator.state()).questions;
      return asked - before;
    }, soon)
    .toBe(0);
  expect(answeredBefore.length).toBeGreaterThan(0);
  expect(answeredBefore.length).toBeLessThan(people);
  // Their leases end; nothing else does.
  const taken = await server.sql(`update registry_verification set due_at = now() where claim is not null returning 1`);
  const next = await startWorker(server.ownerUrl, simulator, { REGISTRY_PER_SECOND: '100' });
  await expect.poll(() => answers('MATCHED'), soon).toBe(people);
  next.signal('SIGTERM');
  expect(await next.exited).toBe(0);
  expect((await simulator.state()).questions - asked).toBe(people - answeredBefore.length);
  expect(taken.length).toBe(people - answeredBefore.length);
  expect(
    await server.sql(`select citizen_id, checked_at from registry_verification where citizen_id = any($1) order by 1`, [
      answeredBefore.map(({ citizen_id }) => citizen_id),
    ]),
  ).toEqual(answeredBefore);
  expect(await server.sql(`select 1 from outbox where topic = 'passages.recorded'`)).toEqual([]);
}, 120_000);
