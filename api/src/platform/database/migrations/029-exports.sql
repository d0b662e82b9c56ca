-- Exports (docs/decisions/033-exports.md): what was asked for, how far a worker is, and the file in parts until it expires.
set lock_timeout = '2s';

-- One a file. It stands in the province of who asked, as its entries in the audit trail do. due_at null: nothing to do.
create table export (
  province_code text not null,
  id uuid not null,
  account_id uuid not null,
  unit_id text not null,
  kind text not null,
  format text not null,
  filter jsonb not null,
  reason text not null,
  locale text not null,
  status text not null,
  failure text,
  asked_at timestamptz not null,
  due_at timestamptz,
  claim uuid,
  attempts integer not null,
  total integer not null,
  rows_written integer not null,
  bytes bigint not null,
  sha256 bytea,
  finished_at timestamptz,
  expires_at timestamptz,
  constraint export_pkey primary key (province_code, id),
  constraint export_id_v7 check ((uuid_time(id) is not null) is true),
  constraint export_kind check (kind in ('PASSAGES', 'DECLARATIONS')),
  constraint export_format check (format in ('CSV', 'XLSX')),
  constraint export_locale check (locale in ('vi', 'en')),
  constraint export_status check (status in ('QUEUED', 'RUNNING', 'READY', 'FAILED', 'EXPIRED')),
  constraint export_failure check ((failure is not null) = (status = 'FAILED')),
  constraint export_failure_kind check (failure in ('NO_RIGHT', 'TOO_MANY_ROWS', 'INTERRUPTED')),
  constraint export_ready check (status <> 'READY' or (claim is not null and sha256 is not null and expires_at is not null))
);
create index export_by_due on export (province_code, due_at) where due_at is not null;
create index export_by_account on export (province_code, account_id, id);
create index export_by_expiry on export (province_code, expires_at) where status = 'READY';

alter table export enable row level security;
alter table export force row level security;
-- Nobody but who asked for it: an export is no other account's business, in the same unit neither.
create policy export_own on export to cordon_api
  using (in_scope(province_code) and is_own_account(account_id)) with check (in_scope(province_code) and is_own_account(account_id));
create policy export_work on export to cordon_worker using (in_scope(province_code)) with check (in_scope(province_code));
create policy export_owner on export to current_user using (true) with check (true);

-- The bytes, in the order of their numbers. Each is one claim's: what a worker that was taken for dead still writes is no part of the file.
create table export_part (
  province_code text not null,
  export_id uuid not null,
  claim uuid not null,
  number integer not null,
  account_id uuid not null,
  bytes bytea not null,
  constraint export_part_pkey primary key (province_code, export_id, claim, number),
  constraint export_part_size check (octet_length(bytes) between 1 and 1048576)
);
alter table export_part enable row level security;
alter table export_part force row level security;
create policy export_part_own on export_part to cordon_api
  using (in_scope(province_code) and is_own_account(account_id)) with check (in_scope(province_code) and is_own_account(account_id));
create policy export_part_work on export_part to cordon_worker using (in_scope(province_code)) with check (in_scope(province_code));
create policy export_part_owner on export_part to current_user using (true) with check (true);

-- Rights --------------------------------------------------------------------------------------------------------------
grant select, insert, delete on export to cordon_api;
grant select, delete on export_part to cordon_api;
grant select, delete on export to cordon_worker;
grant update (status, failure, due_at, claim, attempts, total, rows_written, bytes, sha256, finished_at, expires_at) on export to cordon_worker;
grant select, insert, delete on export_part to cordon_worker;
-- Whether an account may work now is asked as each export begins.
grant execute on function enrolled_accounts to cordon_worker;
