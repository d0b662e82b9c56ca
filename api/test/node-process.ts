import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { Keyring } from '../src/platform/crypto/keyring.ts';
import type { Keys } from '../src/platform/crypto/keys.ts';
import { testKeys, testRolePasswords } from './test-config.ts';

/** One API node as an operator runs it: a process of its own, which signals and kills reach. */
export interface NodeProcess {
  url: string;
  /** All that it has written to its output and error streams. */
  output(): string;
  signal(signal: 'SIGTERM' | 'SIGKILL'): void;
  /** Resolves with the exit code; null after SIGKILL. */
  exited: Promise<number | null>;
}

const settingOf = (keyring: Keyring) =>
  keyring.ids.map((id) => `${id}:${keyring.byId(id).export().toString('base64')}`).join(',');

export async function startNode(
  ownerUrl: string,
  options: { keys?: Partial<Keys>; settings?: Record<string, string> } = {},
): Promise<NodeProcess> {
  const keys = { ...testKeys, ...options.keys };
  const child = fork(fileURLToPath(new URL('../src/serve.ts', import.meta.url)), [], {
    execArgv: ['--import', 'tsx'],
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    env: {
      PATH: process.env['PATH'],
      PORT: '0',
      HOST: '127.0.0.1',
      DATABASE_URL: ownerUrl,
      DATABASE_API_PASSWORD: testRolePasswords.api,
      DATABASE_WORKER_PASSWORD: testRolePasswords.worker,
      MIGRATE_AT_START: 'false',
      ROLES: 'api',
      DEMO_DATA: 'false',
      LOG_LEVEL: 'info',
      SEALING_KEYS: settingOf(keys.sealing),
      LOOKUP_KEYS: settingOf(keys.lookup),
      SIGNING_KEYS: settingOf(keys.signing),
      SESSION_KEYS: settingOf(keys.session),
      ...options.settings,
    },
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr])
    stream?.setEncoding('utf8').on('data', (text: string) => void (output += text));
  const exited = once(child, 'exit').then(([code]) => code as number | null);
  const url = await new Promise<string>((resolve, reject) => {
    child.on('message', (message: { ready?: { url: string }; failed?: string }) => {
      if (message.ready) resolve(message.ready.url);
      if (message.failed) reject(new Error(message.failed));
    });
    void exited.then((code) => reject(new Error(`The node ended with ${code} before it was ready: ${output}`)));
  });
  return { url, output: () => output, signal: (signal) => void child.kill(signal), exited };
}
