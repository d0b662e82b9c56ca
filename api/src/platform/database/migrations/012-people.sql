-- People: one person under several numbers, merging and un-merging, likely doubles, and the search (docs/decisions/017-people.md).
set lock_timeout = '2s';

-- Merging -------------------------------------------------------------------------------------------------------------

-- citizen_id is whom an administrator merged it into, kept_id whom it stands as now: where A is merged into B and B into C, both
-- stand as C. Only whoever stands for themselves is merged into somebody, and one at a time, so there is no circle.
alter table citizen_alias add column kept_id uuid;
update citizen_alias set kept_id = citizen_id;
-- squawk-ignore require-concurrent-index-creation
create unique index citizen_alias_standing on citizen_alias (province_code, alias_id) where unmerged_at is null;
-- squawk-ignore require-concurrent-index-creation
create index citizen_alias_by_kept on citizen_alias (province_code, kept_id) where unmerged_at is null;

-- Merging reaches declarations in every unit of the province: who stands below it reads what is merged, and changes nothing.
create policy citizen_alias_whole_province on citizen_alias as restrictive to cordon_api
  using (in_scope(province_code)) with check (in_scope(province_code) and in_units('*'));
grant update (kept_id, unmerged_at, unmerged_by, unmerge_reason) on citizen_alias to cordon_api;

-- These people and all whom they are merged with, each with whom they stand as. What reads a person's rows reads all of these.
create function people_merged(provinces text[], ids uuid[]) returns table (citizen_id uuid, kept_id uuid)
  language sql stable parallel safe
  as $$
  with standing as (
    select coalesce(a.kept_id, w.id) as id from unnest(ids) as w (id)
    left join citizen_alias a on a.province_code = any(provinces) and a.alias_id = w.id and a.unmerged_at is null)
  select s.id, s.id from standing s
  union
  select a.alias_id, a.kept_id from citizen_alias a
  where a.province_code = any(provinces) and a.unmerged_at is null and a.kept_id in (select s.id from standing s)
$$;

-- Whom a hold keeps: whoever is held, and all whom they are merged with.
create function held_people(province text) returns setof uuid
  language sql stable parallel safe
  as $$
  select m.citizen_id from people_merged(array[province],
    array(select h.citizen_id from citizen_hold h where h.province_code = province and h.ended_at is null)) m
$$;
revoke execute on function people_merged, held_people from public;
grant execute on function people_merged, held_people to cordon_api, cordon_worker;

-- Doubles -------------------------------------------------------------------------------------------------------------

-- Two who may be one person, one_id < other_id: found by the worker, or proven by a card that names the numbers of both.
-- Dismissed: an administrator said why they are not the same; they are not proposed again.
create table citizen_double (
  province_code text not null,
  one_id uuid not null,
  other_id uuid not null,
  score integer not null,
  evidence text[] not null,
  found_at timestamptz not null,
  dismissed_at timestamptz,
  dismissed_by uuid,
  dismiss_reason text,
  constraint citizen_double_pkey primary key (province_code, one_id, other_id),
  constraint citizen_double_order check (one_id < other_id),
  constraint citizen_double_score check (score between 1 and 100),
  constraint citizen_double_dismissed check ((dismissed_at is null) = (dismiss_reason is null))
);
create index citizen_double_by_score on citizen_double (province_code, score desc, one_id desc, other_id desc) where dismissed_at is null;
create index citizen_double_by_other on citizen_double (province_code, other_id);
alter table citizen_double enable row level security;
alter table citizen_double force row level security;
create policy citizen_double_scope on citizen_double to cordon_api, cordon_worker
  using (in_scope(province_code) and in_units('*')) with check (in_scope(province_code) and in_units('*'));
create policy citizen_double_owner on citizen_double to current_user using (true) with check (true);
grant select, insert, update (score, evidence, dismissed_at, dismissed_by, dismiss_reason) on citizen_double to cordon_api;
grant select, insert, update (score, evidence), delete on citizen_double to cordon_worker;
do $$ begin
  if exists (select from pg_extension where extname = 'citus') then
    perform create_distributed_table('citizen_double', 'province_code', colocate_with => 'citizen');
  end if;
end $$;

-- Null until the worker has looked for doubles of the person.
alter table citizen add column doubles_sought_at timestamptz;
-- squawk-ignore require-concurrent-index-creation
create index citizen_unsought on citizen (province_code, id) where doubles_sought_at is null;
grant update (doubles_sought_at) on citizen to cordon_worker;
-- By the bytes, so that the days of a year lie in one range whatever the database's language.
-- squawk-ignore require-concurrent-index-creation
create index citizen_by_birth on citizen (province_code, date_of_birth collate "C", id);

-- A card may name a number that the person had before: both are kept, sealed as one value.
grant update (identifiers_sealed) on citizen to cordon_api;

-- Names ---------------------------------------------------------------------------------------------------------------

-- A whole name is one key too, '=' and its words in order of the alphabet: of common names every trigram is too common to begin with.
insert into citizen_name_key (province_code, key, citizen_id)
select c.province_code, '=' || string_agg(w.word, ' ' order by w.word collate "C"), c.id
from citizen c
cross join lateral regexp_split_to_table(
  upper(replace(regexp_replace(normalize(lower(c.full_name), NFD), '[\u0300-\u036f]', '', 'g'), 'đ', 'd')), '[^[:alnum:]]+') as w (word)
where w.word <> ''
group by c.province_code, c.id
on conflict do nothing;

-- Retention and erasure -----------------------------------------------------------------------------------------------

-- As before (006), but what is held are people with all whom they are merged with.
create or replace function drop_past_week(parent text, week date) returns table (province_code text, dropped bigint, ids_digest bytea)
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
    lock table citizen_hold, citizen_alias in share mode;
    execute format('select exists (
      select from (
        select h.province_code, m.citizen_id from citizen_hold h
        cross join lateral people_merged(array[h.province_code], array[h.citizen_id]) m where h.ended_at is null) h
      join %1$I r on r.province_code = h.province_code and r.citizen_id = h.citizen_id
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

-- As before (010), but of all whom the person is merged with: it is one person who asked.
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
  delete from registry_verification v where v.province_code = province and v.citizen_id = any(people);
  delete from citizen_double b where b.province_code = province and (b.one_id = any(people) or b.other_id = any(people));
  delete from citizen c where c.province_code = province and c.id = any(people);
  insert into erased_citizen (province_code, citizen_id, erased_at, declarations)
    select province, p, at, cardinality(ids) from unnest(people) as p
    on conflict on constraint erased_citizen_pkey do nothing;
  return query select 'ERASED', at, cardinality(ids),
    (select sha256(string_agg(uuid_send(d), ''::bytea order by d)) from unnest(ids) as d);
end
$$;
