-- The outbox is read, and the population database's answers are kept (docs/decisions/015-registry-jobs.md).
set lock_timeout = '2s';

-- Outbox --------------------------------------------------------------------------------------------------------------

-- An event that a handler could not bear is kept, tried again later, and known by its tries; the others go on. handled: the
-- handlers that are done with it, whose part is not done twice.
alter table outbox add column attempts integer not null default 0;
alter table outbox add column next_try_at timestamptz;
alter table outbox add column handled text[] not null default '{}';
create index outbox_tried on outbox (province_code, next_try_at) where attempts > 0;
grant update (attempts, next_try_at, handled) on outbox to cordon_worker;

-- Verifications -------------------------------------------------------------------------------------------------------

-- One row a person known in a province: what the population database last answered, and whether it is to be asked. Of an answer
-- only the verdict and the names of the fields that differ are kept.
create table registry_verification (
  province_code text not null,
  citizen_id uuid not null,
  status text not null,
  failure text,
  mismatches text[] not null default '{}',
  -- Tries since it was enqueued.
  attempts integer not null default 0,
  priority integer not null default 0,
  enqueued_at timestamptz not null,
  -- From when on to ask; null: nothing to ask. Taken by a worker it lies behind the time that a try may last.
  due_at timestamptz,
  -- Of the worker that took it: an answer under another claim comes too late.
  claim uuid,
  checked_at timestamptz,
  -- Until then an answer serves all passages of the person.
  fresh_until timestamptz,
  -- Given up after too many tries, until someone enqueues it again.
  dead_since timestamptz,
  -- Where the person was last.
  checkpoint_id uuid not null,
  unit_id text not null,
  passed_at timestamptz not null,
  -- What was declared there, which the question is asked of; null: it is asked of the citizen.
  declaration_province text,
  declaration_id uuid,
  declaration_occurred_at timestamptz,
  resolution_kind text,
  resolution_reason text,
  resolved_at timestamptz,
  resolved_by uuid,
  constraint registry_verification_pkey primary key (province_code, citizen_id),
  constraint registry_verification_status check (status in ('PENDING', 'MATCHED', 'MISMATCHED', 'NOT_FOUND', 'UNAVAILABLE')),
  constraint registry_verification_failure check (failure in ('NOT_AUTHORISED', 'TIMEOUT', 'FAULT')),
  constraint registry_verification_resolution check (resolution_kind in ('CORRECTED', 'ACCEPTED', 'REFERRED'))
);
create index registry_verification_due on registry_verification (province_code, priority desc, due_at) where due_at is not null;
create index registry_verification_open on registry_verification (checked_at desc, citizen_id desc)
  where status in ('MISMATCHED', 'NOT_FOUND') and resolution_kind is null;
create index registry_verification_dead on registry_verification (dead_since desc, citizen_id desc) where dead_since is not null;

-- Units are the application's business, as with citizens: a mismatch is a flag at the next scan, wherever in the province.
alter table registry_verification enable row level security;
alter table registry_verification force row level security;
create policy registry_verification_scope on registry_verification to cordon_api, cordon_worker
  using (in_scope(province_code)) with check (in_scope(province_code));
create policy registry_verification_owner on registry_verification to current_user using (true) with check (true);

-- A verdict is the worker's to write.
grant select, insert on registry_verification to cordon_api;
grant update (attempts, priority, enqueued_at, due_at, claim, fresh_until, dead_since, checkpoint_id, unit_id, passed_at,
  declaration_province, declaration_id, declaration_occurred_at, resolution_kind, resolution_reason, resolved_at, resolved_by)
  on registry_verification to cordon_api;
grant select, insert, update, delete on registry_verification to cordon_worker;

-- As before (006), with what the population database said.
create or replace function erase_citizen(province text, citizen uuid, at timestamptz)
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
  delete from registry_verification v where v.province_code = province and v.citizen_id = citizen;
  delete from citizen c where c.province_code = province and c.id = citizen;
  insert into erased_citizen (province_code, citizen_id, erased_at, declarations)
    values (province, citizen, at, cardinality(ids))
    on conflict on constraint erased_citizen_pkey do nothing;
  return query select 'ERASED', at, cardinality(ids),
    (select sha256(string_agg(uuid_send(d), ''::bytea order by d)) from unnest(ids) as d);
end
$$;
revoke execute on function erase_citizen from public;

do $$ begin
  if exists (select from pg_extension where extname = 'citus') then
    perform create_distributed_table('registry_verification', 'province_code', colocate_with => 'citizen');
  end if;
end $$;
