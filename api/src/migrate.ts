// npm run migrate: brings the database up to date and ends, for deployments where starting nodes should not.
import { join } from 'node:path';
import { readConfig } from './config.ts';
import { ConfigError } from './platform/config-error.ts';
import { startEmbeddedPostgres } from './platform/database/embedded-postgres.ts';
import { migrate } from './platform/database/migrate.ts';
import { explainFailure } from './start-failures.ts';
import { seedUnits } from './territory/seed-units.ts';

try {
  const { databaseUrl, dataDir, embeddedPassword, rolePasswords } = readConfig(process.env);
  const embedded = databaseUrl
    ? null
    : await startEmbeddedPostgres({ directory: join(dataDir, 'postgres'), password: embeddedPassword });
  try {
    await migrate(databaseUrl ?? embedded?.url ?? '', rolePasswords, seedUnits);
  } finally {
    await embedded?.stop();
  }
  console.log('The database is up to date.');
} catch (error) {
  console.error(error instanceof ConfigError ? error.message : explainFailure(error));
  process.exitCode = 1;
}
