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

const tablesLock = 3_802_022;

const rights = [
  'grant usage on schema graphile_worker to cordon_worker',
  'grant select, insert, update, delete on all tables in schema graphile_worker to cordon_worker',
  'grant usage on all sequences in schema graphile_worker to cordon_worker',
  'grant execute on all functions in schema graphile_worker to cordon_worker',
  'revoke execute on all functions in schema graphile_worker from public',
  // Its tables have row-level security without a policy: nobody but their owner sees a row.
  `do $$
   declare name text;
   begin
     for name in select oid::regclass from pg_class c where relnamespace = 'graphile_worker'::regnamespace and relrowsecurity
       and not exists (select from pg_policy where polrelid = c.oid and polname = 'worker_alone')
     loop
       execute format('create policy worker_alone on %s to cordon_worker using (true) with check (true)', name);
     end loop;
   end $$`,
];

/** Nodes that start at once take turns: granting on the same object at once is an error. */
async function prepareTables(ownerUrl: string, logger: WorkerLogger): Promise<void> {
  const owner = new pg.Client({ connectionString: ownerUrl });
  await owner.connect();
  try {
    await owner.query('select pg_advisory_lock($1)', [tablesLock]);
    await runMigrations({ connectionString: ownerUrl, logger });
    for (const statement of rights) await owner.query(statement);
  } finally {
    await owner.end();
  }
}
