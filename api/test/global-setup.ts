import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { startEmbeddedPostgres } from '../src/platform/database/embedded-postgres.ts';
import { migrate } from '../src/platform/database/migrate.ts';
import { seedUnits } from '../src/territory/seed-units.ts';
import { asOwner } from './postgres.ts';
import { testRolePasswords } from './test-config.ts';

/** One Postgres for the whole run (TEST_DATABASE_URL, or the embedded one), with one migrated template to clone. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const given = process.env['TEST_DATABASE_URL'];
  const directory = given ? null : await mkdtemp(join(tmpdir(), 'cordon-test-'));
  // mkdtemp makes it for its owner alone; as root, Postgres runs as somebody else.
  if (directory) await chmod(directory, 0o755);
  const embedded = directory
    ? await startEmbeddedPostgres({
        directory: join(directory, 'postgres'),
        password: 'test',
        settings: ['max_connections=400'],
      })
    : null;
  const serverUrl = given ?? embedded?.url ?? '';
  const template = `template_${process.pid}`;
  await asOwner(serverUrl, (client) => client.query(`create database ${template}`));
  const url = new URL(serverUrl);
  url.pathname = `/${template}`;
  await migrate(url.toString(), testRolePasswords, seedUnits);
  project.provide('postgres', { serverUrl, template, dataDirectory: directory });
  return async () => {
    await asOwner(serverUrl, (client) => client.query(`drop database if exists ${template} with (force)`));
    await embedded?.stop();
    if (directory) await rm(directory, { recursive: true, force: true });
  };
}
