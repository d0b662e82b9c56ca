import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Figure } from '../figure.ts';

const root = join(import.meta.dirname, '../../..');

/** `npm start` in an empty directory, and again in the same one. Goals as the issue has them, for a quiet machine. */
export async function startFigures(say: (text: string) => void): Promise<Figure[]> {
  const directory = mkdtempSync(join(tmpdir(), 'cordon-bench-start-'));
  chmodSync(directory, 0o755);
  try {
    say('Measuring a fresh start and a second one …');
    const fresh = await start(join(directory, 'data'));
    const second = await start(join(directory, 'data'));
    return [
      figure(
        'start-fresh',
        `npm start in an empty directory${fresh.built ? ', the pages built too' : ', the pages built before'}`,
        fresh.seconds,
        30,
      ),
      figure('start-second', 'npm start again, until it prints its addresses', second.seconds, 5),
    ];
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

const figure = (name: string, what: string, value: number, goal: number): Figure => ({
  name,
  what,
  unit: 's',
  value,
  reference: null,
  ratio: null,
  goal,
  met: value <= goal,
  notes: [],
});

async function start(dataDirectory: string): Promise<{ seconds: number; built: boolean }> {
  const started = performance.now();
  const child = spawn('npm', ['start', '--silent'], {
    cwd: root,
    detached: true,
    env: { ...process.env, NODE_ENV: '', DATA_DIR: dataDirectory, PORT: String(await freePort()) },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const exited = once(child, 'exit');
  let printed = '';
  const ready = new Promise<number>((resolve, reject) => {
    child.stdout.on('data', (text) => {
      printed += String(text);
      if (printed.includes('Ready in')) resolve((performance.now() - started) / 1000);
    });
    child.on('exit', () => reject(new Error(`npm start ended:\n${printed}`)));
  });
  const seconds = await ready;
  // As Ctrl-C in a terminal: to the whole group.
  process.kill(-(child.pid ?? 0), 'SIGINT');
  await exited;
  return { seconds, built: printed.includes('Building the pages') };
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const { port } = probe.address() as AddressInfo;
  probe.close();
  await once(probe, 'close');
  return port;
}
