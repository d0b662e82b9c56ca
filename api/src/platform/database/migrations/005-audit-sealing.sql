-- Sealing of the audit trail (docs/decisions/007-audit-sealing.md): entries are marked with their block by the worker, which
-- may change nothing else of them; blocks are chained and signed; whom an entry showed is entered for the receipts.
set lock_timeout = '2s';

create table audit_block (
  province_code text not null,
  number bigint not null,
  previous_hash bytea not null,
  merkle_root bytea not null,
  entries integer not null,
  late integer not null,
  from_at timestamptz not null,
  to_at timestamptz not null,
  sealed_at timestamptz not null,
  key_id text not null,
  signature bytea not null,
  constraint audit_block_pkey primary key (province_code, number),
  constraint audit_block_counts check (number > 0 and entries > 0 and late between 0 and entries)
);

-- Of the province of whom was looked at. Read by the holder of a receipt: role and unit, no account.
create table audit_access (
  province_code text not null,
  subject_id uuid not null,
  at timestamptz not null,
  entry_id uuid not null,
  role text not null,
  unit_id text not null,
  action text not null,
  reason text,
  constraint audit_access_pkey primary key (province_code, subject_id, at, entry_id)
) partition by range (at);

alter table audit_block enable row level security;
alter table audit_block force row level security;
create policy audit_block_scope on audit_block to cordon_api, cordon_worker using (in_scope(province_code)) with check (in_scope(province_code));
create policy audit_block_owner on audit_block to current_user using (true) with check (true);

alter table audit_access enable row level security;
alter table audit_access force row level security;
create policy audit_access_scope on audit_access to cordon_api, cordon_worker using (in_scope(province_code)) with check (in_scope(province_code));
create policy audit_access_owner on audit_access to current_user using (true) with check (true);

create or replace function ensure_weekly_partitions(parent text, from_day date, to_day date) returns integer
  language plpgsql security definer set search_path = public, pg_temp
  as $$
declare
  monday date := date_trunc('week', from_day)::date;
  made integer := 0;
begin
  if parent not in ('declaration', 'passage', 'outbox', 'audit_entry', 'audit_access') then
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

-- Each entry stands in one of the first two: what waits is few, what is sealed is read in the order of its block.
-- squawk-ignore require-concurrent-index-creation
create index audit_entry_unsealed on audit_entry (province_code, id) where block is null;
-- squawk-ignore require-concurrent-index-creation
create index audit_entry_sealed on audit_entry (province_code, block, id) where block is not null;
-- squawk-ignore require-concurrent-index-creation
create index audit_entry_by_actor on audit_entry (province_code, actor_id, at);

-- A statement a province inside: a cluster takes no lateral join from a list of provinces.
create function last_audit_blocks(provinces text[]) returns setof audit_block
  language plpgsql stable set search_path = public, pg_temp
  as $$
declare
  province text;
begin
  foreach province in array provinces loop
    return query select b.* from audit_block b where b.province_code = province order by b.number desc limit 1;
  end loop;
end
$$;
revoke execute on function last_audit_blocks from public;
grant execute on function last_audit_blocks to cordon_api;

grant select on audit_entry, audit_block to cordon_api, cordon_worker;
grant select on audit_access to cordon_api;
grant update (block) on audit_entry to cordon_worker;
grant insert on audit_block, audit_access to cordon_worker;
