import type pg from 'pg';
import type { RecordingCheckpoint } from '../passages/recording.service.ts';
import type { Territory } from '../territory/territory.service.ts';
import { demoAccounts } from './demo-accounts.ts';
import { demoCheckpoints } from './demo-checkpoints.ts';
import { demoProvinceCode } from './places.ts';
import { Random } from './random.ts';

// Ids are the same in every demo, so that a load that was broken off finds its own checkpoints again.
const ids = new Random(3_802_021);
const madeAt = Date.parse('2021-08-01T00:00:00Z');
const checkpointIds = new Map(demoCheckpoints.map(({ code }) => [code, ids.uuid7(madeAt)]));
const accountIds = new Map(demoAccounts.map(({ username }) => [username, ids.uuid7(madeAt)]));

export function accountIdOf(username: string): string {
  const id = accountIds.get(username);
  if (!id) throw new Error(`No demo account ${username}.`);
  return id;
}

/** By code, as the recording of passages needs them. */
export type DemoCheckpoints = ReadonlyMap<string, RecordingCheckpoint>;

const columnsOf = (rows: unknown[][]): unknown[][] =>
  (rows[0] ?? []).map((_, column) => rows.map((row) => row[column]));

export async function insertCheckpoints(owner: pg.Client, territory: Territory, now: Date): Promise<DemoCheckpoints> {
  const places = demoCheckpoints.map((checkpoint) => {
    const unit = territory.byCode(checkpoint.unitCode);
    if (!unit) throw new Error(`No unit ${checkpoint.unitCode} for ${checkpoint.code}.`);
    return { ...checkpoint, id: checkpointIds.get(checkpoint.code) ?? '', unitId: unit.id };
  });
  await owner.query(
    `insert into checkpoint (id, code, name, unit_id, province_code, kind, latitude, longitude, active, created_at)
     select c.id, c.code, c.name, c.unit_id, $8, c.kind, c.latitude, c.longitude, true, $9
     from unnest($1::uuid[], $2::text[], $3::text[], $4::text[], $5::text[], $6::float8[], $7::float8[])
       as c (id, code, name, unit_id, kind, latitude, longitude)
     on conflict do nothing`,
    [
      ...columnsOf(
        places.map(({ id, code, name, unitId, kind, latitude, longitude }) => [
          id,
          code,
          name,
          unitId,
          kind,
          latitude,
          longitude,
        ]),
      ),
      demoProvinceCode,
      now,
    ],
  );
  return new Map(
    places.map(({ id, code, unitId, latitude, longitude }): [string, RecordingCheckpoint] => [
      code,
      {
        id,
        unitId,
        provinceCode: demoProvinceCode,
        active: true,
        closesAt: null,
        assigned: true,
        place: { latitude, longitude },
      },
    ]),
  );
}

export async function insertAccounts(
  owner: pg.Client,
  territory: Territory,
  { checkpoints, passwordHash, now }: { checkpoints: DemoCheckpoints; passwordHash: string; now: Date },
): Promise<void> {
  const unitId = territory.byCode(demoProvinceCode)?.id;
  const accounts = demoAccounts.map(({ username, fullName, role }) => [
    accountIdOf(username),
    username,
    fullName,
    `{${role}}`,
  ]);
  const stands = demoAccounts.flatMap(({ username, checkpointCodes }) =>
    checkpointCodes.map((code) => [accountIdOf(username), checkpoints.get(code)?.id]),
  );
  await owner.query('begin');
  await owner.query(
    `insert into account (id, username, full_name, password_hash, must_change_password, roles, unit_id, province_code, active, demo, created_at)
     select a.id, a.username, a.full_name, $5, false, a.roles::text[], $6, $7, true, true, $8
     from unnest($1::uuid[], $2::text[], $3::text[], $4::text[]) as a (id, username, full_name, roles)`,
    [...columnsOf(accounts), passwordHash, unitId, demoProvinceCode, now],
  );
  await owner.query(
    'insert into account_checkpoint (account_id, checkpoint_id) select * from unnest($1::uuid[], $2::uuid[])',
    columnsOf(stands),
  );
  await owner.query('commit');
}
