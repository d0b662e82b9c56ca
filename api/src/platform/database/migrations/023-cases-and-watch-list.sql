-- Cases, and the watch list that stops their people at every checkpoint (docs/decisions/026-cases-and-the-watch-list.md).
set lock_timeout = '2s';

-- Rules of the infectious period and of isolation ------------------------------------------------------------------------

-- Versioned, in force by date; a case names the one it was opened under. Days are counted from the onset, without symptoms
-- from the positive sample. A rule set is never changed: another one comes into force.
create table tracing_rule_set (
  code text not null,
  valid_from date not null,
  days_before integer not null,
  days_after integer not null,
  isolation_days integer not null,
  home_watch_days integer not null,
  source text not null,
  constraint tracing_rule_set_pkey primary key (code),
  constraint tracing_rule_set_valid_from unique (valid_from),
  constraint tracing_rule_set_days check (days_before >= 0 and days_after >= 0 and isolation_days > 0 and home_watch_days >= 0)
);
grant select on tracing_rule_set to cordon_api, cordon_worker;
insert into tracing_rule_set (code, valid_from, days_before, days_after, isolation_days, home_watch_days, source) values
  ('WHO-2020', '2020-01-01', 2, 10, 14, 0,
   'WHO: infectious from 2 days before onset to 10 days after it; quarantine of contacts 14 days.'),
  ('VN-2021-07-14', '2021-07-14', 2, 10, 14, 14,
   'Ministry of Health, from 14-7-2021: contacts isolated 14 days, then watched at home 14 days. National day counts of the infectious period are not confirmed for July 2021: those of WHO.'),
  ('VN-2021-12-29', '2021-12-29', 2, 10, 14, 14,
   'Ministry of Health, 29-12-2021: infectious from 2 days before onset, or 2 days before the positive sample, until negative; where no negative test is known, 10 days as WHO.');

-- Cases ------------------------------------------------------------------------------------------------------------------

-- unit_id: where the person stayed when it was opened.
create table epidemic_case (
  province_code text not null,
  id uuid not null,
  unit_id text not null,
  citizen_id uuid not null,
  status text not null,
  onset_on date,
  sampled_on date,
  confirmed_on date,
  isolated_at timestamptz,
  rule_set text not null,
  infectious_from timestamptz not null,
  infectious_until timestamptz not null,
  -- Why the period is another than the rule set's; null where it is the rule set's.
  override_reason text,
  opened_at timestamptz not null,
  opened_by uuid not null,
  justification text not null,
  closed_at timestamptz,
  closed_by uuid,
  close_reason text,
  constraint epidemic_case_pkey primary key (province_code, id),
  constraint epidemic_case_id_v7 check ((uuid_time(id) is not null) is true),
  constraint epidemic_case_status check (status in ('SUSPECTED', 'CONFIRMED', 'RULED_OUT')),
  constraint epidemic_case_period check (infectious_until > infectious_from),
  constraint epidemic_case_closed check ((closed_at is null) = (close_reason is null))
);
create unique index epidemic_case_standing on epidemic_case (province_code, citizen_id) where closed_at is null;
create index epidemic_case_by_time on epidemic_case (province_code, opened_at desc, id desc);
create index epidemic_case_by_unit on epidemic_case (province_code, unit_id, opened_at desc, id desc);
alter table epidemic_case enable row level security;
alter table epidemic_case force row level security;
create policy epidemic_case_scope on epidemic_case to cordon_api, cordon_worker
  using (in_scope(province_code) and in_units(unit_id))
  with check (in_scope(province_code) and in_units(unit_id));
create policy epidemic_case_owner on epidemic_case to current_user using (true) with check (true);
grant select, insert, update (status, closed_at, closed_by, close_reason) on epidemic_case to cordon_api;
grant select, delete on epidemic_case to cordon_worker;
do $$ begin
  if exists (select from pg_extension where extname = 'citus') then
    perform create_distributed_table('epidemic_case', 'province_code', colocate_with => 'citizen');
  end if;
end $$;

-- The watch list -----------------------------------------------------------------------------------------------------------

