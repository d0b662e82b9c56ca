// Before any module with decorators.
import 'reflect-metadata';
import { join } from 'node:path';
import pg from 'pg';
import { announce } from './announce.ts';
import { startApiRole } from './api-role.ts';
import type { Config } from './config.ts';
import { refuseDemoData } from './demo/refuse-demo-data.ts';
import type { SimulatorAddresses } from './demo/registry/start-simulator.ts';
import { holdKeys } from './hold-keys.ts';
import { openRegistry } from './open-registry.ts';
import { startEmbeddedPostgres } from './platform/database/embedded-postgres.ts';
import { migrate } from './platform/database/migrate.ts';
import type { Logger } from './platform/observability/logger.ts';
import { Metrics } from './platform/observability/metrics.ts';
import { seedUnits } from './territory/seed-units.ts';
import { startWorkerRole } from './worker-role.ts';

export interface Running {
  url: string;
  /** The owner's connection, for tests and the demo. */
  ownerUrl: string;
  /** The demo's population database, where it was started. */
  simulator: SimulatorAddresses | null;
  stop(): Promise<void>;
}

/** Starts what ROLES asks for: Postgres where none is given, migrations, the API, the worker. Stops it all in reverse. */
export async function startCordon(config: Config, logger: Logger): Promise<Running> {
  const stops: Array<() => Promise<void>> = [];
  const stop = async () => {
    for (const end of stops.splice(0).reverse()) await end();
  };
  try {
    const opening = openRegistry(config.roles.has('worker') ? config.registry : { kind: 'none' }, stops);
    // Read below; PostgreSQL's failure comes first.
    opening.catch(() => undefined);
    const ownerUrl = await findDatabase(config, stops);
    if (config.migrateAtStart) {
      announce('Bringing the database up to date …');
      await migrate(ownerUrl, config.rolePasswords, seedUnits);
    }
    if (config.mode === 'production') await refuseDemo(ownerUrl);
    const holder = holdKeys(config, logger, stops);
    const metrics = new Metrics();
    const { settings, simulator } = await opening;
    const starting = { config, holder, logger, metrics, ownerUrl, stops };
    const reports = config.roles.has('worker') ? await startWorkerRole(starting, settings) : null;
    const url = config.roles.has('api') ? await startApiRole(starting) : '';
    reports?.begin();
    return { url, ownerUrl, simulator, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function findDatabase(config: Config, stops: Array<() => Promise<void>>): Promise<string> {
  if (config.databaseUrl) return config.databaseUrl;
  announce('Starting PostgreSQL …');
  const postgres = await startEmbeddedPostgres({
    directory: join(config.dataDir, 'postgres'),
    password: config.embeddedPassword,
  });
  stops.push(() => postgres.stop());
  return postgres.url;
}

async function refuseDemo(ownerUrl: string): Promise<void> {
  const owner = new pg.Client({ connectionString: ownerUrl });
  await owner.connect();
  try {
    await refuseDemoData(owner);
  } finally {
    await owner.end();
  }
}
