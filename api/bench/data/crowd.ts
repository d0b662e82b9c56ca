import pg from 'pg';
import { ensurePartitions, migrate } from '#api/platform/database/migrate.ts';
import { seedUnits } from '#api/territory/seed-units.ts';
import { benchConfig, provinceCode } from '../settings.ts';
import { seededIds } from './journeys.ts';

const day = 86_400_000;

/** A region: people who pass the same checkpoints. Regions are alike, so more of them are more rows at equal density. */
export interface Region {
  people: number;
  checkpoints: number;
  passages: number;
}
const days = 30;

/** One database for regions that are added one by one; ids are made of numbers, so the same seed makes the same people meet. */
export async function emptyProvince(owner: pg.Client, ownerUrl: string): Promise<void> {
  await migrate(ownerUrl, benchConfig(ownerUrl).rolePasswords, seedUnits);
  await ensurePartitions(owner, Date.now() - (days + 1) * day);
  await owner.query(seededIds);
  await owner.query('create sequence bench_region');
}

const checkpoints = `
  insert into checkpoint (id, code, name, unit_id, province_code, kind, latitude, longitude, active, created_at)
  select bench_uuid7($4, $2::bigint * 1000 + n), 'B' || ($2::bigint * 1000 + n), 'Chốt ' || n, $1 || '@2021', $1, 'ROAD', 19.8, 105.8, true, now()
  from generate_series(0, $3::int - 1) n`;

// Four to a household, and every person known by one number.
const people = `
  with p as (select n, bench_uuid7($4, 10000000 + n) as id from generate_series($2::bigint, $3::bigint - 1) n)
  , c as (
    insert into citizen (province_code, id, full_name, date_of_birth, sex, nationality, permanent_line, permanent_unit_id, created_at)
    select $1, id, 'Người ' || n, '1990', 'MALE', 'VNM', 'Nhà ' || n / 4, '16438@2021', $4 from p)
  insert into citizen_document (province_code, hmac, citizen_id, kind, created_at) select $1, sha256(n::text::bytea), id, 'CCCD', $4 from p`;

// One each, of a journey of their own in these days, to the home.
const declarations = `
  insert into declaration (province_code, id, occurred_at, code, submission_id, citizen_id, content_hash, channel, submitted_at, valid_until,
    on_behalf, full_name, date_of_birth, sex, nationality, stay_line, stay_unit_id, purpose, origin_unit_id, destination_unit_id, destination_line,
    destination_address_unit_id, departs_at, vehicle, plate, health, advice, reasons, rules_version, warnings)
  select $1, j.id, uuid_time(j.id), 'B' || j.n, j.id, bench_uuid7($4, 10000000 + j.n), '', 'ONLINE', uuid_time(j.id),
    uuid_time(j.id) + interval '72 hours', false, 'Người ' || j.n, '1990', 'MALE', 'VNM', 'Nhà ' || j.n / 4, '16438@2021', 'WORK', '01@2021',
    $1 || '@2021', 'Thôn 3', '16438@2021', uuid_time(j.id) + interval '3 hours', 'MOTORBIKE', 'X' || j.n, '{}', 'ADMIT', '{}', 1, '[]'
  from (select n, bench_uuid7($4::timestamptz + make_interval(secs => (hashint8(n)::bigint + 2147483648) % ($5::int * 86400)), 20000000 + n) as id
    from generate_series($2::bigint, $3::bigint - 1) n) j`;

// By day, at noon more than in the morning: of the hours from 6 to 18 the mean of two evenly drawn ones. A tenth travel in a vehicle of
// fifty people's.
const passages = `
  insert into passage (province_code, id, occurred_at, recorded_at, checkpoint_id, unit_id, citizen_id, direction, decision, evidence, channel,
    plate, recorded_by, recorded_offline, flags, flagged, content_hash)
  select $1, j.id, uuid_time(j.id), uuid_time(j.id), bench_uuid7($4, $6::bigint * 1000 + (hashint8(j.n * 7 + 1)::bigint + 2147483648) % $7::bigint),
    $1 || '@2021', bench_uuid7($4, 10000000 + $2::bigint + (hashint8(j.n * 7 + 2)::bigint + 2147483648) % ($3::bigint - $2::bigint)),
    case when hashint8(j.n * 7 + 3) % 2 = 0 then 'IN' else 'OUT' end, 'ADMITTED', 'QR_AND_CARD', 'ONLINE',
    case when j.n % 10 = 0 then 'C' || (hashint8(j.n * 7 + 2)::bigint + 2147483648) % ($3::bigint - $2::bigint) / 50 end, j.id, false, '{}', false, ''
  from (select n, bench_uuid7($4::timestamptz
      + make_interval(days => ((hashint8(n * 7 + 4)::bigint + 2147483648) % $5::bigint)::int,
          secs => 21600 + 43200 * ((hashint8(n * 7 + 5)::float8 + 2147483648) + (hashint8(n * 7 + 6)::float8 + 2147483648)) / 8589934592),
      30000000 + n) as id
    from generate_series($8::bigint, $9::bigint - 1) n) j`;

/** Adds one; the first person of it is number `from`. */
export async function addRegion(
  owner: pg.Client,
  { people: count, checkpoints: places, passages: rows }: Region,
): Promise<void> {
  const { rows: numbers } = await owner.query<{ region: string }>("select nextval('bench_region') as region");
  const region = Number(numbers[0]?.region);
  const [from, until] = [(region - 1) * count, region * count];
  const start = new Date(Math.floor(Date.now() / day) * day - days * day - 7 * 3_600_000);
  await owner.query(checkpoints, [provinceCode, region, places, start]);
  await owner.query(people, [provinceCode, from, until, start]);
  await owner.query(declarations, [provinceCode, from, until, start, days]);
  await owner.query(passages, [
    provinceCode,
    from,
    until,
    start,
    days,
    region,
    places,
    (region - 1) * rows,
    region * rows,
  ]);
}

export async function settle(owner: pg.Client): Promise<number> {
  await owner.query('vacuum analyze');
  const { rows } = await owner.query<{ count: number }>('select count(*)::int as count from passage');
  return rows[0]?.count ?? 0;
}
