-- The second lock under the policy table: row-level security, forced, on every table with personal data. It closes without a
-- scope. It guards against a forgotten filter, not against injected SQL (docs/decisions/010-row-level-security.md).
-- Whoever upgrades over this one stops the API first: the code before it asks for accounts without a scope.
set lock_timeout = '2s';

-- The scope of a transaction: provinces ('*': every one), units within them ('*': all), and the account. SET LOCAL inside EXECUTE reaches the
-- workers of a cluster (findings/distribution.md section b).
drop function set_scope(text, text);
create function set_scope(provinces text, units text, account text) returns void
  language plpgsql set search_path = pg_catalog, pg_temp
  as $$
begin
  execute format('set local app.provinces = %L', provinces);
  execute format('set local app.units = %L', units);
  execute format('set local app.account_id = %L', account);
end
$$;
revoke execute on function set_scope from public;

-- Without a scope the setting is null, or empty on a connection that had one before: either way nothing is in it. CASE, since
-- the planner takes half of the rows for what a CASE answers, but a fiftieth for OR, and then sorts where it could stop early.
create function in_scope(province text) returns boolean
  language sql stable parallel safe
  return case when current_setting('app.provinces', true) = '*' then true
    else province = any(string_to_array(current_setting('app.provinces', true), ',')) end;

create function in_units(unit text) returns boolean
  language sql stable parallel safe
  return case when current_setting('app.units', true) = '*' then true
    else unit = any(string_to_array(current_setting('app.units', true), ',')) end;

create function is_own_account(account uuid) returns boolean
  language sql stable parallel safe
  return account::text = current_setting('app.account_id', true);

revoke execute on function in_scope, in_units, is_own_account from public;
grant execute on function set_scope, in_scope, in_units, is_own_account to cordon_api, cordon_worker;

-- A session stands in the province of its account.
alter table account_session add column province_code text;
update account_session s set province_code = a.province_code from account a where a.id = s.account_id;

-- The owner's policy lets the definer functions below work where the owner is no superuser. -----------------------------

alter table citizen enable row level security;
alter table citizen force row level security;
create policy citizen_scope on citizen to cordon_api, cordon_worker using (in_scope(province_code)) with check (in_scope(province_code));
create policy citizen_owner on citizen to current_user using (true) with check (true);

alter table citizen_document enable row level security;
alter table citizen_document force row level security;
create policy citizen_document_scope on citizen_document to cordon_api, cordon_worker using (in_scope(province_code)) with check (in_scope(province_code));
create policy citizen_document_owner on citizen_document to current_user using (true) with check (true);

alter table citizen_alias enable row level security;
alter table citizen_alias force row level security;
create policy citizen_alias_scope on citizen_alias to cordon_api, cordon_worker using (in_scope(province_code)) with check (in_scope(province_code));
create policy citizen_alias_owner on citizen_alias to current_user using (true) with check (true);

alter table citizen_name_key enable row level security;
alter table citizen_name_key force row level security;
create policy citizen_name_key_scope on citizen_name_key to cordon_api, cordon_worker using (in_scope(province_code)) with check (in_scope(province_code));
create policy citizen_name_key_owner on citizen_name_key to current_user using (true) with check (true);

alter table declaration enable row level security;
alter table declaration force row level security;
create policy declaration_scope on declaration to cordon_api, cordon_worker
  using (in_scope(province_code) and in_units(destination_address_unit_id))
  with check (in_scope(province_code) and in_units(destination_address_unit_id));
create policy declaration_owner on declaration to current_user using (true) with check (true);

alter table declaration_handle enable row level security;
alter table declaration_handle force row level security;
create policy declaration_handle_scope on declaration_handle to cordon_api, cordon_worker using (in_scope(province_code)) with check (in_scope(province_code));
create policy declaration_handle_owner on declaration_handle to current_user using (true) with check (true);

alter table opened_declaration enable row level security;
alter table opened_declaration force row level security;
create policy opened_declaration_scope on opened_declaration to cordon_api, cordon_worker using (in_scope(province_code)) with check (in_scope(province_code));
create policy opened_declaration_owner on opened_declaration to current_user using (true) with check (true);

alter table passage enable row level security;
alter table passage force row level security;
-- As an arrival it is its destination's too.
create policy passage_scope on passage to cordon_api, cordon_worker
  using (in_scope(province_code) and (in_units(unit_id) or in_units(destination_unit_id)))
  with check (in_scope(province_code) and in_units(unit_id));
create policy passage_owner on passage to current_user using (true) with check (true);

alter table outbox enable row level security;
alter table outbox force row level security;
create policy outbox_scope on outbox to cordon_api, cordon_worker using (in_scope(province_code)) with check (in_scope(province_code));
create policy outbox_owner on outbox to current_user using (true) with check (true);

