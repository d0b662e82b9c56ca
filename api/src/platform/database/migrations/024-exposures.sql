-- Traces of cases: who met whom, and each contact as a task (docs/decisions/027-exposures.md).
set lock_timeout = '2s';

-- Addresses ----------------------------------------------------------------------------------------------------------------

-- One spelling of an address line: upper case without diacritics, words of letters and digits.
create function address_key(line text) returns text
  language sql immutable parallel safe strict
  return nullif(btrim(regexp_replace(
    upper(translate(regexp_replace(normalize(lower(line), NFD), '[\u0300-\u036f]', '', 'g'), 'đĐ', 'dd')), '[^[:alnum:]]+', ' ', 'g')), '');

-- Stored: under row-level security an index on an expression is not used. Of a large table this rewrites every row.
-- squawk-ignore adding-field-with-default
alter table citizen add column permanent_key text generated always as (address_key(permanent_line)) stored;
-- squawk-ignore adding-field-with-default
alter table citizen add column temporary_key text generated always as (address_key(temporary_line)) stored;
-- squawk-ignore adding-field-with-default
alter table declaration add column stay_key text generated always as (address_key(stay_line)) stored;
alter table declaration_held add column stay_key text;
-- squawk-ignore require-concurrent-index-creation
create index citizen_by_permanent on citizen (province_code, permanent_unit_id, permanent_key) where permanent_key is not null;
-- squawk-ignore require-concurrent-index-creation
create index citizen_by_temporary on citizen (province_code, temporary_unit_id, temporary_key) where temporary_key is not null;
-- squawk-ignore require-concurrent-index-creation
create index declaration_by_stay on declaration (province_code, stay_unit_id, stay_key) where stay_key is not null;
create index declaration_held_by_stay on declaration_held (province_code, stay_unit_id, stay_key);
create index declaration_held_by_submission on declaration_held (province_code, submission_id);
create index passage_held_by_checkpoint on passage_held (province_code, checkpoint_id, direction, occurred_at);
create index passage_held_by_plate on passage_held (province_code, plate, occurred_at) where plate is not null;

-- Traces -------------------------------------------------------------------------------------------------------------------

-- One a case: what was asked for, what a worker does about it, and how large it was. due_at null: nothing to do. Where the people
-- are is told by counts ([{province, generation, count}]) and crowds ([{unitId, people}]), which name nobody.
create table case_trace (
  province_code text not null,
  case_id uuid not null,
  unit_id text not null,
  status text not null,
  generations integer not null,
  window_minutes integer not null,
  asked_by uuid not null,
  asked_unit_id text not null,
  asked_at timestamptz not null,
  due_at timestamptz,
  claim uuid,
  -- Generations done, and people found so far.
  reached_generation integer not null default 0,
  people integer not null default 0,
  links integer not null default 0,
  counts jsonb not null default '[]',
  crowds jsonb not null default '[]',
  took_ms double precision,
  traced_at timestamptz,
  approved_by uuid,
  approved_at timestamptz,
  approve_reason text,
  constraint case_trace_pkey primary key (province_code, case_id),
  constraint case_trace_status check (status in ('READY', 'RUNNING', 'AWAITING_APPROVAL')),
  constraint case_trace_generations check (generations between 1 and 4),
  constraint case_trace_window check (window_minutes between 1 and 60)
);
create index case_trace_due on case_trace (province_code, due_at) where due_at is not null;
alter table case_trace enable row level security;
alter table case_trace force row level security;
create policy case_trace_scope on case_trace to cordon_api, cordon_worker
  using (in_scope(province_code) and in_units(unit_id))
  with check (in_scope(province_code) and in_units(unit_id));
create policy case_trace_owner on case_trace to current_user using (true) with check (true);
grant select, insert, update on case_trace to cordon_api;
grant select, update, delete on case_trace to cordon_worker;

