import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

const root = dirname(dirname(import.meta.dirname));

/** What an operator's shell hands on, without what the test runner set. */
const shell = Object.fromEntries(['PATH', 'HOME', 'LANG', 'TMPDIR'].map((name) => [name, process.env[name]]));

const made: string[] = [];

export function aDataDirectory(): string {
  const directory = mkdtempSync(join(tmpdir(), 'cordon-start-'));
  chmodSync(directory, 0o755);
  made.push(directory);
  return join(directory, 'data');
}

export function removeDataDirectories(): void {
  for (const directory of made.splice(0)) rmSync(directory, { recursive: true, force: true });
}

export async function aFreePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const { port } = probe.address() as AddressInfo;
  probe.close();
  return port;
}

export interface Started {
  process: ChildProcess;
  output(): string;
  /** Waits until a text was printed, or the command ended. */
  until(text: string): Promise<void>;
  /** What Ctrl-C in a terminal does: a signal to every process of the foreground group. */
  pressCtrlC(): void;
  exited: Promise<number | null>;
}

/** Runs a command of package.json as from a terminal: in a process group of its own. */
export function npm(script: string, settings: Record<string, string>): Started {
  const child = spawn('npm', ['run', '--silent', script], {
    cwd: root,
    detached: true,
    env: { ...shell, ...settings },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let printed = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (text) => (printed += String(text)));
  const exited = once(child, 'close').then(([code]) => code as number | null);
  let ended = false;
  void exited.then(() => (ended = true));
  return {
    process: child,
    output: () => printed,
    exited,
    async until(text) {
      while (!printed.includes(text) && !ended) await sleep(50);
      if (!printed.includes(text)) throw new Error(`It ended before it said "${text}":\n${printed}`);
    },
    pressCtrlC: () => void process.kill(-(child.pid ?? 0), 'SIGINT'),
  };
}

/** Processes that were started with a setting, their children included: an environment is handed down. */
export function processesWith(setting: string): string[] {
  return readdirSync('/proc')
    .filter((pid) => /^\d+$/.test(pid))
    .flatMap((pid) => {
      try {
        const own = readFileSync(`/proc/${pid}/environ`, 'utf8').split('\0').includes(setting);
        return own ? [readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ')] : [];
      } catch {
        return [];
      }
    });
}

export async function untilNoneIsLeft(setting: string, withinMs = 10_000): Promise<void> {
  const end = Date.now() + withinMs;
  while (processesWith(setting).length > 0 && Date.now() < end) await sleep(100);
}