alter table audit_entry enable row level security;
alter table audit_entry force row level security;
create policy audit_entry_scope on audit_entry to cordon_api, cordon_worker using (in_scope(province_code)) with check (in_scope(province_code));
create policy audit_entry_owner on audit_entry to current_user using (true) with check (true);

-- Accounts: those of the scope's units, and the own one.
alter table account enable row level security;
alter table account force row level security;
create policy account_scope on account to cordon_api, cordon_worker
  using (is_own_account(id) or (in_scope(province_code) and in_units(unit_id)))
  with check (is_own_account(id) or (in_scope(province_code) and in_units(unit_id)));
create policy account_owner on account to current_user using (true) with check (true);

alter table account_session enable row level security;
alter table account_session force row level security;
create policy account_session_scope on account_session to cordon_api, cordon_worker
  using (is_own_account(account_id) or in_scope(province_code))
  with check (is_own_account(account_id) or in_scope(province_code));
create policy account_session_owner on account_session to current_user using (true) with check (true);

-- The narrow ways around: each answers one question of somebody who has no scope, or not yet. ---------------------------

-- Who holds a session: asked before there is a viewer, so before there is a scope.
create function viewer_of_session(hashes bytea[], at timestamptz, idle_since timestamptz)
  returns table (id uuid, username text, full_name text, roles text[], unit_id text, must_change_password boolean,
    checkpoint_ids text[], token_hash bytea, last_seen_at timestamptz)
  language sql stable security definer set search_path = public, pg_temp
  as $$
  select a.id, a.username, a.full_name, a.roles, a.unit_id, a.must_change_password,
    array(select ac.checkpoint_id::text from account_checkpoint ac where ac.account_id = a.id), s.token_hash, s.last_seen_at
  from account_session s join account a on a.id = s.account_id
  where s.token_hash = any(hashes) and s.revoked_at is null and s.expires_at > at and s.last_seen_at > idle_since and a.active
$$;

-- Who holds a session's token may say that it is used, and end it.
create function touch_session(hash bytea, at timestamptz) returns void
  language sql security definer set search_path = public, pg_temp
  as $$ update account_session set last_seen_at = at where token_hash = hash and last_seen_at < at and revoked_at is null $$;

create function end_session(hashes bytea[], at timestamptz) returns void
  language sql security definer set search_path = public, pg_temp
  as $$ update account_session set revoked_at = at where token_hash = any(hashes) and revoked_at is null $$;

-- What sign-in compares a password with: one account by its exact name.
create function credentials_of(name text)
  returns table (id uuid, username text, full_name text, password_hash text, roles text[], unit_id text, province_code text, active boolean)
  language sql stable security definer set search_path = public, pg_temp
  as $$
  select a.id, a.username, a.full_name, a.password_hash, a.roles, a.unit_id, a.province_code, a.active
  from account a where a.username = name
$$;

-- User names are unique in the whole system: which of these ids and names are taken, wherever.
create function taken_accounts(ids uuid[], usernames text[]) returns table (id uuid, username text)
  language sql stable security definer set search_path = public, pg_temp
  as $$ select a.id, a.username from account a where a.id = any(ids) or a.username = any(usernames) $$;

-- The names of those who did something that the reader may see: name and unit, nothing else.
create function actors(ids uuid[]) returns table (id uuid, full_name text, unit_id text)
  language sql stable security definer set search_path = public, pg_temp
  as $$ select a.id, a.full_name, a.unit_id from account a where a.id = any(ids) $$;

-- Where a spoken code of any province leads, without the declaration: opening it is open_declarations' business.
create function declaration_of_code(province text, code bytea) returns table (declaration_id uuid, occurred_at timestamptz)
  language sql stable security definer set search_path = public, pg_temp
  as $$
  select h.declaration_id, h.occurred_at from declaration_handle h
  where h.province_code = province and h.kind = 'CODE' and h.handle = code
$$;

-- As before, but only of checkpoints in the caller's own scope, whatever it is asked for.
create or replace function opened_declarations(checkpoint_provinces text[], at_checkpoints uuid[], wanted uuid[], at timestamptz)
  returns setof declaration
  language plpgsql stable security definer set search_path = public, pg_temp
  as $$
declare
  source record;
begin
  for source in
    select o.declaration_province, array_agg(o.declaration_id) ids, array_agg(o.declaration_occurred_at) times
    from opened_declaration o
    where o.province_code = any(checkpoint_provinces) and in_scope(o.province_code) and o.checkpoint_id = any(at_checkpoints)
      and o.declaration_id = any(wanted) and o.opened_until > at
    group by o.declaration_province
  loop
    return query select d.* from declaration d
      where d.province_code = source.declaration_province and d.id = any(source.ids) and d.occurred_at = any(source.times);
  end loop;
end
$$;

revoke execute on function viewer_of_session, touch_session, end_session, credentials_of, taken_accounts, actors, declaration_of_code from public;
grant execute on function viewer_of_session, touch_session, end_session, credentials_of, taken_accounts, actors, declaration_of_code to cordon_api;
