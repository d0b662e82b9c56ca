import { hash } from '@node-rs/argon2';
import pg from 'pg';
import { demoCheckpoints } from '#api/demo/demo-checkpoints.ts';
import { ensurePartitions, migrate } from '#api/platform/database/migrate.ts';
import { newUuid7 } from '#api/platform/shared/uuid7.ts';
import { seedUnits } from '#api/territory/seed-units.ts';
import { administrator, benchConfig, officer, password, provinceCode } from '../settings.ts';
import type { Sizes } from '../sizes.ts';
import { loadJourneys } from './journeys.ts';
import { loadPeople } from './people.ts';

const day = 86_400_000;
const idle = { memoryCost: 1_024, timeCost: 1, parallelism: 1 };

/** Brings an empty database up to date and fills the province, unless that was done before. */
export async function loadProvince(ownerUrl: string, sizes: Sizes): Promise<{ passages: number }> {
  const config = benchConfig(ownerUrl);
  await migrate(ownerUrl, config.rolePasswords, seedUnits);
  const connect = async () => {
    const client = new pg.Client({ connectionString: ownerUrl });
    await client.connect();
    return client;
  };
  const owner = await connect();
  try {
    const { rowCount } = await owner.query('select from account limit 1');
    if (!rowCount) await fill(owner, connect, sizes);
    const { rows } = await owner.query<{ passages: number }>('select count(*)::int as passages from passage');
    return { passages: rows[0]?.passages ?? 0 };
  } finally {
    await owner.end();
  }
}

async function fill(owner: pg.Client, connect: () => Promise<pg.Client>, sizes: Sizes): Promise<void> {
  const now = Date.now();
  const start = now - sizes.days * day;
  await ensurePartitions(owner, start - day);
  const { rows } = await owner.query<{ unit_id: string }>(
    "select unit_id from administrative_unit where province_code = $1 and level = 'COMMUNE' order by unit_id",
    [provinceCode],
  );
  const communes = rows.map(({ unit_id }) => unit_id);
  const checkpoints = await addCheckpoints(owner, now);
  await loadPeople(owner, benchConfig('').keys, sizes.people, communes, start);
  const officerId = newUuid7();
  await loadJourneys(connect, { ...sizes, communes, officerId, checkpoints }, now);
  await owner.query('vacuum analyze');
  await addAccounts(owner, officerId, checkpoints);
}

async function addCheckpoints(owner: pg.Client, now: number): Promise<Array<{ id: string; unitId: string }>> {
  const checkpoints = demoCheckpoints.map((checkpoint) => ({
    ...checkpoint,
    id: newUuid7(now),
    unitId: `${checkpoint.unitCode}@2021`,
  }));
  for (const { id, code, name, unitId, kind, latitude, longitude } of checkpoints) {
    await owner.query('insert into checkpoint values ($1, $2, $3, $4, $5, $6, $7, $8, true, now())', [
      id,
      code,
      name,
      unitId,
      provinceCode,
      kind,
      latitude,
      longitude,
    ]);
  }
  return checkpoints;
}

export async function addAccounts(
  owner: pg.Client,
  officerId: string,
  checkpoints: Array<{ id: string }>,
): Promise<void> {
  const secret = await hash(password, idle);
  const accounts: Array<[string, string, string]> = [
    [officerId, officer, 'OFFICER'],
    [newUuid7(), administrator, 'ADMIN'],
  ];
  for (const [id, username, role] of accounts) {
    await owner.query(
      `insert into account (id, username, full_name, password_hash, must_change_password, roles, unit_id, province_code, active, demo, created_at)
       values ($1, $2, $2, $3, false, array[$4], $5, $6, true, false, now())`,
      [id, username, secret, role, `${provinceCode}@2021`, provinceCode],
    );
  }
  for (const { id } of checkpoints)
    await owner.query('insert into account_checkpoint values ($1, $2)', [officerId, id]);
}
