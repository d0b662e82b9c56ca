-- The foundation: reference tables first (rarely written, FKs only among themselves), then the tables that grow without
-- bound, each with province_code first in every key, partitioned by week of one time column (design.md section 4;
-- findings/distribution.md rules 1 to 16). Row-level security comes with the issue on rights; the API already logs in as a
-- role that owns nothing and sets its scope in every transaction.
set lock_timeout = '2s';

-- The time inside a UUIDv7, null for any other UUID. Our own because PostgreSQL 15 to 17 have none; immutable, so it may
-- stand in CHECK constraints.
create function uuid_time(id uuid) returns timestamptz
  language sql immutable parallel safe strict
  return case
    when substr(id::text, 15, 1) = '7' and substr(id::text, 20, 1) in ('8', '9', 'a', 'b')
    then to_timestamp(('x' || substr(id::text, 1, 8) || substr(id::text, 10, 4))::bit(48)::bigint / 1000.0)
  end;

-- The one way to set a request's row scope. SET LOCAL inside EXECUTE reaches the workers of a cluster, which the
-- configuration function of PostgreSQL does not (findings/distribution.md section b).
create function set_scope(provinces text, account text) returns void
  language plpgsql set search_path = pg_catalog, pg_temp
  as $$
begin
  execute format('set local app.provinces = %L', provinces);
  execute format('set local app.account_id = %L', account);
end
$$;

-- Makes the weekly partitions of a table from one day to another, both in UTC, Monday to Monday.
create function ensure_weekly_partitions(parent text, from_day date, to_day date) returns integer
  language plpgsql security definer set search_path = public, pg_temp
  as $$
declare
  monday date := date_trunc('week', from_day)::date;
  made integer := 0;
begin
  if parent not in ('declaration', 'passage', 'outbox', 'audit_entry') then
    raise exception 'not a partitioned table: %', parent;
  end if;
  perform pg_advisory_xact_lock(hashtext('partitions of ' || parent));
  while monday <= to_day loop
    if to_regclass(format('%I', parent || '_' || to_char(monday, 'YYYYMMDD'))) is null then
      execute format('create table %I partition of %I for values from (%L) to (%L)',
        parent || '_' || to_char(monday, 'YYYYMMDD'), parent,
        monday::timestamp at time zone 'UTC', (monday + 7)::timestamp at time zone 'UTC');
      made := made + 1;
    end if;
    monday := monday + 7;
  end loop;
  return made;
end
$$;

revoke execute on function ensure_weekly_partitions from public;

-- Reference tables ----------------------------------------------------------------------------------------------------

-- One row is one validity of an official code: '14758@2021'. History keeps the unit of its day.
create table administrative_unit (
  unit_id text not null,
  code text not null,
  name text not null,
  full_name text not null,
  level text not null,
  parent_id text,
  province_code text not null,
  valid_from date not null,
  valid_to date,
  constraint administrative_unit_pkey primary key (unit_id),
  constraint administrative_unit_parent foreign key (parent_id) references administrative_unit (unit_id),
  constraint administrative_unit_level check (level in ('NATION', 'PROVINCE', 'DISTRICT', 'COMMUNE')),
  constraint administrative_unit_code_validity unique (code, valid_from)
);

create table administrative_unit_successor (
  unit_id text not null,
  successor_id text not null,
  constraint administrative_unit_successor_pkey primary key (unit_id, successor_id),
  constraint administrative_unit_successor_unit foreign key (unit_id) references administrative_unit (unit_id),
  constraint administrative_unit_successor_successor foreign key (successor_id) references administrative_unit (unit_id)
);

