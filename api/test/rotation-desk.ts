import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import {
  newFiledKey,
  readKeysFile,
  writeKeysFile,
  type KeysFile,
  type RingName,
} from '../src/platform/crypto/keys-file.ts';
import { newUuid7 } from '../src/platform/shared/uuid7.ts';
import { startNode, type NodeProcess } from './node-process.ts';
import { cloneDatabase } from './postgres.ts';
import { startServer } from './server.ts';
import { testRolePasswords } from './test-config.ts';

const officers = ['lane.1', 'lane.2', 'lane.3'];
const noRings = { SEALING_KEYS: '', LOOKUP_KEYS: '', SIGNING_KEYS: '', SESSION_KEYS: '' };

/** Two servers that share a file of keys and a database, as an operator runs them, and the operator's command. */
export interface RotationDesk {
  ownerUrl: string;
  path: string;
  nodes: NodeProcess[];
  checkpoint: string;
  /** At that checkpoint, each for a lane of people. */
  officers: string[];
  file(): KeysFile;
  /** Runs npm run keys:rotate; answers its exit code and what it said. */
  rotate(...args: string[]): Promise<{ code: number; said: string }>;
  /** As if the ring's earlier key had stopped being first long ago. */
  letTimePass(ring: RingName): void;
  /** Runs npm run keys:file with these settings. */
  makeFile(settings: Record<string, string>): Promise<{ code: number; said: string }>;
  stop(): Promise<void>;
}

export async function rotationDesk(): Promise<RotationDesk> {
  const { ownerUrl, drop } = await cloneDatabase();
  const arranging = await startServer({ database: { ownerUrl } });
  const checkpoint = arranging.checkpoints.docXay;
  await arranging.sql(
    `with lanes as (insert into account select gen, 'lane.' || n, full_name, password_hash, false, roles, unit_id, province_code, true, false, now()
       from account, unnest($1::uuid[]) with ordinality as l (gen, n) where username = 'officer.38' returning id)
     insert into account_checkpoint select id, $2 from lanes`,
    [officers.map(() => newUuid7()), checkpoint],
  );
  await arranging.stop();
  const directory = mkdtempSync(join(tmpdir(), 'cordon-keys-'));
  const path = join(directory, 'keys.json');
  const aRing = () => [newFiledKey(new Date())];
  writeKeysFile(path, { sealing: aRing(), lookup: aRing(), signing: aRing(), session: aRing() });
  const settings = { ...noRings, KEYS_FILE: path };
  const nodes = await Promise.all([startNode(ownerUrl, { settings }), startNode(ownerUrl, { settings })]);
  return {
    ownerUrl,
    path,
    nodes,
    checkpoint,
    officers,
    file: () => readKeysFile(path),
    rotate: (...args) => runCommand('rotate-keys', args, { DATABASE_URL: ownerUrl, ...settings }),
    makeFile: (given) => runCommand('make-keys-file', [], given),
    letTimePass(ring) {
      const file = readKeysFile(path);
      const keys = file[ring].map((key) => ({ ...key, retiredAt: key.retiredAt && '2026-01-01T00:00:00.000Z' }));
      writeKeysFile(path, { ...file, [ring]: keys });
    },
    async stop() {
      for (const node of nodes) node.signal('SIGTERM');
      await Promise.all(nodes.map((node) => node.exited));
      rmSync(directory, { recursive: true });
      await drop();
    },
  };
}

async function runCommand(
  command: string,
  args: string[],
  settings: Record<string, string>,
): Promise<{ code: number; said: string }> {
  const child = fork(fileURLToPath(new URL(`../src/${command}.ts`, import.meta.url)), args, {
    execArgv: ['--import', 'tsx'],
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    env: {
      PATH: process.env['PATH'],
      DATABASE_API_PASSWORD: testRolePasswords.api,
      DATABASE_WORKER_PASSWORD: testRolePasswords.worker,
      ...settings,
    },
  });
  let said = '';
  for (const stream of [child.stdout, child.stderr])
    stream?.setEncoding('utf8').on('data', (text: string) => void (said += text));
  const [code] = (await once(child, 'close')) as [number];
  return { code, said };
}
