import type pg from 'pg';
import { ConfigError } from '../platform/config-error.ts';

/** Production does not start on a database that a demo was loaded into: its password was printed to a terminal. */
export async function refuseDemoData(client: Pick<pg.Client, 'query'>): Promise<void> {
  const { rows } = await client.query<{ username: string }>(
    'select username from account where demo order by username limit 10',
  );
  if (rows.length === 0) return;
  const names = rows.map(({ username }) => username).join(', ');
  throw new ConfigError([
    `DATABASE_URL leads to a database that holds demo accounts (${names}): use one that no demo was loaded into`,
  ]);
}