create table checkpoint (
  id uuid not null,
  code text not null,
  name text not null,
  unit_id text not null,
  province_code text not null,
  kind text not null,
  latitude double precision,
  longitude double precision,
  active boolean not null,
  created_at timestamptz not null,
  constraint checkpoint_pkey primary key (id),
  constraint checkpoint_id_v7 check ((uuid_time(id) is not null) is true),
  constraint checkpoint_unit foreign key (unit_id) references administrative_unit (unit_id),
  constraint checkpoint_kind check (kind in ('ROAD', 'RAIL', 'WATER', 'AIR')),
  constraint checkpoint_code unique (province_code, code)
);
create index checkpoint_by_unit on checkpoint (unit_id);

create table account (
  id uuid not null,
  username text not null,
  full_name text not null,
  password_hash text not null,
  must_change_password boolean not null,
  roles text[] not null,
  unit_id text not null,
  province_code text,
  active boolean not null,
  demo boolean not null,
  created_at timestamptz not null,
  created_by uuid,
  constraint account_pkey primary key (id),
  constraint account_id_v7 check ((uuid_time(id) is not null) is true),
  constraint account_username unique (username),
  constraint account_unit foreign key (unit_id) references administrative_unit (unit_id),
  constraint account_roles check (roles <@ array['ADMIN', 'OFFICER', 'TRACER', 'ANALYST', 'AUDITOR'] and cardinality(roles) > 0)
);
create index account_by_unit on account (unit_id);

create table account_checkpoint (
  account_id uuid not null,
  checkpoint_id uuid not null,
  constraint account_checkpoint_pkey primary key (account_id, checkpoint_id),
  constraint account_checkpoint_account foreign key (account_id) references account (id),
  constraint account_checkpoint_checkpoint foreign key (checkpoint_id) references checkpoint (id)
);
create index account_checkpoint_by_checkpoint on account_checkpoint (checkpoint_id);

-- Hot state of accounts: local tables without foreign keys, so that no sign-in writes a reference table. ---------------

create table account_session (
  token_hash bytea not null,
  account_id uuid not null,
  created_at timestamptz not null,
  last_seen_at timestamptz not null,
  expires_at timestamptz not null,
  revoked_at timestamptz,
  constraint account_session_pkey primary key (token_hash)
);
create index account_session_by_account on account_session (account_id, created_at);

-- Tries of one user name from one address, under a hash of both: who fails elsewhere slows nobody down here, and what was
-- typed into the wrong field is not kept. succeeded_at: somebody signed in so before, and is known there.
create table sign_in_attempt (
  attempt_key bytea not null,
  failures integer not null,
  last_tried_at timestamptz not null,
  next_try_at timestamptz not null,
  succeeded_at timestamptz,
  constraint sign_in_attempt_pkey primary key (attempt_key)
);
create index sign_in_attempt_by_time on sign_in_attempt (last_tried_at);

-- Tables that grow without bound ---------------------------------------------------------------------------------------

-- A person known in a province. Identifiers (number, passport, phone, e-mail, insurance) are one sealed value.
create table citizen (
  province_code text not null,
  id uuid not null,
  full_name text not null,
  date_of_birth text not null,
  sex text not null,
  nationality text not null,
  identifiers_sealed bytea,
  permanent_line text,
  permanent_unit_id text,
  temporary_line text,
  temporary_unit_id text,
  created_at timestamptz not null,
  constraint citizen_pkey primary key (province_code, id),
  constraint citizen_id_v7 check ((uuid_time(id) is not null) is true),
  constraint citizen_sex check (sex in ('FEMALE', 'MALE', 'OTHER'))
);

-- The only truth on who is who: every number of a person by its keyed hash. hmac_next is filled while a key rotates.
create table citizen_document (
  province_code text not null,
  hmac bytea not null,
  hmac_next bytea,
  citizen_id uuid not null,
  kind text not null,
  created_at timestamptz not null,
  constraint citizen_document_pkey primary key (province_code, hmac),
  constraint citizen_document_next unique (province_code, hmac_next),
  constraint citizen_document_kind check (kind in ('CCCD', 'CMND', 'PASSPORT'))
);
create index citizen_document_by_citizen on citizen_document (province_code, citizen_id);