-- Whom a scan must stop, and for which case: a reference table, so that every province's checkpoints read it where they are.
create table watched_person (
  province_code text not null,
  case_id uuid not null,
  citizen_id uuid not null,
  kind text not null,
  since timestamptz not null,
  -- Null: until the case is closed.
  until timestamptz,
  constraint watched_person_pkey primary key (province_code, case_id, citizen_id),
  constraint watched_person_kind check (kind in ('CASE', 'CONTACT'))
);
create index watched_person_by_citizen on watched_person (province_code, citizen_id);

-- By every number of the person, under each hash it is known by: so they are stopped wherever they declare anew. While keys
-- rotate both hashes stand here (watchlist/rekey-watch-list.service.ts).
create table watched_document (
  province_code text not null,
  case_id uuid not null,
  citizen_id uuid not null,
  hmac bytea not null,
  constraint watched_document_pkey primary key (province_code, case_id, citizen_id, hmac)
);
create index watched_document_by_hash on watched_document (hmac);

alter table watched_person enable row level security;
alter table watched_person force row level security;
create policy watched_person_scope on watched_person to cordon_api, cordon_worker using (in_scope(province_code)) with check (in_scope(province_code));
create policy watched_person_owner on watched_person to current_user using (true) with check (true);
alter table watched_document enable row level security;
alter table watched_document force row level security;
create policy watched_document_scope on watched_document to cordon_api, cordon_worker using (in_scope(province_code)) with check (in_scope(province_code));
create policy watched_document_owner on watched_document to current_user using (true) with check (true);
grant select, insert, delete on watched_person, watched_document to cordon_api, cordon_worker;
grant update (kind, since, until) on watched_person to cordon_api, cordon_worker;

-- Who of these people of the caller's own province is on the list, they or whoever they are merged with, by whichever province's
-- case: that they are, not whose case it is.
create function watched_people(here text, people uuid[], at timestamptz) returns table (citizen_id uuid)
  language sql stable security definer set search_path = public, pg_temp
  as $$
  with member as materialized (
    select m.citizen_id, m.kept_id from people_merged(array[here], people) m where in_scope(here)),
  hit as (
    select m.kept_id from member m
    join watched_person w on w.province_code = here and w.citizen_id = m.citizen_id and coalesce(w.until > at, true)
    union
    select m.kept_id from member m
    join citizen_document k on k.province_code = here and k.citizen_id = m.citizen_id
    join watched_document d on d.hmac in (k.hmac, k.hmac_next)
    join watched_person w on w.province_code = d.province_code and w.case_id = d.case_id and w.citizen_id = d.citizen_id
      and coalesce(w.until > at, true))
  select m.citizen_id from member m where m.kept_id in (select h.kept_id from hit h)
$$;

-- Open passes, of every province, whose people are on the list: ids alone, for the bundle that a checkpoint's device keeps. An id
-- tells nobody who it is.
create function passes_to_stop(at timestamptz) returns setof uuid
  language sql stable security definer set search_path = public, pg_temp
  as $$
  with province as materialized (select array(select distinct u.province_code from administrative_unit u) as codes),
  person as (
    select w.province_code, w.citizen_id from watched_person w where coalesce(w.until > at, true)
    union
    select k.province_code, k.citizen_id from province p, watched_document d
    join watched_person w on w.province_code = d.province_code and w.case_id = d.case_id and w.citizen_id = d.citizen_id
      and coalesce(w.until > at, true)
    join citizen_document k on k.hmac = d.hmac
    where k.province_code = any(p.codes)),
  member as (
    select p.province_code, m.citizen_id from person p
    cross join lateral people_merged(array[p.province_code], array[p.citizen_id]) m)
  select distinct d.id from member m
  join declaration d on d.province_code = m.province_code and d.citizen_id = m.citizen_id
    and d.submitted_at > at - interval '8 days' and d.occurred_at > at - interval '23 days'
    and d.valid_until > at and d.withdrawn_at is null
$$;
revoke execute on function watched_people, passes_to_stop from public;
grant execute on function watched_people, passes_to_stop to cordon_api;

-- Whoever is erased has no case any more: as in 018, and what is above.
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
