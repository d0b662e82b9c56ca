import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { newUuid7 } from '#api/platform/shared/uuid7.ts';
import { ExportDesk, manyPassages } from './export-desk.ts';
import { startNode } from './node-process.ts';
import { startServer, type TestServer } from './server.ts';

let server: TestServer;
let desk: ExportDesk;
const rows = 60_000;
beforeAll(async () => {
  server = await startServer();
  desk = await ExportDesk.open(server);
  await manyPassages(server, server.checkpoints.docXay, rows);
});
afterAll(async () => {
  await desk.database.close();
  await server.stop();
});
beforeEach(async () => {
  await server.sql('delete from export_part');
  await server.sql('delete from export');
});

const soon = { timeout: 60_000, interval: 20 };
const written = async () =>
  (await server.sql<{ rows: number }>('select rows_written as rows from export'))[0]?.rows ?? 0;
const startWorker = () => startNode(server.ownerUrl, { settings: { ROLES: 'worker', REGISTRY_KIND: 'none' } });

it('a worker that is killed while it writes a file leaves it to the next, and the file is right', async () => {
  const id = newUuid7();
  const doomed = await startWorker();
  await desk.order({ id });
  await expect.poll(written, soon).toBeGreaterThan(0);
  doomed.signal('SIGKILL');
  expect(await doomed.exited).toBeNull();
  expect((await desk.read(id)).status).toBe('RUNNING');
  // Its lease ends; nothing else does.
  await server.sql('update export set due_at = now() - make_interval(mins => 1)');
  const next = await startWorker();
  await expect.poll(async () => (await desk.read(id)).status, soon).toBe('READY');
  next.signal('SIGTERM');
  expect(await next.exited).toBe(0);

  const file = await desk.read(id);
  expect(file.rows).toBe(rows);
  const numbers = (await desk.lines(file)).slice(1).map((line) => Number(/,P(\d+),/.exec(line)?.[1]));
  expect(numbers).toEqual(Array.from({ length: rows }, (_, at) => at + 1));
  const [attempts] = await server.sql('select attempts from export');
  expect(attempts).toEqual({ attempts: 2 });
}, 180_000);

it('a worker that is told to stop leaves the file to the next at once, as if it had not been tried', async () => {
  const id = newUuid7();
  const stopped = await startWorker();
  await desk.order({ id });
  await expect.poll(written, soon).toBeGreaterThan(0);
  stopped.signal('SIGTERM');
  expect(await stopped.exited).toBe(0);
  const [row] = await server.sql('select status, attempts, due_at <= now() as due from export');
  expect(row).toEqual({ status: 'QUEUED', attempts: 0, due: true });
  await desk.worker().drain();
  expect(await desk.read(id)).toMatchObject({ status: 'READY', rows });
}, 180_000);

it('a file that is deleted while it is made is gone: its worker stops', async () => {
  const id = newUuid7();
  await desk.order({ id });
  const worker = desk.worker();
  const made = worker.drain();
  await expect.poll(written, soon).toBeGreaterThan(0);
  await server.graphql('mutation ($id: ID!) { discardExport(id: $id) }', { id }, { as: 'admin.38' });
  await made;
  expect(await server.sql('select 1 from export')).toEqual([]);
  expect(await server.sql('select 1 from export_part')).toEqual([]);
}, 60_000);

it('a file at which workers were killed three times is given up, and says so', async () => {
  const id = newUuid7();
  await desk.order({ id });
  await server.sql('update export set attempts = 3');
  await desk.worker().drain();
  expect(await desk.read(id)).toMatchObject({ status: 'FAILED', failure: 'INTERRUPTED' });
});
