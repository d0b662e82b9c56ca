-- The second factor of signing in, its recovery codes, and sessions that can be named without their tokens.
set lock_timeout = '2s';

-- One's own is all that a transaction reads: not even an administrator's sees another's secret. offered: shown to the person,
-- not in force before it is confirmed by a code. last_step: the 30 seconds of the last code taken, so that none works twice.
create table account_second_factor (
  account_id uuid not null,
  secret_sealed bytea,
  enrolled_at timestamptz,
  last_step bigint,
  offered_sealed bytea,
  offered_at timestamptz,
  constraint account_second_factor_pkey primary key (account_id),
  constraint account_second_factor_enrolled check ((secret_sealed is null) = (enrolled_at is null)),
  constraint account_second_factor_offered check ((offered_sealed is null) = (offered_at is null))
);

create table account_recovery_code (
  account_id uuid not null,
  code_hash bytea not null,
  made_at timestamptz not null,
  used_at timestamptz,
  constraint account_recovery_code_pkey primary key (account_id, code_hash)
);

alter table account_second_factor enable row level security;
alter table account_second_factor force row level security;
create policy account_second_factor_own on account_second_factor to cordon_api
  using (is_own_account(account_id)) with check (is_own_account(account_id));
create policy account_second_factor_owner on account_second_factor to current_user using (true) with check (true);

alter table account_recovery_code enable row level security;
alter table account_recovery_code force row level security;
create policy account_recovery_code_own on account_recovery_code to cordon_api
  using (is_own_account(account_id)) with check (is_own_account(account_id));
create policy account_recovery_code_owner on account_recovery_code to current_user using (true) with check (true);

grant select, insert, update on account_second_factor to cordon_api;
grant select, insert, update, delete on account_recovery_code to cordon_api;

-- A session is named by an id that opens nothing. device: family of browser and system in words, nothing finer.
alter table account_session add column id uuid;
alter table account_session add column device text;
update account_session set id = gen_random_uuid();

-- Which accounts have a second factor, for those who reach the accounts.
create function enrolled_accounts(ids uuid[]) returns table (account_id uuid)
  language sql stable security definer set search_path = public, pg_temp
  as $$
  select f.account_id from account_second_factor f join account a on a.id = f.account_id
  where f.account_id = any(ids) and f.enrolled_at is not null
    and (is_own_account(a.id) or (in_scope(a.province_code) and in_units(a.unit_id)))
$$;

-- Takes the second factor and its recovery codes away: one's own, or of an account of the scope that is reset.
create function remove_second_factor(of_account uuid) returns boolean
  language sql security definer set search_path = public, pg_temp
  as $$
  with reached as (
    select a.id from account a
    where a.id = of_account and (is_own_account(a.id) or (in_scope(a.province_code) and in_units(a.unit_id)))
  ), codes as (
    delete from account_recovery_code where account_id in (select id from reached)
  ), factor as (
    delete from account_second_factor where account_id in (select id from reached) returning enrolled_at
  )
  select coalesce(bool_or(enrolled_at is not null), false) from factor
$$;

-- As before, and whether the account has a second factor.
drop function viewer_of_session(bytea[], timestamptz, timestamptz);
create function viewer_of_session(hashes bytea[], at timestamptz, idle_since timestamptz)
  returns table (id uuid, username text, full_name text, roles text[], unit_id text, must_change_password boolean,
    mfa_enrolled boolean, checkpoint_ids text[], token_hash bytea, last_seen_at timestamptz)
  language sql stable security definer set search_path = public, pg_temp
  as $$
  select a.id, a.username, a.full_name, a.roles, a.unit_id, a.must_change_password,
    exists (select from account_second_factor f where f.account_id = a.id and f.enrolled_at is not null),
    array(select ac.checkpoint_id::text from account_checkpoint ac where ac.account_id = a.id), s.token_hash, s.last_seen_at
  from account_session s join account a on a.id = s.account_id
  where s.token_hash = any(hashes) and s.revoked_at is null and s.expires_at > at and s.last_seen_at > idle_since and a.active
$$;

revoke execute on function enrolled_accounts, remove_second_factor, viewer_of_session from public;
grant execute on function enrolled_accounts, remove_second_factor, viewer_of_session to cordon_api;
