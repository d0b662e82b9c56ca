import { fork } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { makeReachable } from './embedded-access.ts';
import { portInUse, refuseHeldDirectory } from './embedded-holder.ts';

export interface RunningPostgres {
  /** Address of the owner's connection, database `postgres`. */
  url: string;
  stop(): Promise<void>;
}

// Statements, parameters and failing rows must never reach a log: they can hold a person's data
// (findings/security.md section 7b). fsync and checksums stay at their safe defaults.
const quietLogs = ['log_error_verbosity=terse', 'log_min_error_statement=panic', 'log_parameter_max_length=0'];

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const { port } = probe.address() as AddressInfo;
  probe.close();
  await once(probe, 'close');
  return port;
}

const urlOf = (port: number, password: string): string =>
  `postgres://cordon:${encodeURIComponent(password)}@127.0.0.1:${port}/postgres`;

/** For commands beside a running server: its Postgres where it runs, else one started for as long as the command takes. */
export async function joinEmbeddedPostgres(options: { directory: string; password: string }): Promise<RunningPostgres> {
  const port = portInUse(makeReachable(options.directory).directory);
  if (port === null) return startEmbeddedPostgres(options);
  return { url: urlOf(port, options.password), stop: async () => undefined };
}

/** Starts (and, the first time, creates) the Postgres of a data directory on a free port of this machine. */
export async function startEmbeddedPostgres(options: {
  directory: string;
  password: string;
  settings?: string[];
}): Promise<RunningPostgres> {
  const { directory, binaries } = makeReachable(options.directory);
  await refuseHeldDirectory(directory);
  const port = await freePort();
  const settings = ['listen_addresses=127.0.0.1', 'unix_socket_directories=', 'timezone=UTC', ...quietLogs];
  const flags = [...settings, ...(options.settings ?? [])].flatMap((setting) => ['-c', setting]);
  const child = fork(
    fileURLToPath(new URL('./embedded-postgres-process.ts', import.meta.url)),
    [directory, binaries ?? '', String(port), ...flags],
    {
      detached: true,
      execArgv: ['--disable-warning=ExperimentalWarning'],
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    },
  );
  const exited = once(child, 'exit');
  child.send(options.password);
  const [answer] = (await Promise.race([once(child, 'message'), exited])) as [
    { ready?: boolean; why?: string } | number,
  ];
  if (typeof answer !== 'object' || !answer?.ready) {
    const why = typeof answer === 'object' ? answer?.why : `its process ended with ${answer}`;
    throw new Error(`The embedded PostgreSQL could not start in ${directory}: ${why}`);
  }
  child.unref();
  child.channel?.unref();
  return {
    url: urlOf(port, options.password),
    async stop() {
      if (child.exitCode !== null) return;
      child.ref();
      child.send('stop');
      await exited;
    },
  };
}
