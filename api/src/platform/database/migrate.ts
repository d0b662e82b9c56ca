import { readdirSync, readFileSync } from 'node:fs';
import { Migration, Migrator } from '@mikro-orm/migrations';
import pg from 'pg';
import { DAY_MS } from '../shared/instant.ts';
import { MikroORM } from './mikro-orm.ts';

const directory = new URL('./migrations/', import.meta.url);
const migrationLock = 3_802_021;
const requiredRoles = ['cordon_api', 'cordon_worker'] as const;

export interface RolePasswords {
  api: string;
  worker: string;
}

/** Each migration is a file of plain SQL, so that squawk and people can read it; the ORM's runner keeps the account. */
function migrationsList() {
  return readdirSync(directory)
    .filter((file) => file.endsWith('.sql'))
    .sort()
    .map((file) => {
      const text = readFileSync(new URL(file, directory), 'utf8');
      return {
        name: file.replace(/\.sql$/, ''),
        class: class extends Migration {
          override up(): void {
            this.addSql(text);
          }
        },
      };
    });
}

/** Roles belong to the whole server, which several databases and starting nodes may share. */
async function ensureRoles(client: pg.Client, passwords: RolePasswords): Promise<void> {
  const secret = { cordon_api: passwords.api, cordon_worker: passwords.worker };
  for (const role of requiredRoles) {
    const { rowCount } = await client.query('select from pg_roles where rolname = $1', [role]);
    const verb = rowCount === 0 ? 'create' : 'alter';
    // Utility statements take no parameters: format() inside the server quotes the secret.
    const { rows } = await client.query<{ statement: string }>(
      `select format('%s role %I with login nosuperuser nocreatedb nocreaterole nobypassrls password %L', $1::text, $2::text, $3::text) as statement`,
      [verb, role, secret[role]],
    );
    await client.query(rows[0]?.statement ?? '').catch((error: { code?: string }) => {
      // Another node of another database made the same role a moment ago.
      if (!['42710', '23505', 'XX000'].includes(error.code ?? '')) throw error;
    });
  }
}

const partitioned = ['declaration', 'passage', 'outbox', 'audit_entry', 'audit_access'];
const isoDay = (time: number) => new Date(time).toISOString().slice(0, 10);

/** Weekly partitions for ids up to 14 days old and for the five weeks to come. */
export async function ensurePartitions(
  client: pg.Client | pg.PoolClient,
  from = Date.now() - 21 * DAY_MS,
): Promise<void> {
  for (const table of partitioned) {
    await client.query('select ensure_weekly_partitions($1, $2, $3)', [
      table,
      isoDay(from),
      isoDay(Date.now() + 35 * DAY_MS),
    ]);
  }
}

/** Brings a database up to date as its owner; any number of nodes may call it at once, each step happens once. */
export async function migrate(
  ownerUrl: string,
  passwords: RolePasswords,
  seed?: (client: pg.Client) => Promise<void>,
): Promise<void> {
  const client = new pg.Client({ connectionString: ownerUrl, application_name: 'cordon migrate' });
  await client.connect();
  try {
    await client.query('select pg_advisory_lock($1)', [migrationLock]);
    await ensureRoles(client, passwords);
    await runMigrations(ownerUrl);
    await ensurePartitions(client);
    await seed?.(client);
  } finally {
    await client.end();
  }
}

async function runMigrations(ownerUrl: string): Promise<void> {
  const orm = await MikroORM.init({
    clientUrl: ownerUrl,
    entities: [],
    discovery: { warnWhenNoEntities: false },
    extensions: [Migrator],
    migrations: { migrationsList: migrationsList(), snapshot: false, silent: true, disableForeignKeys: false },
    pool: { min: 0, max: 2 },
  });
  try {
    await orm.migrator.up();
  } finally {
    await orm.close(true);
  }
}