-- Merging is an alias row, un-merging ends it: passages keep the citizen they were recorded with.
create table citizen_alias (
  province_code text not null,
  alias_id uuid not null,
  citizen_id uuid not null,
  merged_at timestamptz not null,
  merged_by uuid not null,
  reason text not null,
  unmerged_at timestamptz,
  unmerged_by uuid,
  unmerge_reason text,
  constraint citizen_alias_pkey primary key (province_code, alias_id, merged_at)
);
create index citizen_alias_by_citizen on citizen_alias (province_code, citizen_id);

-- Trigrams of upper-case names without diacritics, searched with key = any($1): LIKE loses its index under row-level security.
create table citizen_name_key (
  province_code text not null,
  key text not null,
  citizen_id uuid not null,
  constraint citizen_name_key_pkey primary key (province_code, key, citizen_id)
);

create table declaration (
  province_code text not null,
  id uuid not null,
  occurred_at timestamptz not null,
  code text not null,
  submission_id uuid not null,
  citizen_id uuid not null,
  content_hash bytea not null,
  channel text not null,
  submitted_at timestamptz not null,
  valid_until timestamptz not null,
  withdrawn_at timestamptz,
  on_behalf boolean not null,
  paper_form_number text,
  recorded_by uuid,
  full_name text not null,
  date_of_birth text not null,
  sex text not null,
  nationality text not null,
  identifiers_sealed bytea,
  id_number_hmac bytea,
  passport_hmac bytea,
  phone_hmac bytea,
  no_document_reason text,
  permanent_line text,
  permanent_unit_id text,
  temporary_line text,
  temporary_unit_id text,
  stay_line text not null,
  stay_unit_id text not null,
  purpose text not null,
  origin_unit_id text not null,
  destination_unit_id text not null,
  destination_line text not null,
  destination_address_unit_id text not null,
  departs_at timestamptz not null,
  vehicle text not null,
  plate text,
  health jsonb not null,
  advice text not null,
  reasons text[] not null,
  rules_version integer not null,
  warnings jsonb not null,
  constraint declaration_pkey primary key (province_code, id, occurred_at),
  constraint declaration_time check ((occurred_at = uuid_time(id)) is true),
  constraint declaration_channel check (channel in ('ONLINE', 'PAPER', 'ASSISTED', 'PARTNER')),
  constraint declaration_advice check (advice in ('ADMIT', 'EXAMINE', 'REFUSE')),
  constraint declaration_sex check (sex in ('FEMALE', 'MALE', 'OTHER'))
) partition by range (occurred_at);
create index declaration_by_submission on declaration (province_code, submission_id);
create index declaration_by_submitted on declaration (province_code, submitted_at desc, id desc);
create index declaration_by_destination on declaration (province_code, destination_address_unit_id, submitted_at desc, id desc);
create index declaration_by_id_number on declaration (province_code, id_number_hmac, submitted_at desc) where id_number_hmac is not null;
create index declaration_by_phone on declaration (province_code, phone_hmac, submitted_at desc) where phone_hmac is not null;
create index declaration_by_citizen on declaration (province_code, citizen_id, submitted_at desc);

-- Unpartitioned, so that codes, secrets and form numbers are unique over all weeks of a province.
create table declaration_handle (
  province_code text not null,
  kind text not null,
  handle bytea not null,
  declaration_id uuid not null,
  occurred_at timestamptz not null,
  constraint declaration_handle_pkey primary key (province_code, kind, handle),
  constraint declaration_handle_kind check (kind in ('CODE', 'SECRET', 'PAPER_FORM'))
);
create index declaration_handle_by_declaration on declaration_handle (province_code, declaration_id);

