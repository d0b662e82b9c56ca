import type { Transaction } from '../../platform/database/transaction.ts';
import type { ExposureKind } from '../exposure.row.ts';

export interface ContactToStore {
  province: string;
  id: string;
  generation: number;
  firstAt: Date;
  lastAt: Date;
  /** 0: every link to them was dismissed. They are shown, and are nobody's task. */
  exposures: number;
  /** Until when they are to be isolated, a day. */
  until: string;
}

// Where they stay, as stays_of says it of the few who are cases: here of tens of thousands, so a subquery is asked only where those
// before it knew nothing. Whoever was erased meanwhile is no contact.
const inProvince = 'u.province_code = f.province_code';
const stay = `coalesce(
  (select u.unit_id from (
     select d.stay_unit_id from declaration d where d.province_code = f.province_code and d.citizen_id = f.citizen_id
     order by d.submitted_at desc limit 1) d
   join administrative_unit u on u.unit_id = d.stay_unit_id and ${inProvince}),
  (select u.unit_id from administrative_unit u where u.unit_id = c.temporary_unit_id and ${inProvince}),
  (select u.unit_id from administrative_unit u where u.unit_id = c.permanent_unit_id and ${inProvince}),
  (select u.unit_id from (
     select q.destination_unit_id, q.unit_id from passage q where q.province_code = f.province_code and q.citizen_id = f.citizen_id
     order by q.occurred_at desc limit 1) q
   join administrative_unit u on u.unit_id in (q.destination_unit_id, q.unit_id) and ${inProvince}
   order by u.unit_id <> q.destination_unit_id limit 1),
  p.unit_id)`;
const contacts = {
  name: 'store-contacts',
  text: `with found as materialized (
           select * from unnest($4::text[], $5::uuid[], $6::integer[], $7::timestamptz[], $8::timestamptz[], $9::integer[], $10::date[])
             as f (province_code, citizen_id, generation, first_at, last_at, exposures, until))
         insert into case_contact (province_code, case_id, citizen_id, case_province, unit_id, generation, first_exposed_at, last_exposed_at,
           exposures, linked, status, until, found_at, updated_at)
         select f.province_code, $2::uuid, f.citizen_id, $1, ${stay}, f.generation, f.first_at, f.last_at, f.exposures, f.exposures > 0,
           'NOT_CONTACTED', f.until, $3::timestamptz, $3::timestamptz
         from found f
         join citizen c on c.province_code = f.province_code and c.id = f.citizen_id
         join administrative_unit p on p.level = 'PROVINCE' and p.province_code = f.province_code and p.valid_to is null
         order by f.province_code, f.citizen_id
         on conflict on constraint case_contact_pkey do update set generation = excluded.generation,
           first_exposed_at = excluded.first_exposed_at, last_exposed_at = excluded.last_exposed_at, exposures = excluded.exposures,
           linked = excluded.linked, until = case when case_contact.status = 'NOT_CONTACTED' then excluded.until else case_contact.until end`,
};

/** Adds whom a trace found, and brings those who were known up to date: what a commune entered of them stays. */
export async function storeContacts(
  tx: Transaction,
  { province, caseId, at }: { province: string; caseId: string; at: Date },
  found: readonly ContactToStore[],
): Promise<void> {
  await tx.rows(contacts, [
    province,
    caseId,
    at,
    found.map((one) => one.province),
    found.map(({ id }) => id),
    found.map(({ generation }) => generation),
    found.map(({ firstAt }) => firstAt),
    found.map(({ lastAt }) => lastAt),
    found.map(({ exposures }) => exposures),
    found.map(({ until }) => until),
  ]);
}

const whereBefore = {
  name: 'provinces-of-contacts',
  text: 'select distinct province_code from case_contact where province_code = any($1) and case_id = $2',
};

/** Where the trace before found anybody. */
export async function provincesOfContacts(
  tx: Transaction,
  provinces: readonly string[],
  caseId: string,
): Promise<string[]> {
  return (await tx.rows<{ province_code: string }>(whereBefore, [provinces, caseId])).map((row) => row.province_code);
}

const lost = {
  name: 'unlink-contacts',
  // NOT IN is hashed, whatever is planned for. NOT EXISTS became a join that went through all who were found for each contact: of
  // 50,000 that were traced again it took longer than a transaction may.
  text: `with found as materialized (select * from unnest($3::text[], $4::uuid[]) as f (province_code, citizen_id))
         , gone as (
           delete from case_contact c where c.province_code = any($1) and c.case_id = $2 and c.status = 'NOT_CONTACTED' and c.notes is null
             and (c.province_code, c.citizen_id) not in (select f.province_code, f.citizen_id from found f))
         update case_contact c set linked = false, exposures = 0
         where c.province_code = any($1) and c.case_id = $2 and (c.status <> 'NOT_CONTACTED' or c.notes is not null)
           and (c.province_code, c.citizen_id) not in (select f.province_code, f.citizen_id from found f)`,
};

/** Who is found no more is no contact; whoever was worked on stays in the list, without a link. */
export async function unlinkOthers(
  tx: Transaction,
  provinces: readonly string[],
  caseId: string,
  found: ReadonlyArray<{ province: string; id: string }>,
): Promise<void> {
  await tx.rows(lost, [provinces, caseId, found.map(({ province }) => province), found.map(({ id }) => id)]);
}

export interface ExposureToStore {
  province: string;
  sourceId: string;
  targetProvince: string;
  targetId: string;
  generation: number;
  kind: ExposureKind;
  at: Date;
  minutesApart: number | null;
  checkpointId: string | null;
  plate: string | null;
  sourceRow: string | null;
  targetRow: string | null;
}

const forget = {
  name: 'forget-exposures',
  text: 'delete from exposure where province_code = any($1) and case_id = $2',
};
const exposures = {
  name: 'store-exposures',
  text: `insert into exposure (province_code, case_id, place, source_id, target_province, target_id, generation, kind, at, minutes_apart,
           checkpoint_id, plate, source_row, target_row)
         select e.province_code, $1, e.place, e.source_id, e.target_province, e.target_id, e.generation, e.kind, e.at, e.minutes_apart,
           e.checkpoint_id, e.plate, e.source_row, e.target_row
         from unnest($2::text[], $3::integer[], $4::uuid[], $5::text[], $6::uuid[], $7::integer[], $8::text[], $9::timestamptz[],
           $10::double precision[], $11::uuid[], $12::text[], $13::uuid[], $14::uuid[]) as e (province_code, place, source_id, target_province,
           target_id, generation, kind, at, minutes_apart, checkpoint_id, plate, source_row, target_row)`,
};

/** The links of the newest trace, in place of those before. */
export async function storeExposures(
  tx: Transaction,
  provinces: readonly string[],
  caseId: string,
  links: readonly ExposureToStore[],
): Promise<void> {
  await tx.rows(forget, [provinces, caseId]);
  const column = <Key extends keyof ExposureToStore>(key: Key) => links.map((link) => link[key]);
  await tx.rows(exposures, [
    caseId,
    column('province'),
    links.map((_, place) => place),
    column('sourceId'),
    column('targetProvince'),
    column('targetId'),
    column('generation'),
    column('kind'),
    column('at'),
    column('minutesApart'),
    column('checkpointId'),
    column('plate'),
    column('sourceRow'),
    column('targetRow'),
  ]);
}
