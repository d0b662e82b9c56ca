import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

/** Builds admin-ui into admin-ui/dist, only when something that goes into it changed since the last build. */
export async function buildPages({ root, bin, node, say, signal }) {
  const dist = join(root, 'admin-ui/dist');
  const stamp = join(dist, '.build-hash');
  // The server serves this directory from its start on, whatever is in it by then.
  mkdirSync(dist, { recursive: true });
  const wanted = sourcesHash(root);
  const built = () => existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted;
  if (built()) return;
  await withLock(join(root, 'admin-ui/.building'), say, signal, async () => {
    if (built()) return;
    say(existsSync(stamp) ? 'Building the pages, which changed …' : 'Building the pages (first start only) …');
    for (const command of commands(bin)) await run(node, command, root, signal);
    writeFileSync(stamp, wanted);
    say('The pages are built.');
  });
}

const commands = (bin) => [
  [join(bin, 'graphql-codegen'), '--config', 'codegen.yml'],
  [join(bin, 'vite'), 'build', 'admin-ui', '--logLevel', 'error'],
];

const left = /(^|\/)(dist|node_modules|gql|test|\.building)(\/|$)|\.test\.ts$/;
const sharedFile = /\/shared\/.*(?<!\.test)\.ts$/;

/** Everything the build reads: the pages' sources, the API's shared folders, the schema, the lock file. */
function sourcesHash(root) {
  const files = [
    ...filesBelow(join(root, 'admin-ui')).filter((file) => !left.test(file)),
    ...filesBelow(join(root, 'api/src')).filter((file) => sharedFile.test(file)),
    ...['schema.graphql', 'codegen.yml', 'package-lock.json'],
  ];
  const hash = createHash('sha256');
  for (const file of files.sort()) {
    hash
      .update(file)
      .update('\0')
      .update(readFileSync(join(root, file)));
  }
  return hash.digest('hex');

  /** Paths from the root on: what the folders above it are called plays no part. */
  function filesBelow(directory) {
    return readdirSync(directory, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => relative(root, join(entry.parentPath ?? entry.path, entry.name)).replaceAll('\\', '/'));
  }
}

/** Two starts at once build once. The lock is a directory with the builder's process id; that of a dead one is taken over. */
async function withLock(lock, say, signal, work) {
  for (let told = false; !signal.aborted; told = true) {
    if (tryLock(lock)) break;
    if (!told) say('Another start is building the pages; waiting for it …');
    await sleep(300);
  }
  if (signal.aborted) return;
  try {
    await work();
  } finally {
    rmSync(lock, { recursive: true, force: true });
  }
}

function tryLock(lock) {
  try {
    mkdirSync(lock);
    writeFileSync(join(lock, 'pid'), String(process.pid));
    return true;
  } catch {
    if (!isHeld(lock)) rmSync(lock, { recursive: true, force: true });
    return false;
  }
}

function isHeld(lock) {
  try {
    process.kill(Number(readFileSync(join(lock, 'pid'), 'utf8')) || process.pid, 0);
    return true;
  } catch (error) {
    // Just made, its id not yet written: held. No such process: left behind.
    return error.code === 'ENOENT'
      ? Date.now() - (statSync(lock, { throwIfNoEntry: false })?.mtimeMs ?? 0) < 5_000
      : error.code === 'EPERM';
  }
}

/** Runs a command quietly; what it said is told only when it fails. */
function run(node, command, cwd, signal) {
  return new Promise((resolve, reject) => {
    const child = spawn(node, command, {
      cwd,
      stdio: ['ignore', 'pipe', 'pipe'],
      signal,
      detached: true,
      env: { ...process.env, NODE_ENV: 'production' },
    });
    let said = '';
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (text) => (said += text));
    child.on('error', reject);
    child.on('exit', (code) => (code === 0 ? resolve() : reject(new Error(`The pages could not be built:\n${said}`))));
  });
}
