import { Logger as WorkerLogger, run, runMigrations, type TaskList } from 'graphile-worker';
import pg from 'pg';
import type { Logger } from '../observability/logger.ts';
import { makePartitionsAhead } from './make-partitions.ts';

/** Work by the clock, done once whatever the number of workers, and tried again when it fails: it must bear both. */
export interface Job {
  name: string;
  /** Minute, hour, day, month and weekday, in UTC, and how far back a missed one is made up for: '15 17 * * * ?fill=2d'. */
  when: string;
  run(): Promise<void>;
}

const partitions = '15 17 * * * make_partitions ?fill=2d';
const makePartitions: TaskList = { make_partitions: (_payload, helpers) => helpers.withPgClient(makePartitionsAhead) };

const ownSchemaLock = 3_802_022;

export interface Worker {
  stop(): Promise<void>;
}

/**
 * Starts the job runner as the worker's role. Its tables have row-level security without policies, so the role owns that one
 * schema, and nothing else. Jobs that requests add will go through one definer function of this role.
 */
export async function startWorker(
  url: string,
  ownerUrl: string,
  jobs: readonly Job[],
  logger: Logger,
): Promise<Worker> {
  const quiet = new WorkerLogger(() => (level, message) => {
    if (level === 'error') logger.error({ message }, 'the worker reported an error');
  });
  // A pool of our own: the runner's is left unheard once it has stopped, and a connection that then ends ends the process.
  const pool = new pg.Pool({ connectionString: url, max: 5, application_name: 'cordon worker' });
  const lost = ({ name }: Error) => logger.warn({ error: name }, 'a database connection of the worker was lost');
  pool.on('error', lost);
  pool.on('connect', (client) => client.on('error', lost));
  await makeOwnSchema(pool, ownerUrl, quiet);
  const runner = await run({
    pgPool: pool,
    concurrency: 2,
    noHandleSignals: true,
    crontab: [partitions, ...jobs.map(cronLine)].join('\n'),
    taskList: { ...makePartitions, ...Object.fromEntries(jobs.map((job) => [job.name, () => job.run()])) },
    logger: quiet,
  });
  return {
    async stop() {
      await runner.stop();
      await pool.end();
    },
  };
}

function cronLine({ name, when }: Job): string {
  const [options, ...times] = when.split(' ').reverse();
  return options?.startsWith('?') ? [...times.reverse(), name, options].join(' ') : `${when} ${name}`;
}

/** The role may create a schema for as long as its tables are brought up to date. */
async function makeOwnSchema(pool: pg.Pool, ownerUrl: string, logger: WorkerLogger): Promise<void> {
  const owner = new pg.Client({ connectionString: ownerUrl });
  await owner.connect();
  const database = owner.escapeIdentifier(new URL(ownerUrl).pathname.slice(1));
  try {
    // Nodes that start at once take turns: the one that is done takes the right away again.
    await owner.query('select pg_advisory_lock($1)', [ownSchemaLock]);
    await owner.query(['grant create on database', database, 'to cordon_worker'].join(' '));
    await runMigrations({ pgPool: pool, logger });
    await owner.query(['revoke create on database', database, 'from cordon_worker'].join(' '));
  } finally {
    await owner.end();
  }
}
