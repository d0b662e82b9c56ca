-- Retention, holds, erasure of a person, and keys that rotate while the servers run (docs/decisions/008-retention-and-key-rotation.md).
set lock_timeout = '2s';

-- Keys ----------------------------------------------------------------------------------------------------------------

-- Which keys each running process holds, by id, the first of each ring in use: a rotation waits for all of them.
create table key_holder (
  node_id uuid not null,
  seen_at timestamptz not null,
  rings jsonb not null,
  constraint key_holder_pkey primary key (node_id)
);
grant select, insert, update, delete on key_holder to cordon_api, cordon_worker;

-- Under which look-up key hmac was made; null before keys were named here. hmac_next is the same number under the ring's other
-- key, so that two servers, and two provinces, that are not at the same step of a rotation still know each other's people.
alter table citizen_document add column hmac_key text;

-- Makes the people of declarations of another province known here: their documents first, then those who are new here. A number
-- that is known here under either of its hashes stays the person's it is.
create or replace function copy_citizens(here text, there text, ids uuid[], times timestamptz[]) returns void
  language plpgsql set search_path = public, pg_temp
  as $$
declare
  people uuid[];
begin
  select array_agg(distinct d.citizen_id) into people
  from unnest(ids, times) as w (id, at)
  join declaration d on d.province_code = there and d.id = w.id and d.occurred_at = w.at;

  insert into citizen_document (province_code, hmac, hmac_next, hmac_key, citizen_id, kind, created_at)
  select here, k.hmac, k.hmac_next, k.hmac_key, k.citizen_id, k.kind, k.created_at
  from citizen_document k
  where k.province_code = there and k.citizen_id = any(people)
    and not exists (select from citizen_document mine where mine.province_code = here and mine.hmac in (k.hmac, k.hmac_next))
    and not exists (select from citizen_document mine where mine.province_code = here and mine.hmac_next in (k.hmac, k.hmac_next))
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
      join citizen_document mine on mine.province_code = here
        and (mine.hmac in (k.hmac, k.hmac_next) or mine.hmac_next in (k.hmac, k.hmac_next))
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

