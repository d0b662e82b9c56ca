import { once } from 'node:events';
import { createServer } from 'node:net';
import { type Config } from './config.ts';
import { ConfigError } from './platform/config-error.ts';

/** Fails before anything is started where the port is taken: the first start takes long enough. */
export async function refuseUsedPort({ host, port, roles }: Config): Promise<void> {
  if (port === 0 || !roles.has('api')) return;
  const probe = createServer().listen({ port, host, exclusive: true });
  try {
    await once(probe, 'listening');
  } catch (error) {
    throw new ConfigError([portProblem(error as NodeJS.ErrnoException, host, port)]);
  }
  probe.close();
  await once(probe, 'close');
}

function portProblem({ code }: NodeJS.ErrnoException, host: string, port: number): string {
  if (code === 'EADDRINUSE')
    return `PORT ${port} is in use. Stop what uses it, or set another one: PORT=${port + 1} npm start (a second Cordon also needs a DATA_DIR of its own)`;
  if (code === 'EACCES') return `PORT ${port} may not be used by this user: set one above 1023, for example PORT=4000`;
  return `HOST ${host} is no address of this machine (${code ?? 'unknown'}): set HOST=127.0.0.1, or 0.0.0.0 for all of its addresses`;
}

const databaseFaults: Record<string, string> = {
  ECONNREFUSED: 'DATABASE_URL: no PostgreSQL answers there',
  ENOTFOUND: 'DATABASE_URL: its host is unknown',
  ETIMEDOUT: 'DATABASE_URL: its host does not answer',
  '28P01': 'DATABASE_URL: PostgreSQL refuses the user or the password',
  '28000': 'DATABASE_URL: PostgreSQL refuses this user from here',
  '3D000': 'DATABASE_URL: there is no such database; create it first',
  '42501':
    'DATABASE_URL: this user may not create the tables and roles; use the owner of the database, with CREATEROLE',
};

/** What an operator can do about a failed start, where it is known; else the error itself. */
export function explainFailure(error: unknown): string {
  if (!(error instanceof Error)) return `Cordon could not start: ${String(error)}`;
  if (error instanceof ConfigError) return error.message;
  const { code = '' } = error as NodeJS.ErrnoException;
  const known = databaseFaults[code];
  return known ? new ConfigError([known]).message : `Cordon could not start: ${error.stack ?? error.message}`;
}
