import { randomUUID } from 'node:crypto';
import { readdirSync } from 'node:fs';
import { afterEach, beforeEach, expect, inject, test } from 'vitest';
import { migrate } from '../src/platform/database/migrate.ts';
import { seedUnits } from '../src/territory/seed-units.ts';
import { asOwner } from './postgres.ts';
import { testRolePasswords } from './test-config.ts';

let name: string;
let url: string;
beforeEach(async () => {
  const { serverUrl } = inject('postgres');
  name = `empty_${randomUUID().replaceAll('-', '')}`;
  url = Object.assign(new URL(serverUrl), { pathname: `/${name}` }).toString();
  await asOwner(serverUrl, (client) => client.query(`create database ${name}`));
});
afterEach(() => asOwner(inject('postgres').serverUrl, (client) => client.query(`drop database ${name} with (force)`)));

const start = () => migrate(url, testRolePasswords, seedUnits);
const count = (table: string) =>
  asOwner(url, async (client) =>
    Number((await client.query<{ count: number }>(`select count(*) from ${table}`)).rows[0]?.count),
  );
const directory = new URL('../src/platform/database/migrations/', import.meta.url);
const migrations = readdirSync(directory).filter((file) => file.endsWith('.sql')).length;

test('nodes that start at once on an empty database apply each migration once, and the units too', async () => {
  await Promise.all([start(), start(), start()]);
  expect(await count('mikro_orm_migrations')).toBe(migrations);
  expect(await count('administrative_unit')).toBe(1 + 63 + 705 + 10_599);
});

test('a second start finds everything done', async () => {
  await start();
  const partitions = await count('pg_inherits');
  await start();
  expect(await count('mikro_orm_migrations')).toBe(migrations);
  expect(await count('pg_inherits')).toBe(partitions);
});