-- As before (001), but numbers are matched under either of their hashes.
create or replace function open_declarations(
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
  -- Nothing is opened at the checkpoint of another province than the caller's own.
  for there in select distinct p from unnest(provinces) as p where in_scope(here) order by p loop
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
      join citizen_document mine on mine.province_code = here
        and (mine.hmac in (k.hmac, k.hmac_next) or mine.hmac_next in (k.hmac, k.hmac_next))
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

-- Holds ---------------------------------------------------------------------------------------------------------------

-- What belongs to an open case stays until it closes: tracing holds its people, retention copies their rows before it drops a
-- week, and the copies go when the last hold of the person has ended.
create table citizen_hold (
  province_code text not null,
  id uuid not null,
  citizen_id uuid not null,
  reason text not null,
  since timestamptz not null,
  ended_at timestamptz,
  constraint citizen_hold_pkey primary key (province_code, id),
  constraint citizen_hold_id_v7 check ((uuid_time(id) is not null) is true)
);
create index citizen_hold_standing on citizen_hold (province_code, citizen_id) where ended_at is null;
alter table citizen_hold enable row level security;
alter table citizen_hold force row level security;
create policy citizen_hold_scope on citizen_hold to cordon_api, cordon_worker using (in_scope(province_code)) with check (in_scope(province_code));
create policy citizen_hold_owner on citizen_hold to current_user using (true) with check (true);

-- Column for column as their originals.
create table declaration_held (
  like declaration including constraints,
  constraint declaration_held_pkey primary key (province_code, id)
);
create index declaration_held_by_citizen on declaration_held (province_code, citizen_id);
alter table declaration_held enable row level security;
alter table declaration_held force row level security;
create policy declaration_held_scope on declaration_held to cordon_api, cordon_worker
  using (in_scope(province_code) and in_units(destination_address_unit_id))
  with check (in_scope(province_code) and in_units(destination_address_unit_id));
create policy declaration_held_owner on declaration_held to current_user using (true) with check (true);

create table passage_held (
  like passage including constraints,
  constraint passage_held_pkey primary key (province_code, id)
);
create index passage_held_by_citizen on passage_held (province_code, citizen_id);
alter table passage_held enable row level security;
alter table passage_held force row level security;
create policy passage_held_scope on passage_held to cordon_api, cordon_worker
  using (in_scope(province_code) and (in_units(unit_id) or in_units(destination_unit_id)))
  with check (in_scope(province_code) and in_units(unit_id));
create policy passage_held_owner on passage_held to current_user using (true) with check (true);

-- Drops one week of a table that is past its time, and answers what was in it, by province: how many rows, and the SHA-256 of
-- their ids in order, for the audit trail. It refuses a week that could still be written to, and one with rows of a standing
-- hold that were not copied. A week that is gone already answers nothing, so a run that was broken off is simply run again.
create function drop_past_week(parent text, week date) returns table (province_code text, dropped bigint, ids_digest bytea)
  language plpgsql security definer set search_path = public, pg_temp set lock_timeout = '2s'
  as $$
declare
  partition text := format('%s_%s', parent, to_char(week, 'YYYYMMDD'));
  -- Passages and declarations may come two weeks late; an audit trail of less than a year answers nobody.
  least_days integer := case parent when 'declaration' then 15 when 'passage' then 15 when 'outbox' then 2
    when 'audit_access' then 15 when 'audit_entry' then 365 end;
  key text := case parent when 'audit_access' then 'entry_id' else 'id' end;
  unsaved boolean := false;
begin
  if least_days is null or week <> date_trunc('week', week)::date then
    raise exception 'not a week of a partitioned table: %', partition;
  end if;
  if (week + 7 + least_days)::timestamp at time zone 'UTC' > now() then
    raise exception '% is younger than retention allows', partition using errcode = 'object_not_in_prerequisite_state';
  end if;
  if to_regclass(quote_ident(partition)) is null then
    return;
  end if;
  -- No row and no hold may come while it is counted.
  execute format('lock table %I in share mode', partition);
  if parent in ('declaration', 'passage') then
    lock table citizen_hold in share mode;
    execute format('select exists (
      select from %1$I r join citizen_hold h on h.province_code = r.province_code and h.citizen_id = r.citizen_id and h.ended_at is null
      where not exists (select from %2$I s where s.province_code = r.province_code and s.id = r.id))', partition, parent || '_held')
      into unsaved;
    if unsaved then
      raise exception '% has rows that are held and not copied', partition using errcode = 'object_not_in_prerequisite_state';
    end if;
  end if;
  return query execute format(
    'select r.province_code, count(*), sha256(string_agg(uuid_send(r.%2$I), ''''::bytea order by r.%2$I)) from %1$I r group by r.province_code order by 1',
    partition, key);
  execute format('drop table %I', partition);
end
$$;
revoke execute on function drop_past_week from public;

-- Erasure -------------------------------------------------------------------------------------------------------------

-- Who was erased: an id that names nobody any more. After a restore from a backup these are erased again.
create table erased_citizen (
  province_code text not null,
  citizen_id uuid not null,
  erased_at timestamptz not null,
  declarations integer not null,
  constraint erased_citizen_pkey primary key (province_code, citizen_id)
);
alter table erased_citizen enable row level security;
alter table erased_citizen force row level security;
create policy erased_citizen_scope on erased_citizen to cordon_api, cordon_worker using (in_scope(province_code)) with check (in_scope(province_code));
create policy erased_citizen_owner on erased_citizen to current_user using (true) with check (true);

-- Erases a person in a province: who they are, their numbers and all they declared. Passages stay as they were recorded: what
-- named the person in them was the row that goes. Narrow, since the API's role may delete none of it: within the scope of a
-- whole province only, nobody who is held, and only whole persons.
create function erase_citizen(province text, citizen uuid, at timestamptz)
  returns table (outcome text, erased_at timestamptz, declarations integer, ids_digest bytea)
  language plpgsql security definer set search_path = public, pg_temp
  as $$
declare
  ids uuid[];
  provinces text[];
begin
  if not coalesce(in_scope(province) and in_units('*'), false) then
    return query select 'UNKNOWN', null::timestamptz, null::integer, null::bytea;
    return;
  end if;
  -- Whoever places a hold takes the same turn.
  perform pg_advisory_xact_lock(hashtextextended(citizen::text, 0));
  perform from citizen c where c.province_code = province and c.id = citizen for update;
  if not found then
    return query select 'ERASED_BEFORE', e.erased_at, e.declarations, null::bytea
      from erased_citizen e where e.province_code = province and e.citizen_id = citizen;
    return;
  end if;
  if exists (select from citizen_hold h where h.province_code = province and h.citizen_id = citizen and h.ended_at is null) then
    return query select 'HELD', null::timestamptz, null::integer, null::bytea;
    return;
  end if;
  select coalesce(array_agg(d.id order by d.id), '{}') into ids
    from declaration d where d.province_code = province and d.citizen_id = citizen;
  -- A checkpoint of another province may have opened a declaration, or keyed in its form.
  provinces := array(select distinct u.province_code from administrative_unit u);
  delete from declaration_handle h where h.province_code = any(provinces) and h.declaration_id = any(ids);
  delete from opened_declaration o where o.province_code = any(provinces) and o.declaration_id = any(ids);
  delete from opened_declaration o where o.province_code = province and o.citizen_id = citizen;
  delete from declaration d where d.province_code = province and d.citizen_id = citizen;
  delete from declaration_held d where d.province_code = province and d.citizen_id = citizen;
  delete from citizen_document k where k.province_code = province and k.citizen_id = citizen;
  delete from citizen_name_key n where n.province_code = province and n.citizen_id = citizen;
  delete from citizen_alias a where a.province_code = province and (a.alias_id = citizen or a.citizen_id = citizen);
  delete from citizen c where c.province_code = province and c.id = citizen;
  insert into erased_citizen (province_code, citizen_id, erased_at, declarations)
    values (province, citizen, at, cardinality(ids))
    on conflict on constraint erased_citizen_pkey do nothing;
  return query select 'ERASED', at, cardinality(ids),
    (select sha256(string_agg(uuid_send(d), ''::bytea order by d)) from unnest(ids) as d);
end
$$;
revoke execute on function erase_citizen from public;

-- Rights --------------------------------------------------------------------------------------------------------------
grant execute on function erase_citizen to cordon_api;
grant execute on function drop_past_week to cordon_worker;
grant select, insert on citizen_hold to cordon_api;
grant update (ended_at) on citizen_hold to cordon_api;
grant select on declaration_held, passage_held, erased_citizen to cordon_api;
grant select on citizen_hold to cordon_worker;
grant select, insert, delete on declaration_held, passage_held to cordon_worker;
grant select on declaration, passage to cordon_worker;
grant select, delete on declaration_handle, opened_declaration to cordon_worker;
grant select, delete on citizen, citizen_document, citizen_name_key, citizen_alias to cordon_worker;
grant select, delete on account_session, sign_in_attempt to cordon_worker;
grant insert on audit_entry to cordon_worker;
