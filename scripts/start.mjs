// npm start: builds the pages when they changed, starts the server beside it, says what it does, and leaves nothing
// behind. Plain JavaScript that Node 20 runs; everything else runs on the Node 24 that npm ci installed.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildPages } from './build-pages.mjs';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const bin = join(root, 'node_modules', '.bin');
const node = join(bin, process.platform === 'win32' ? 'node.exe' : 'node');
const startedAt = performance.now();
const seconds = () => ((performance.now() - startedAt) / 1000).toFixed(1);
const say = (line) => console.log(`${seconds().padStart(6)} s  ${line}`);
const stopping = new AbortController();

if (!existsSync(node)) {
  console.error('The packages are not installed yet. Run this first:  npm ci');
  process.exit(1);
}

/** Starts the API in a process group of its own: a Ctrl-C reaches this process alone, which then lets the API drain. */
function startServer() {
  const server = spawn(node, ['--enable-source-maps', '--import', 'tsx', join(root, 'api/src/serve.ts')], {
    cwd: root,
    detached: true,
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    env: {
      ...process.env,
      PATH: `${bin}:${process.env.PATH ?? ''}`,
      NODE_COMPILE_CACHE: process.env.NODE_COMPILE_CACHE ?? join(root, 'node_modules/.cache/compile'),
    },
  });
  const ready = new Promise((resolve, reject) => {
    server.on('message', (message) => {
      if (message.step) say(message.step);
      if (message.ready) resolve(message.ready);
      if (message.failed) reject(new Error(message.failed));
    });
    server.on('exit', () => reject(new Error('The server ended before it was ready.')));
  });
  const exited = new Promise((resolve) => server.on('exit', (code) => resolve(code ?? 1)));
  return { process: server, ready, exited };
}

function printAddresses({ url, demo, simulator }) {
  const pages = [
    ['Citizens', '/'],
    ['Officers', '/officer'],
    ['Administrators', '/admin'],
  ];
  console.log(`\nReady in ${seconds()} s\n`);
  for (const [who, path] of pages) console.log(`  ${who.padEnd(16)}${url}${path}`);
  if (demo) {
    console.log(`\nDemo sign-ins, all with the password  ${demo.password}`);
    for (const { username, what } of demo.signIns) console.log(`  ${username.padEnd(16)}${what}`);
  }
  if (demo?.sandbox.secret) {
    console.log(`\nSandbox for partner apps  ${url}/oauth/token`);
    console.log(`  client id       ${demo.sandbox.clientId}\n  secret          ${demo.sandbox.secret}`);
  }
  if (simulator) console.log(`\nSimulated population database ${simulator.url}, its faults ${simulator.control}`);
  console.log('\nStop with Ctrl-C.\n');
}

const server = startServer();
let asked = 0;
function stop() {
  stopping.abort();
  asked += 1;
  if (asked === 1) say('Stopping: answering what is under way, then ending PostgreSQL. Ctrl-C again ends it at once.');
  // PostgreSQL's keeper sees its parent go and ends PostgreSQL either way.
  server.process.kill(asked === 1 ? 'SIGTERM' : 'SIGKILL');
}
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, stop);
stopWhenNpmIsGone();

/** npm passes a signal to its shell only, and not every shell passes it on: then this process is left an orphan. */
function stopWhenNpmIsGone() {
  const parent = process.ppid;
  if (!process.env.npm_lifecycle_event) return;
  const watch = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(watch);
    stop();
  }, 500);
  watch.unref();
}

try {
  const [ready] = await Promise.all([server.ready, buildPages({ root, bin, node, say, signal: stopping.signal })]);
  printAddresses(ready);
} catch (error) {
  if (!stopping.signal.aborted) {
    console.error(`\n${error.message}\n`);
    process.exitCode = 1;
    server.process.kill('SIGTERM');
  }
}
const code = await server.exited;
if (!stopping.signal.aborted && !process.exitCode) console.error(`\nThe server ended by itself (${code}).\n`);
else if (stopping.signal.aborted) say('Stopped.');
process.exit(stopping.signal.aborted ? 0 : process.exitCode || code || 1);