-- A contact of a case, in the province where they are known best: a node of the graph, and a task of the commune where they stay.
create table case_contact (
  province_code text not null,
  case_id uuid not null,
  citizen_id uuid not null,
  case_province text not null,
  unit_id text not null,
  generation integer not null,
  first_exposed_at timestamptz not null,
  last_exposed_at timestamptz not null,
  exposures integer not null,
  -- Found by the newest trace; one that was worked on stays though it is not.
  linked boolean not null,
  status text not null,
  until date not null,
  isolated_at timestamptz,
  notes text,
  found_at timestamptz not null,
  contacted_at timestamptz,
  updated_at timestamptz not null,
  updated_by uuid,
  constraint case_contact_pkey primary key (province_code, case_id, citizen_id),
  constraint case_contact_generation check (generation between 1 and 4),
  constraint case_contact_status check (status in ('NOT_CONTACTED', 'CONTACTED', 'ISOLATING', 'TESTED_NEGATIVE', 'TESTED_POSITIVE', 'COMPLETED', 'LOST'))
);
create index case_contact_by_case on case_contact (province_code, case_id, generation, first_exposed_at, citizen_id);
create index case_contact_by_unit on case_contact (province_code, unit_id, until, citizen_id);
create index case_contact_by_citizen on case_contact (province_code, citizen_id);
-- By province alone: a case's contacts are seen by who sees the case, tasks by units, which the application holds.
alter table case_contact enable row level security;
alter table case_contact force row level security;
create policy case_contact_scope on case_contact to cordon_api, cordon_worker using (in_scope(province_code)) with check (in_scope(province_code));
create policy case_contact_owner on case_contact to current_user using (true) with check (true);
grant select, update (status, until, isolated_at, notes, contacted_at, updated_at, updated_by) on case_contact to cordon_api;
grant select, insert, update, delete on case_contact to cordon_worker;

-- One meeting, in its source's province, with its evidence: the two passages or declarations.
create table exposure (
  province_code text not null,
  case_id uuid not null,
  place integer not null,
  source_id uuid not null,
  target_province text not null,
  target_id uuid not null,
  generation integer not null,
  kind text not null,
  at timestamptz not null,
  minutes_apart double precision,
  checkpoint_id uuid,
  plate text,
  source_row uuid,
  target_row uuid,
  constraint exposure_pkey primary key (province_code, case_id, place),
  constraint exposure_kind check (kind in ('SAME_VEHICLE', 'SAME_CHECKPOINT', 'SAME_HOUSEHOLD', 'DECLARED'))
);
alter table exposure enable row level security;
alter table exposure force row level security;
create policy exposure_scope on exposure to cordon_api, cordon_worker using (in_scope(province_code)) with check (in_scope(province_code));
create policy exposure_owner on exposure to current_user using (true) with check (true);
grant select on exposure to cordon_api;
grant select, insert, delete on exposure to cordon_worker;

-- What a tracer decided on a link: it outlives every trace of the case.
create table link_review (
  province_code text not null,
  case_id uuid not null,
  source_id uuid not null,
  target_id uuid not null,
  kind text not null,
  review text not null,
  reason text not null,
  reviewed_at timestamptz not null,
  reviewed_by uuid not null,
  constraint link_review_pkey primary key (province_code, case_id, source_id, target_id, kind),
  constraint link_review_review check (review in ('NONE', 'CONFIRMED', 'DISMISSED'))
);
alter table link_review enable row level security;
alter table link_review force row level security;
create policy link_review_scope on link_review to cordon_api, cordon_worker using (in_scope(province_code)) with check (in_scope(province_code));
create policy link_review_owner on link_review to current_user using (true) with check (true);
grant select, insert, update (review, reason, reviewed_at, reviewed_by) on link_review to cordon_api;
grant select, delete on link_review to cordon_worker;

-- Whom somebody said that they met: entered by a tracer, in the case's province, of two people who are known there.
create table named_contact (
  province_code text not null,
  case_id uuid not null,
  id uuid not null,
  one_id uuid not null,
  other_id uuid not null,
  met_at timestamptz not null,
  reason text not null,
  entered_at timestamptz not null,
  entered_by uuid not null,
  constraint named_contact_pkey primary key (province_code, case_id, id),
  constraint named_contact_id_v7 check ((uuid_time(id) is not null) is true)
);
alter table named_contact enable row level security;
alter table named_contact force row level security;
create policy named_contact_scope on named_contact to cordon_api, cordon_worker using (in_scope(province_code)) with check (in_scope(province_code));
create policy named_contact_owner on named_contact to current_user using (true) with check (true);
grant select, insert on named_contact to cordon_api;
grant select, delete on named_contact to cordon_worker;

do $$
declare
  name text;
