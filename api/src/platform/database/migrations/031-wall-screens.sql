-- A session that gave up everything but the flow, and lasts for a wall screen's time.
set lock_timeout = '2s';
alter table account_session add column wall boolean not null default false;

-- As viewer_of_session, and whether the session is a wall screen's.
create function viewers_of_sessions(hashes bytea[], at timestamptz, idle_since timestamptz)
  returns table (id uuid, username text, full_name text, roles text[], unit_id text, must_change_password boolean,
    mfa_enrolled boolean, checkpoint_ids text[], token_hash bytea, last_seen_at timestamptz, wall boolean)
  language sql stable security definer set search_path = public, pg_temp
  as $$
  select a.id, a.username, a.full_name, a.roles, a.unit_id, a.must_change_password,
    exists (select from account_second_factor f where f.account_id = a.id and f.enrolled_at is not null),
    array(select ac.checkpoint_id::text from account_checkpoint ac where ac.account_id = a.id), s.token_hash, s.last_seen_at, s.wall
  from account_session s join account a on a.id = s.account_id
  where s.token_hash = any(hashes) and s.revoked_at is null and s.expires_at > at and s.last_seen_at > idle_since and a.active
$$;

revoke execute on function viewers_of_sessions from public;
grant execute on function viewers_of_sessions to cordon_api;

-- Nodes of before, which run beside new ones while these are started, have plans of it that another type would break. They know no wall
-- screens, and would give one the whole account.
create or replace function viewer_of_session(hashes bytea[], at timestamptz, idle_since timestamptz)
  returns table (id uuid, username text, full_name text, roles text[], unit_id text, must_change_password boolean,
    mfa_enrolled boolean, checkpoint_ids text[], token_hash bytea, last_seen_at timestamptz)
  language sql stable security definer set search_path = public, pg_temp
  as $$
  select a.id, a.username, a.full_name, a.roles, a.unit_id, a.must_change_password,
    exists (select from account_second_factor f where f.account_id = a.id and f.enrolled_at is not null),
    array(select ac.checkpoint_id::text from account_checkpoint ac where ac.account_id = a.id), s.token_hash, s.last_seen_at
  from account_session s join account a on a.id = s.account_id
  where s.token_hash = any(hashes) and s.revoked_at is null and s.expires_at > at and s.last_seen_at > idle_since and a.active and not s.wall
$$;
