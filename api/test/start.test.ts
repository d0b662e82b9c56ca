import { afterAll, afterEach, describe, expect, test } from 'vitest';
import { newUuid7 } from '../src/platform/shared/uuid7.ts';
import { asOwner, cloneDatabase } from './postgres.ts';
import {
  aDataDirectory,
  aFreePort,
  npm,
  processesWith,
  removeDataDirectories,
  untilNoneIsLeft,
  type Started,
} from './start-command.ts';

const password = 'mật khẩu thử';
const signIn = 'mutation { signIn(username: "officer.38", password: "mật khẩu thử") { __typename } }';
const key = (byte: number) => `2026-a:${Buffer.alloc(32, byte).toString('base64')}`;
// Without migrations: they would set the passwords of roles that other tests share.
const aProduction = {
  NODE_ENV: 'production',
  MIGRATE_AT_START: 'false',
  DATABASE_API_PASSWORD: 'api-password-1',
  DATABASE_WORKER_PASSWORD: 'worker-password-1',
  SEALING_KEYS: key(1),
  LOOKUP_KEYS: key(2),
  SIGNING_KEYS: key(3),
  SESSION_KEYS: key(4),
  PUBLIC_ORIGIN: 'https://cordon.example',
};
const running: Started[] = [];

async function aStart(settings: Record<string, string> = {}) {
  const dataDir = settings['DATA_DIR'] ?? aDataDirectory();
  const port = settings['PORT'] ?? String(await aFreePort());
  // Loading the demo takes most of a first start: only one of these tests looks at it.
  const started = npm('start', { DATA_DIR: dataDir, PORT: port, DEMO_DATA: 'false', ...settings });
  running.push(started);
  return { ...started, dataDir, port, url: `http://localhost:${port}`, mark: `DATA_DIR=${dataDir}` };
}

async function signsIn(url: string): Promise<string> {
  const response = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query: signIn }),
  });
  return response.text();
}

afterEach(async () => {
  for (const started of running.splice(0)) {
    if (started.process.exitCode === null && started.process.signalCode === null) started.pressCtrlC();
    await started.exited;
  }
});
afterAll(removeDataDirectories);

describe('npm start', { timeout: 120_000 }, () => {
  test('gives a running system, ends with Ctrl-C leaving nothing behind, and finds everything again', async () => {
    const demo = { DEMO_DATA: 'true', DEMO_PASSWORD: password };
    const first = await aStart(demo);
    await first.until('Stop with Ctrl-C.');
    for (const said of [
      'Starting PostgreSQL',
      'Loading the demo province',
      'Ready in',
      `${first.url}/officer`,
      'officer.38',
      password,
      'Simulated population database http://localhost:',
    ])
      expect(first.output()).toContain(said);
    for (const path of ['/healthz', '/readyz', '/', '/officer', '/admin'])
      expect((await fetch(first.url + path)).status).toBe(200);
    expect(await signsIn(first.url)).toContain('SignedIn');
    const [, faults = ''] = /its faults (\S+)/.exec(first.output()) ?? [];
    expect(await (await fetch(faults)).json()).toMatchObject({ fault: null });

    first.pressCtrlC();
    await first.exited;
    expect(first.output()).toContain('Stopped.');
    expect(processesWith(first.mark)).toEqual([]);

    const second = await aStart({ ...demo, DATA_DIR: first.dataDir, PORT: first.port });
    await second.until('Stop with Ctrl-C.');
    expect(await signsIn(second.url)).toContain('SignedIn');
  });

  test('runs twice side by side, and a signal to npm alone ends one of them whole', async () => {
    const [first, second] = await Promise.all([aStart(), aStart()]);
    await Promise.all([first.until('Stop with Ctrl-C.'), second.until('Stop with Ctrl-C.')]);
    first.process.kill('SIGTERM');
    await first.exited;
    await untilNoneIsLeft(first.mark);
    expect(processesWith(first.mark)).toEqual([]);
    expect((await fetch(`${second.url}/readyz`)).status).toBe(200);
  });

  test('leaves nothing behind when it is killed, nor when it is stopped while it starts', async () => {
    const [killed, hurried] = await Promise.all([aStart(), aStart()]);
    await hurried.until('Starting PostgreSQL');
    hurried.pressCtrlC();
    await hurried.exited;
    await untilNoneIsLeft(hurried.mark);
    expect(processesWith(hurried.mark)).toEqual([]);

    await killed.until('Stop with Ctrl-C.');
    process.kill(-(killed.process.pid ?? 0), 'SIGKILL');
    await untilNoneIsLeft(killed.mark);
    expect(processesWith(killed.mark)).toEqual([]);
    const again = await aStart({ DATA_DIR: killed.dataDir });
    await again.until('Stop with Ctrl-C.');
  });

  test('says which setting to change when the port or the data directory is taken', async () => {
    const first = await aStart();
    await first.until('Stop with Ctrl-C.');
    const samePort = await aStart({ PORT: first.port });
    expect(await samePort.exited).toBe(1);
    expect(samePort.output()).toContain(`PORT ${first.port} is in use`);
    const sameData = await aStart({ DATA_DIR: first.dataDir });
    expect(await sameData.exited).toBe(1);
    expect(sameData.output()).toMatch(/DATA_DIR .* is in use/);
    expect((await fetch(`${first.url}/readyz`)).status).toBe(200);
  });

  test('refuses production without keys, passwords and a database, and names each', async () => {
    const started = await aStart({ NODE_ENV: 'production', DEMO_PASSWORD: password });
    expect(await started.exited).toBe(1);
    const names = [
      'DATABASE_URL',
      'DATABASE_API_PASSWORD',
      'DATABASE_WORKER_PASSWORD',
      'SEALING_KEYS',
      'LOOKUP_KEYS',
      'SIGNING_KEYS',
      'SESSION_KEYS',
      'PUBLIC_ORIGIN',
      'DEMO_PASSWORD',
    ];
    for (const name of names) expect(started.output()).toContain(`- ${name} `);
  });

  test('refuses production on a database that a demo was loaded into', async () => {
    const { ownerUrl, drop } = await cloneDatabase();
    await asOwner(ownerUrl, (client) =>
      client.query(
        `insert into account (id, username, full_name, password_hash, must_change_password, roles, unit_id, active, demo, created_at)
         values ($1, 'admin.38', 'Lê Thị Quản Trị', '', false, '{ADMIN}', '38@2021', true, true, now())`,
        [newUuid7()],
      ),
    );
    const started = await aStart({ ...aProduction, DATABASE_URL: ownerUrl });
    expect(await started.exited).toBe(1);
    expect(started.output()).toContain('demo accounts (admin.38)');
    await drop();
  });
});
