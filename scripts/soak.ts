// npm run soak [-- --minutes 20]: the demo with moving traffic, a wall screen in Chromium and readers beside it, and whether memory stays flat.
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { chromium, type CDPSession } from 'playwright-core';
import { WebSocket } from 'ws';
import { findChromium } from './find-chromium.ts';

const { values } = parseArgs({ options: { minutes: { type: 'string', default: '20' } } });
const minutes = Number(values.minutes);
const password = 'thu suc ben bi';
const username = 'analyst.38';
const readers = 20;
const everyMs = 5_000;
// What a first quarter still loads is no leak; of the rest the last quarter is compared with the second.
const mostGrowth = 1.15;
const mostMegabytes = 12;

const root = join(import.meta.dirname, '..');
const directory = mkdtempSync(join(tmpdir(), 'cordon-soak-'));

function startServer() {
  const child = fork(join(root, 'api/src/serve.ts'), [], {
    // Its heap is read through the inspector, as the page's is.
    execArgv: ['--import', 'tsx', '--inspect=127.0.0.1:0'],
    stdio: ['inherit', 'inherit', 'pipe', 'ipc'],
    cwd: root,
    env: {
      ...process.env,
      PORT: '0',
      DATA_DIR: directory,
      DEMO_PASSWORD: password,
      DEMO_TRAFFIC: '40',
      LOG_LEVEL: 'warn',
    },
  });
  const ready = new Promise<string>((resolve, reject) => {
    child.on('message', (message: { ready?: { url: string }; failed?: string }) => {
      if (message.ready) resolve(message.ready.url);
      if (message.failed) reject(new Error(message.failed));
    });
    child.once('exit', () => reject(new Error('The server ended.')));
  });
  const inspector = new Promise<string>((resolve) => {
    child.stderr?.on('data', (text: Buffer) => {
      const [, address] = /listening on (ws:\S+)/.exec(text.toString()) ?? [];
      if (address) resolve(address);
      else process.stderr.write(text);
    });
  });
  return { child, ready, inspector };
}

type Inspector = Pick<CDPSession, 'send'>;

/** The same commands as a page's session takes, one at a time. */
async function inspect(address: string): Promise<Inspector & { close(): void }> {
  const socket = new WebSocket(address);
  await once(socket, 'open');
  let id = 0;
  return {
    async send(method: string) {
      socket.send(JSON.stringify({ id: ++id, method }));
      const [answer] = (await once(socket, 'message')) as [Buffer];
      return (JSON.parse(answer.toString()) as { result: never }).result;
    },
    close: () => socket.terminate(),
  };
}

async function signIn(url: string): Promise<string> {
  const query = `mutation { signIn(username: "${username}", password: "${password}") { __typename } }`;
  const headers = { 'content-type': 'application/json' };
  const answer = await fetch(`${url}/graphql`, { method: 'POST', headers, body: JSON.stringify({ query }) });
  return (answer.headers.get('set-cookie') ?? '').split(';')[0] ?? '';
}

/** Readers as walls are, each counting its ticks. */
function follow(url: string, cookie: string): { ticks: number } {
  const counted = { ticks: 0 };
  const query =
    'subscription { checkpointTraffic { at total { todayIn } checkpoints { checkpoint { id name } in todayIn } recent { id } } }';
  for (let reader = 0; reader < readers; reader += 1) {
    const socket = new WebSocket(`${url.replace('http', 'ws')}/graphql`, 'graphql-transport-ws', {
      headers: { cookie },
    });
    socket.on('open', () => socket.send('{"type":"connection_init"}'));
    socket.on('message', (data: Buffer) => {
      const { type } = JSON.parse(data.toString()) as { type: string };
      if (type === 'connection_ack') socket.send(JSON.stringify({ type: 'subscribe', id: 'a', payload: { query } }));
      if (type === 'next') counted.ticks += 1;
    });
  }
  return counted;
}

async function openWall(url: string, cookie: string): Promise<{ session: CDPSession; close: () => Promise<void> }> {
  const browser = await chromium.launch({ executablePath: findChromium(), args: ['--no-sandbox'] });
  const context = await browser.newContext({ viewport: { width: 1920, height: 1080 } });
  const [name = '', value = ''] = cookie.split('=');
  await context.addCookies([{ name, value, url }]);
  const page = await context.newPage();
  await page.goto(`${url}/admin/live`);
  const session = await context.newCDPSession(page);
  await session.send('HeapProfiler.enable');
  return { session, close: () => browser.close() };
}

const megabyte = 1024 * 1024;
function residentMegabytes(pid: number): number {
  const [, kilobytes = '0'] = /VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? [];
  return Number(kilobytes) / 1024;
}
async function heapMegabytes(session: Inspector): Promise<number> {
  await session.send('HeapProfiler.collectGarbage');
  return (await session.send('Runtime.getHeapUsage')).usedSize / megabyte;
}

function isFlat(name: string, samples: readonly number[]): boolean {
  const quarter = Math.max(1, Math.floor(samples.length / 4));
  const median = (part: readonly number[]) => part.toSorted((a, b) => a - b)[Math.floor(part.length / 2)] ?? 0;
  const [before, after] = [median(samples.slice(quarter, quarter * 2)), median(samples.slice(-quarter))];
  const flat = after <= before * mostGrowth || after - before <= mostMegabytes;
  console.log(
    `${name}: ${before.toFixed(1)} MB in the second quarter, ${after.toFixed(1)} MB in the last: ${flat ? 'flat' : 'GROWS'}`,
  );
  return flat;
}

const { child, ready, inspector } = startServer();
let failed = true;
try {
  const url = await ready;
  const cookie = await signIn(url);
  const counted = follow(url, cookie);
  const wall = await openWall(url, cookie);
  const inside = await inspect(await inspector);
  const [resident, server, page]: [number[], number[], number[]] = [[], [], []];
  const until = Date.now() + minutes * 60_000;
  while (Date.now() < until) {
    await sleep(everyMs);
    resident.push(residentMegabytes(child.pid ?? 0));
    server.push(await heapMegabytes(inside));
    page.push(await heapMegabytes(wall.session));
  }
  await wall.close();
  inside.close();
  const perReader = counted.ticks / readers;
  console.log(`${minutes} minutes, ${perReader.toFixed(0)} ticks for each of ${readers} readers.`);
  const flat = [isFlat('server, resident', resident), isFlat('server, heap', server), isFlat('page, heap', page)].every(
    Boolean,
  );
  failed = !flat || perReader < minutes * 5;
} finally {
  const ended = once(child, 'exit');
  child.kill('SIGTERM');
  await ended;
  rmSync(directory, { recursive: true, force: true });
}
process.exit(failed ? 1 : 0);