begin
  if exists (select from pg_extension where extname = 'citus') then
    foreach name in array array['case_trace', 'case_contact', 'exposure', 'link_review', 'named_contact'] loop
      perform create_distributed_table(name, 'province_code', colocate_with => 'citizen');
    end loop;
  end if;
end $$;

-- What belongs to an open case stays, of its contacts too: the worker holds them when it found them, and lets them go.
grant insert, update (ended_at) on citizen_hold to cordon_worker;

-- Whoever is erased is nobody's contact any more: as in 023, and what is above.
create or replace function erase_citizen(province text, citizen uuid, at timestamptz)
  returns table (outcome text, erased_at timestamptz, declarations integer, ids_digest bytea)
  language plpgsql security definer set search_path = public, pg_temp
  as $$
declare
  ids uuid[];
  people uuid[];
  provinces text[];
begin
  if not coalesce(in_scope(province) and in_units('*'), false) then
    return query select 'UNKNOWN', null::timestamptz, null::integer, null::bytea;
    return;
  end if;
  -- Nobody is merged meanwhile; and whoever places a hold on one of these takes the same turn.
  perform pg_advisory_xact_lock(hashtextextended('merging in ' || province, 0));
  people := array(select m.citizen_id from people_merged(array[province], array[citizen]) m order by 1);
  perform pg_advisory_xact_lock(hashtextextended(p::text, 0)) from unnest(people) as p;
  perform from citizen c where c.province_code = province and c.id = any(people) for update;
  if not found then
    return query select 'ERASED_BEFORE', e.erased_at, e.declarations, null::bytea
      from erased_citizen e where e.province_code = province and e.citizen_id = citizen;
    return;
  end if;
  if exists (select from citizen_hold h where h.province_code = province and h.citizen_id = any(people) and h.ended_at is null) then
    return query select 'HELD', null::timestamptz, null::integer, null::bytea;
    return;
  end if;
  select coalesce(array_agg(d.id order by d.id), '{}') into ids
    from declaration d where d.province_code = province and d.citizen_id = any(people);
  -- A checkpoint of another province may have opened a declaration, or keyed in its form.
  provinces := array(select distinct u.province_code from administrative_unit u);
  delete from declaration_handle h where h.province_code = any(provinces) and h.declaration_id = any(ids);
  delete from opened_declaration o where o.province_code = any(provinces) and o.declaration_id = any(ids);
  delete from opened_declaration o where o.province_code = province and o.citizen_id = any(people);
  delete from declaration d where d.province_code = province and d.citizen_id = any(people);
  delete from declaration_held d where d.province_code = province and d.citizen_id = any(people);
  delete from citizen_document k where k.province_code = province and k.citizen_id = any(people);
  delete from citizen_name_key n where n.province_code = province and n.citizen_id = any(people);
  delete from citizen_alias a where a.province_code = province and (a.alias_id = any(people) or a.citizen_id = any(people));
  delete from arrival r where r.province_code = province and (r.declaration_id = any(ids) or r.citizen_id = any(people));
  delete from registry_verification v where v.province_code = province and v.citizen_id = any(people);
  delete from citizen_double b where b.province_code = province and (b.one_id = any(people) or b.other_id = any(people));
  -- Of closed cases: whoever has an open one is held.
  delete from case_contact t where t.province_code = province and t.citizen_id = any(people);
  delete from exposure x where x.province_code = any(provinces)
    and (x.source_id = any(people) or (x.target_province = province and x.target_id = any(people)));
  delete from link_review l where l.province_code = province and (l.source_id = any(people) or l.target_id = any(people));
  delete from named_contact n where n.province_code = province and (n.one_id = any(people) or n.other_id = any(people));
  delete from epidemic_case e where e.province_code = province and e.citizen_id = any(people);
  delete from watched_person w where w.province_code = province and w.citizen_id = any(people);
  delete from watched_document w where w.province_code = province and w.citizen_id = any(people);
  delete from citizen c where c.province_code = province and c.id = any(people);
  insert into erased_citizen (province_code, citizen_id, erased_at, declarations)
    select province, p, at, cardinality(ids) from unnest(people) as p
    on conflict on constraint erased_citizen_pkey do nothing;
  return query select 'ERASED', at, cardinality(ids),
    (select sha256(string_agg(uuid_send(d), ''::bytea order by d)) from unnest(ids) as d);
end
$$;
