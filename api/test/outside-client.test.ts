import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { declared } from './builders.ts';
import { createApp, type App } from './partner-desk.ts';
import { copyDeclaration } from './copy-declaration.ts';
import { startServer, type TestServer } from './server.ts';

interface Line {
  step: 'submitted' | 'counted' | 'page' | 'read' | 'working' | 'stopped';
  id?: string;
  ids?: string[];
  read?: number;
  [said: string]: unknown;
}

let server: TestServer;
beforeAll(async () => (server = await startServer()));
afterAll(() => server.stop());

const idsNow = async () => (await server.sql<{ id: string }>('select id from declaration')).map(({ id }) => id);
const revoke = (app: App) =>
  server.graphql('mutation ($id: ID!) { revokePartnerApp(id: $id) { active } }', { id: app.id }, { as: 'admin.38' });

/** Runs the outside client as a process of its own, and does something each time it says something. */
async function runClient(app: App, onLine: (line: Line) => Promise<unknown>): Promise<Line[]> {
  const client = spawn(process.execPath, [fileURLToPath(new URL('outside-client/client.mjs', import.meta.url))], {
    env: { CORDON_URL: server.url, CLIENT_ID: app.id, CLIENT_SECRET: app.secret },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const lines: Line[] = [];
  for await (const text of createInterface(client.stdout)) {
    const line = JSON.parse(text) as Line;
    lines.push(line);
    await onLine(line);
  }
  return lines;
}

it('an app written from the page alone submits, counts, reads 10,000 while more come in, and stops once revoked', async () => {
  await copyDeclaration(server, (await declared(server)).id, 10_000);
  const before = await idsNow();
  const app = await createApp(server, { requestsPerMinute: 10_000, costPerMinute: 10_000_000 });
  let added = 0;
  const lines = await runClient(app, async ({ step, read = 0 }) => {
    if (step === 'page' && read % 2_500 === 0 && (await declared(server))) added += 1;
    if (step === 'working' && added > 0) {
      added = -1;
      await revoke(app);
    }
  });
  const of = (step: Line['step']) => lines.filter((line) => line.step === step);
  expect(of('submitted')).toMatchObject([{ type: 'DeclarationSubmitted', same: true }]);
  expect(of('counted')).toEqual([{ step: 'counted', total: 0, cells: [], closedTo: expect.any(String) as string }]);
  const [{ ids = [] } = {}] = of('read');
  expect(new Set(ids).size).toBe(ids.length);
  const seen = new Set(ids);
  expect([...before, of('submitted')[0]?.id ?? ''].filter((id) => !seen.has(id))).toEqual([]);
  expect(added).toBe(-1);
  expect(of('stopped')).toEqual([{ step: 'stopped', refused: 401, why: 'no token: invalid_client' }]);
}, 120_000);
