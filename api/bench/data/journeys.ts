import type pg from 'pg';
import { provinceCode } from '../settings.ts';

const day = 86_400_000;

// Ids are made of a number, so the same seed makes the same ids but for the time they start with.
export const seededIds = `
  create function bench_uuid7(at timestamptz, n bigint) returns uuid language sql immutable parallel safe as $$
    select (lpad(to_hex(floor(extract(epoch from at) * 1000)::bigint), 12, '0') || '7' || lpad(to_hex(n & 4095), 3, '0')
      || '8' || substr(md5(n::text), 1, 15))::uuid
  $$;
  create function bench_pick(n bigint, choices anyarray) returns anyelement language sql immutable parallel safe as $$
    select choices[1 + abs(hashint8(n)::bigint) % cardinality(choices)]
  $$`;

/** Each declaration belongs to one person; they come evenly over the days, the last one a minute ago. */
const declarations = `
  insert into declaration (province_code, id, occurred_at, code, submission_id, citizen_id, content_hash, channel, submitted_at,
    valid_until, on_behalf, full_name, date_of_birth, sex, nationality, identifiers_sealed, id_number_hmac, phone_hmac,
    permanent_line, permanent_unit_id, temporary_line, temporary_unit_id, stay_line, stay_unit_id, purpose, origin_unit_id,
    destination_unit_id, destination_line, destination_address_unit_id, departs_at, vehicle, plate, health, advice, reasons,
    rules_version, warnings)
  select $1, j.id, uuid_time(j.id), $1 || upper(substr(md5(j.n::text), 1, 7)), j.id, c.id, sha256(j.n::text::bytea),
    'ONLINE', uuid_time(j.id), uuid_time(j.id) + interval '72 hours', false, c.full_name, c.date_of_birth, c.sex, c.nationality,
    c.identifiers_sealed, p.hmac, p.phone_hmac, c.permanent_line, c.permanent_unit_id, c.temporary_line, c.temporary_unit_id,
    c.temporary_line, c.temporary_unit_id, bench_pick(j.n, array['WORK', 'HOME', 'GOODS', 'MEDICAL']), '01@2021', $1 || '@2021',
    'Thôn 3', bench_pick(j.n, $4::text[]), uuid_time(j.id), bench_pick(j.n, array['MOTORBIKE', 'CAR', 'TRUCK', 'COACH']),
    '36B1' || lpad((j.n % 100000)::text, 5, '0'),
    '{"symptoms": [], "contactWithCase": false, "contactWithSymptomatic": false, "contactFromAffectedArea": false, "visitedEpidemicArea": false, "visitedUnitIds": [], "testedAt": null, "testNegative": null, "vaccineDoses": 1}',
    'ADMIT', '{}', 1, '[]'
  from (select n, bench_uuid7($2::timestamptz + ($3::timestamptz - $2::timestamptz) * (n::float8 / $7), n) id
        from generate_series($5::bigint, $6::bigint - 1) n) j
  join bench_person p on p.n = j.n % $8::bigint
  join citizen c on c.province_code = $1 and c.id = p.id`;

/** Four passages on each declaration while it holds, in and out in turn, as far as they lie in the past. */
const passages = `
  insert into passage (province_code, id, occurred_at, recorded_at, checkpoint_id, unit_id, citizen_id, declaration_province,
    declaration_id, declaration_occurred_at, direction, decision, evidence, channel, advice, purpose, origin_unit_id,
    destination_unit_id, vehicle, plate, recorded_by, recorded_offline, flags, flagged, content_hash)
  select $1, j.id, uuid_time(j.id), uuid_time(j.id), p.checkpoint, p.unit, d.citizen_id, $1, d.id, d.occurred_at,
    case when k % 2 = 0 then 'IN' else 'OUT' end, 'ADMITTED', 'QR_AND_CARD', d.channel, d.advice, d.purpose, d.origin_unit_id,
    d.destination_address_unit_id, d.vehicle, d.plate, $4, false, case when j.n % 40 = 0 then '{CLOCK_SKEW}' else '{}' end::text[],
    j.n % 40 = 0, substr(sha256(j.n::text::bytea), 1, 16)
  from declaration d, generate_series(0, 3) k,
    lateral (select abs(hashtext(d.id::text)::bigint) * 4 + k as n) s,
    lateral (select s.n, bench_uuid7(d.submitted_at + interval '1 hour' * (1 + k * 16) + interval '1 second' * (s.n % 7200), s.n) as id) j,
    lateral (select bench_pick(s.n, $5::uuid[]) as checkpoint, 1 + abs(hashint8(s.n)::bigint) % cardinality($5::uuid[]) as place) c,
    lateral (select c.checkpoint, ($6::text[])[c.place] as unit) p
  where d.province_code = $1 and d.occurred_at >= $2 and d.occurred_at < $3 and uuid_time(j.id) < now() - interval '1 minute'
  order by d.occurred_at`;

export interface Journeys {
  people: number;
  declarations: number;
  days: number;
  communes: string[];
  officerId: string;
  checkpoints: Array<{ id: string; unitId: string }>;
}

export async function loadJourneys(connect: () => Promise<pg.Client>, journeys: Journeys, now: number): Promise<void> {
  const clients = await Promise.all([connect(), connect()]);
  const [first] = clients;
  await first?.query(seededIds);
  const start = now - journeys.days * day;
  const halves = clients.map((client, half) => ({
    client,
    from: half / clients.length,
    to: (half + 1) / clients.length,
  }));
  try {
    await Promise.all(
      halves.map(({ client, from, to }) =>
        client.query(declarations, [
          provinceCode,
          new Date(start),
          new Date(now - 60_000),
          journeys.communes,
          Math.floor(from * journeys.declarations),
          Math.floor(to * journeys.declarations),
          journeys.declarations,
          journeys.people,
        ]),
      ),
    );
    await Promise.all(
      halves.map(({ client, from, to }) =>
        client.query(passages, [
          provinceCode,
          new Date(start + from * (now - start)),
          new Date(start + to * (now - start)),
          journeys.officerId,
          journeys.checkpoints.map(({ id }) => id),
          journeys.checkpoints.map(({ unitId }) => unitId),
        ]),
      ),
    );
  } finally {
    await Promise.all(clients.map((client) => client.end()));
  }
}