-- What a scan opened at a checkpoint: a copy, so that recording never reads another province's shard.
create table opened_declaration (
  province_code text not null,
  declaration_id uuid not null,
  checkpoint_id uuid not null,
  declaration_province text not null,
  declaration_occurred_at timestamptz not null,
  opened_until timestamptz not null,
  citizen_id uuid not null,
  channel text not null,
  valid_until timestamptz not null,
  withdrawn_at timestamptz,
  purpose text not null,
  origin_unit_id text not null,
  destination_unit_id text not null,
  vehicle text not null,
  plate text,
  advice text not null,
  warned boolean not null,
  constraint opened_declaration_pkey primary key (province_code, declaration_id, checkpoint_id)
);
create index opened_declaration_by_end on opened_declaration (province_code, opened_until);

create table passage (
  province_code text not null,
  id uuid not null,
  occurred_at timestamptz not null,
  recorded_at timestamptz not null,
  checkpoint_id uuid not null,
  unit_id text not null,
  citizen_id uuid,
  declaration_province text,
  declaration_id uuid,
  declaration_occurred_at timestamptz,
  direction text not null,
  decision text not null,
  reason text,
  evidence text not null,
  channel text not null,
  advice text,
  purpose text,
  origin_unit_id text,
  destination_unit_id text,
  vehicle text,
  plate text,
  paper_form_number text,
  recorded_by uuid not null,
  recorded_offline boolean not null,
  flags text[] not null,
  flagged boolean not null,
  corrects uuid,
  content_hash bytea not null,
  constraint passage_pkey primary key (province_code, id, occurred_at),
  constraint passage_time check ((occurred_at = uuid_time(id)) is true),
  constraint passage_corrects_time check (corrects is null or (occurred_at = uuid_time(corrects)) is true),
  constraint passage_void_corrects check (decision <> 'VOID' or corrects is not null),
  constraint passage_direction check (direction in ('IN', 'OUT')),
  constraint passage_decision check (decision in ('ADMITTED', 'REFUSED', 'ISOLATED', 'VOID')),
  constraint passage_evidence check (evidence in ('QR_AND_CARD', 'CARD_ONLY', 'PAPER_AND_CARD', 'NO_CARD')),
  constraint passage_channel check (channel in ('ONLINE', 'PAPER', 'ASSISTED', 'PARTNER'))
) partition by range (occurred_at);
create unique index passage_one_correction on passage (province_code, corrects, occurred_at) where corrects is not null;
create index passage_by_time on passage (province_code, occurred_at desc, id desc);
create index passage_by_checkpoint on passage (province_code, checkpoint_id, direction, occurred_at) include (citizen_id);
create index passage_by_citizen on passage (province_code, citizen_id, occurred_at) include (checkpoint_id, direction, declaration_id);
create index passage_by_plate on passage (province_code, plate, occurred_at) where plate is not null;
create index passage_by_declaration on passage (province_code, declaration_id) where declaration_id is not null;
create index passage_paper_outstanding on passage (province_code, checkpoint_id, occurred_at) where paper_form_number is not null and citizen_id is null;

-- Upward effects of a transaction, read by the handlers that main.ts registers.
create table outbox (
  province_code text not null,
  id uuid not null,
  created_at timestamptz not null,
  topic text not null,
  payload jsonb not null,
  constraint outbox_pkey primary key (province_code, id, created_at),
  constraint outbox_time check ((created_at = uuid_time(id)) is true)
) partition by range (created_at);

-- Append-only: the leaf hash is made in the transaction, blocks are sealed later (issue on rights).
create table audit_entry (
  province_code text not null,
  id uuid not null,
  at timestamptz not null,
  actor_id uuid,
  role text,
  unit_id text,
  action text not null,
  subject_kind text,
  subject_ids uuid[] not null,
  checkpoint_id uuid,
  reason text,
  detail jsonb not null,
  leaf_hash bytea not null,
  block bigint,
  constraint audit_entry_pkey primary key (province_code, id, at),
  constraint audit_entry_time check ((at = uuid_time(id)) is true)
) partition by range (at);
create index audit_entry_by_time on audit_entry (province_code, at);

-- Makes the people of declarations of another province known here: their documents first, then those who are new here.
create function copy_citizens(here text, there text, ids uuid[], times timestamptz[]) returns void
  language plpgsql set search_path = public, pg_temp
  as $$
