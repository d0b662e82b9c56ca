import { run, runMigrations, type Runner, type TaskList } from 'graphile-worker';
import { Logger as WorkerLogger } from 'graphile-worker';
import pg from 'pg';
import type { Logger } from '../observability/logger.ts';
import { makePartitionsAhead } from './make-partitions.ts';

/** What the worker does by the clock, in UTC. */
const crontab = '15 17 * * * make_partitions ?fill=2d';
const tasks: TaskList = { make_partitions: (_payload, helpers) => helpers.withPgClient(makePartitionsAhead) };

/**
 * Starts the job runner as the worker's role. Its own tables are made by the owner, since the role owns nothing; jobs are
 * added through one definer function, which comes with the first job that a request adds.
 */
export async function startWorker(url: string, ownerUrl: string, logger: Logger): Promise<Runner> {
  const quiet = new WorkerLogger(() => (level, message) => {
    if (level === 'error') logger.error({ message }, 'the worker reported an error');
  });
  await prepareTables(ownerUrl, quiet);
  return run({ connectionString: url, concurrency: 2, noHandleSignals: true, crontab, taskList: tasks, logger: quiet });
}

async function prepareTables(ownerUrl: string, logger: WorkerLogger): Promise<void> {
  await runMigrations({ connectionString: ownerUrl, logger });
  const owner = new pg.Client({ connectionString: ownerUrl });
  await owner.connect();
  try {
    await owner.query('grant usage on schema graphile_worker to cordon_worker');
    await owner.query('grant select, insert, update, delete on all tables in schema graphile_worker to cordon_worker');
    await owner.query('grant usage on all sequences in schema graphile_worker to cordon_worker');
    await owner.query('grant execute on all functions in schema graphile_worker to cordon_worker');
    await owner.query('revoke execute on all functions in schema graphile_worker from public');
  } finally {
    await owner.end();
  }
}
