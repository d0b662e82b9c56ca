import { afterAll, beforeAll, expect, it } from 'vitest';
import { follow } from '#test/live-desk.ts';
import { passed } from '#test/mismatch-desk.ts';
import { OutboxDesk, asWorker } from '#test/outbox-desk.ts';
import { startServer, type TestServer } from '#test/server.ts';
import { openCase } from '#test/tracing-desk.ts';
import type { Database } from '../platform/database/database.ts';
import { watchListHits } from './watch-list-hits.service.ts';

let server: TestServer;
let database: Database;
beforeAll(async () => {
  server = await startServer();
  database = await asWorker(server.ownerUrl);
});
afterAll(async () => {
  await database.close();
  await server.stop();
});

interface Tick {
  checkpointTraffic: {
    total: { todayWatchListHits: number };
    alerts: Array<{ kind: string; message: string; checkpoint: { code: string } }>;
  };
}
const document = `subscription { checkpointTraffic { total { todayWatchListHits } alerts { kind message checkpoint { code } } } }`;

it('somebody on the watch list who is scanned is an alert on the wall, by the checkpoint and without a name', async () => {
  const outbox = new OutboxDesk(database, [watchListHits(() => new Date())]);
  const person = await passed(server);
  await openCase(server, person.citizenId);
  const screen = await follow<Tick>(server, 'analyst.38', document, {}, 'en');
  const last = () => screen.received.at(-1)?.checkpointTraffic;
  await expect.poll(last, { timeout: 5_000 }).toMatchObject({ total: { todayWatchListHits: 0 }, alerts: [] });
  const scan =
    'query ($payload: String!, $checkpointId: ID!) { scan(payload: $payload, checkpointId: $checkpointId) { __typename } }';
  const checkpointId = server.checkpoints.docXay;
  await server.graphql(scan, { payload: person.qrPayload, checkpointId }, { as: 'officer.38' });
  await outbox.drain();
  await outbox.drain();
  await expect
    .poll(last, { timeout: 5_000 })
    .toMatchObject({ total: { todayWatchListHits: 1 }, alerts: [{ kind: 'WATCH_LIST', checkpoint: { code: 'DX' } }] });
  expect(last()?.alerts[0]?.message).toMatch(/^Somebody on the watch list was stopped: 1, last at \d\d:\d\d\.$/);
  screen.stop();
});