declare
  people uuid[];
begin
  select array_agg(distinct d.citizen_id) into people
  from unnest(ids, times) as w (id, at)
  join declaration d on d.province_code = there and d.id = w.id and d.occurred_at = w.at;

  insert into citizen_document (province_code, hmac, hmac_next, citizen_id, kind, created_at)
  select here, k.hmac, k.hmac_next, k.citizen_id, k.kind, k.created_at
  from citizen_document k
  where k.province_code = there and k.citizen_id = any(people)
  order by k.hmac
  on conflict do nothing;

  insert into citizen (province_code, id, full_name, date_of_birth, sex, nationality, identifiers_sealed, permanent_line,
    permanent_unit_id, temporary_line, temporary_unit_id, created_at)
  select here, c.id, c.full_name, c.date_of_birth, c.sex, c.nationality, c.identifiers_sealed, c.permanent_line,
    c.permanent_unit_id, c.temporary_line, c.temporary_unit_id, c.created_at
  from citizen c
  where c.province_code = there and c.id = any(people)
    and not exists (
      select from citizen_document k
      join citizen_document mine on mine.province_code = here and mine.hmac = k.hmac
      where k.province_code = there and k.citizen_id = c.id and mine.citizen_id <> c.id)
  order by c.id
  on conflict do nothing;

  insert into citizen_name_key (province_code, key, citizen_id)
  select here, n.key, n.citizen_id
  from citizen_name_key n
  join citizen c on c.province_code = here and c.id = n.citizen_id
  where n.province_code = there and n.citizen_id = any(people)
  order by n.citizen_id, n.key
  on conflict do nothing;
end
$$;
revoke execute on function copy_citizens from public;

-- Opens declarations, of any province, that were proven present at a checkpoint (a verified pass or a spoken code), and the
-- companions of a scanned one, for 24 hours there. The one narrow way across provinces, so it belongs to the owner and gives
-- exactly this: the declarations, a copy of their journeys, and the people known in the checkpoint's province too, matched by
-- their documents alone. One call a scan or batch; inside, a few statements for each province it reaches.
create function open_declarations(
  here text, checkpoints uuid[], provinces text[], ids uuid[], times timestamptz[], until timestamptz, with_companions boolean
) returns setof declaration
  language plpgsql security definer set search_path = public, pg_temp
  as $$
declare
  there text;
  found_ids uuid[];
  found_times timestamptz[];
  found_checkpoints uuid[];
begin
  for there in select distinct p from unnest(provinces) as p order by p loop
    select array_agg(f.id), array_agg(f.at), array_agg(f.checkpoint) into found_ids, found_times, found_checkpoints
    from (
      select d.id, d.occurred_at as at, w.checkpoint
      from unnest(checkpoints, provinces, ids, times) as w (checkpoint, province, id, at)
      join declaration d on d.province_code = there and d.id = w.id and d.occurred_at = w.at
      where w.province = there
      union
      select c.id, c.occurred_at, w.checkpoint
      from unnest(checkpoints, provinces, ids, times) as w (checkpoint, province, id, at)
      join declaration d on d.province_code = there and d.id = w.id and d.occurred_at = w.at
      join declaration c on c.province_code = there and c.submission_id = d.submission_id
        and c.occurred_at between d.occurred_at - interval '15 days' and d.occurred_at + interval '15 days'
      where w.province = there and with_companions
    ) f;

    if there <> here then
      perform copy_citizens(here, there, found_ids, found_times);
    end if;

    insert into opened_declaration (province_code, declaration_id, checkpoint_id, declaration_province, declaration_occurred_at,
      opened_until, citizen_id, channel, valid_until, withdrawn_at, purpose, origin_unit_id, destination_unit_id, vehicle, plate,
      advice, warned)
    select here, d.id, w.checkpoint, there, d.occurred_at, until, coalesce(known.citizen_id, d.citizen_id), d.channel,
      d.valid_until, d.withdrawn_at, d.purpose, d.origin_unit_id, d.destination_address_unit_id, d.vehicle, d.plate, d.advice,
      d.warnings <> '[]'::jsonb
    from unnest(found_ids, found_times, found_checkpoints) as w (id, at, checkpoint)
    join declaration d on d.province_code = there and d.id = w.id and d.occurred_at = w.at
    left join (
      select k.citizen_id as original, min(mine.citizen_id::text)::uuid as citizen_id
      from unnest(found_ids, found_times) as w (id, at)
      join declaration d on d.province_code = there and d.id = w.id and d.occurred_at = w.at
      join citizen_document k on k.province_code = there and k.citizen_id = d.citizen_id
      join citizen_document mine on mine.province_code = here and mine.hmac = k.hmac
      where there <> here
      group by k.citizen_id) known on known.original = d.citizen_id
    order by d.id
    on conflict (province_code, declaration_id, checkpoint_id) do update
      set opened_until = excluded.opened_until, withdrawn_at = excluded.withdrawn_at, advice = excluded.advice;

    return query select d.*
      from (select distinct w.id, w.at from unnest(found_ids, found_times) as w (id, at)) w
      join declaration d on d.province_code = there and d.id = w.id and d.occurred_at = w.at
      order by d.id;
  end loop;
