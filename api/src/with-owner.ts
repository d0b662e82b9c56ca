import { join } from 'node:path';
import type { Config } from './config.ts';
import { openDatabase, type Database } from './platform/database/database.ts';
import { joinEmbeddedPostgres } from './platform/database/embedded-postgres.ts';

/** Works on the database as its owner, as commands do; the embedded one is joined where a server holds it. */
export async function withOwner<T>(
  config: Pick<Config, 'databaseUrl' | 'embeddedPassword' | 'dataDir'>,
  limits: { longestMs?: number },
  work: (database: Database) => Promise<T>,
): Promise<T> {
  const directory = join(config.dataDir, 'postgres');
  const embedded = config.databaseUrl
    ? null
    : await joinEmbeddedPostgres({ directory, password: config.embeddedPassword });
  const url = config.databaseUrl ?? embedded?.url ?? '';
  const database = await openDatabase({ url, poolSize: 2, entities: [], onError: () => undefined, ...limits });
  try {
    return await work(database);
  } finally {
    await database.close();
    await embedded?.stop();
  }
}
