import { expect, it } from 'vitest';
import { cloneDatabase, asOwner } from '#test/postgres.ts';
import { testRolePasswords } from '#test/test-config.ts';
import { createLogger } from '../observability/logger.ts';
import { startWorker } from './worker.ts';

it('the worker makes the partitions that are missing, as a role that owns its one schema only', async () => {
  const { ownerUrl, drop } = await cloneDatabase();
  const url = new URL(ownerUrl);
  url.username = 'cordon_worker';
  url.password = testRolePasswords.worker;
  const worker = await startWorker(url.toString(), ownerUrl, [], createLogger('silent'));
  await asOwner(ownerUrl, async (owner) => {
    const partitions = async () =>
      (
        await owner.query(`select relname from pg_class where relkind = 'r' and relname ~ '^passage_2' order by 1`)
      ).rows.map(({ relname }) => relname as string);
    const before = await partitions();
    await owner.query(['drop table', owner.escapeIdentifier(before.at(-1) ?? '')].join(' '));
    await asOwner(url.toString(), (client) => client.query(`select graphile_worker.add_job('make_partitions')`));
    // A week that began meanwhile has one more.
    await expect.poll(partitions, { timeout: 10_000 }).toEqual(expect.arrayContaining(before));
    const { rows } = await owner.query(
      `select distinct n.nspname from pg_class c join pg_namespace n on n.oid = c.relnamespace where pg_get_userbyid(c.relowner) = 'cordon_worker' and n.nspname !~ '^pg_'`,
    );
    expect(rows).toEqual([{ nspname: 'graphile_worker' }]);
    expect(
      (await owner.query(`select has_database_privilege('cordon_worker', current_database(), 'create') as may`)).rows,
    ).toEqual([{ may: false }]);
  });
  await worker.stop();
  await drop();
});