end
$$;
revoke execute on function open_declarations from public;

-- Withdrawn passes still in force, of every province: ids only, for the public trust list.
create index declaration_withdrawn on declaration (withdrawn_at) where withdrawn_at is not null;
create function withdrawn_passes(since timestamptz) returns table (declaration_id uuid)
  language sql stable security definer set search_path = public, pg_temp
  as $$
  select d.id from declaration d where d.withdrawn_at is not null and d.valid_until > since order by d.id
$$;
revoke execute on function withdrawn_passes from public;

-- What a scan may read of declarations of another province: only those opened at this checkpoint and still open.
create function opened_declarations(checkpoint_provinces text[], at_checkpoints uuid[], wanted uuid[], at timestamptz)
  returns setof declaration
  language plpgsql stable security definer set search_path = public, pg_temp
  as $$
declare
  source record;
begin
  for source in
    select o.declaration_province, array_agg(o.declaration_id) ids, array_agg(o.declaration_occurred_at) times
    from opened_declaration o
    where o.province_code = any(checkpoint_provinces) and o.checkpoint_id = any(at_checkpoints) and o.declaration_id = any(wanted)
      and o.opened_until > at
    group by o.declaration_province
  loop
    return query select d.* from declaration d
      where d.province_code = source.declaration_province and d.id = any(source.ids) and d.occurred_at = any(source.times);
  end loop;
end
$$;
revoke execute on function opened_declarations from public;

-- Rights of the API's and the worker's roles, which own nothing. Append-only tables grant no update and no delete.
revoke create on schema public from public;
grant usage on schema public to cordon_api, cordon_worker;
grant execute on function set_scope, uuid_time to cordon_api, cordon_worker;
grant execute on function open_declarations, opened_declarations, withdrawn_passes to cordon_api;
grant execute on function ensure_weekly_partitions to cordon_worker;
grant select on administrative_unit, administrative_unit_successor, checkpoint, account, account_checkpoint to cordon_api, cordon_worker;
grant insert, update on checkpoint, account to cordon_api;
grant insert, delete on account_checkpoint to cordon_api;
grant select, insert, update, delete on account_session, sign_in_attempt to cordon_api;
grant select, insert on citizen, citizen_document, citizen_alias, citizen_name_key to cordon_api;
grant select, insert on declaration, declaration_handle, passage to cordon_api;
grant update (withdrawn_at) on declaration to cordon_api;
grant select, update (advice) on opened_declaration to cordon_api;
grant insert on outbox, audit_entry to cordon_api;
grant select, delete on outbox to cordon_worker;

