import pg from 'pg';
import { expect, it, vi } from 'vitest';
import { cloneDatabase } from '#test/postgres.ts';
import { createLogger } from '../observability/logger.ts';
import { Notices } from './notices.ts';

it('a connection on which nothing could be heard is given back before the next is made', async () => {
  const { ownerUrl, drop } = await cloneDatabase();
  const owner = new pg.Client({ connectionString: ownerUrl });
  await owner.connect();
  const listening = async () => {
    const own = `select count(*)::int as count from pg_stat_activity where application_name = 'cordon notices' and datname = current_database()`;
    return (await owner.query<{ count: number }>(own)).rows[0]?.count;
  };
  const notices = new Notices(ownerUrl, createLogger('silent'));
  const heard: string[] = [];
  let refused = 0;
  const ask = pg.Client.prototype.query;
  const query = vi.spyOn(pg.Client.prototype, 'query').mockImplementation(function (
    this: pg.Client,
    ...asked: never[]
  ) {
    const refuses = String(asked[0]).startsWith('listen') && (refused += 1) === 1;
    return refuses ? Promise.reject(new Error('refused')) : ask.apply(this, asked as never);
  } as never);
  notices.hear('hit.', (_, text) => heard.push(text));
  await expect
    .poll(
      async () => {
        await owner.query(`select pg_notify('cordon_told', 'hit.38.a now')`);
        return heard.length;
      },
      { timeout: 10_000 },
    )
    .toBeGreaterThan(0);
  expect(refused).toBe(2);
  expect(await listening()).toBe(1);
  query.mockRestore();
  await notices.close();
  await owner.end();
  await drop();
});
