-- Partner apps (docs/decisions/021-partner-apps.md): who they are, what they used, and the statistics that all of them read alike.
set lock_timeout = '2s';

-- A secret has 256 random bits, so its plain hash is no help to a guesser. Two live at once while an app changes over: the
-- number of the newer one, and the hash of the one before until it ends. The API's role reads no hash but through partner_credentials.
create table partner_app (
  id uuid not null,
  name text not null,
  purpose text not null,
  scopes text[] not null,
  unit_id text not null,
  province_code text not null,
  requests_per_minute integer not null,
  cost_per_minute integer not null,
  secret_number integer not null,
  secret_hash bytea not null,
  secret_made_at timestamptz not null,
  earlier_secret_hash bytea,
  earlier_ends_at timestamptz,
  demo boolean not null,
  created_at timestamptz not null,
  created_by uuid,
  revoked_at timestamptz,
  constraint partner_app_pkey primary key (id),
  constraint partner_app_id_v7 check ((uuid_time(id) is not null) is true),
  constraint partner_app_unit foreign key (unit_id) references administrative_unit (unit_id),
  constraint partner_app_scopes check (scopes <@ array['declarations:read', 'declarations:write', 'statistics:read'] and cardinality(scopes) > 0),
  constraint partner_app_budget check (requests_per_minute between 1 and 100000 and cost_per_minute between 1 and 100000000)
);
create index partner_app_by_unit on partner_app (unit_id);

alter table partner_app enable row level security;
alter table partner_app force row level security;
create policy partner_app_scope on partner_app to cordon_api, cordon_worker
  using (in_scope(province_code) and in_units(unit_id)) with check (in_scope(province_code) and in_units(unit_id));
create policy partner_app_owner on partner_app to current_user using (true) with check (true);

-- What an app asked for, by local day, and in the minute that its budget counts. Hot state, so no foreign key.
create table partner_use (
  app_id uuid not null,
  province_code text not null,
  day date not null,
  requests integer not null,
  errors integer not null,
  cost bigint not null,
  minute timestamptz not null,
  minute_requests integer not null,
  minute_cost integer not null,
  last_at timestamptz not null,
  constraint partner_use_pkey primary key (app_id, day)
);
alter table partner_use enable row level security;
alter table partner_use force row level security;
create policy partner_use_scope on partner_use to cordon_api, cordon_worker using (in_scope(province_code)) with check (in_scope(province_code));
create policy partner_use_owner on partner_use to current_user using (true) with check (true);

-- The last answers that told of an error: a code and a root field, nothing that was sent.
create table partner_error (
  app_id uuid not null,
  id uuid not null,
  province_code text not null,
  at timestamptz not null,
  code text not null,
  field text not null,
  constraint partner_error_pkey primary key (app_id, id)
);
alter table partner_error enable row level security;
alter table partner_error force row level security;
create policy partner_error_scope on partner_error to cordon_api, cordon_worker using (in_scope(province_code)) with check (in_scope(province_code));
create policy partner_error_owner on partner_error to current_user using (true) with check (true);

-- One cell of what partners may count: made once, by the worker, and never again.
create table partner_statistic (
  province_code text not null,
  day date not null,
  unit_id text not null,
  direction text not null,
  passages integer not null,
  constraint partner_statistic_pkey primary key (province_code, day, unit_id, direction),
  constraint partner_statistic_direction check (direction in ('IN', 'OUT')),
  constraint partner_statistic_rounded check (passages >= 0 and passages % 5 = 0)
);
alter table partner_statistic enable row level security;
alter table partner_statistic force row level security;
create policy partner_statistic_scope on partner_statistic to cordon_api, cordon_worker
  using (in_scope(province_code) and in_units(unit_id)) with check (in_scope(province_code) and in_units(unit_id));
create policy partner_statistic_owner on partner_statistic to current_user using (true) with check (true);

-- The person on a receipt is told which app looked, by the name it had then. Null for accounts, which have no name there.
alter table audit_access add column app text;

-- The narrow ways around: an app asks before it has a scope. -------------------------------------------------------------

-- What the token endpoint compares a secret with: one app by its exact id.
create function partner_credentials(app uuid)
  returns table (id uuid, name text, scopes text[], unit_id text, province_code text, secret_number integer, secret_hash bytea,
    earlier_secret_hash bytea, earlier_ends_at timestamptz, revoked_at timestamptz)
  language sql stable security definer set search_path = public, pg_temp
  as $$
  select p.id, p.name, p.scopes, p.unit_id, p.province_code, p.secret_number, p.secret_hash, p.earlier_secret_hash,
    p.earlier_ends_at, p.revoked_at
  from partner_app p where p.id = app
$$;

-- Counts a request of an app and answers the app as it is now, in one round trip. An app that is revoked, and a token of a
-- secret that has ended, count for nothing.
create function use_partner_app(app uuid, secret integer, at timestamptz)
  returns table (name text, purpose text, scopes text[], unit_id text, requests_per_minute integer, cost_per_minute integer,
    day date, minute timestamptz, minute_requests integer, minute_cost integer)
  language plpgsql security definer set search_path = public, pg_temp
  as $$
#variable_conflict use_column
begin
  return query
  with live as materialized (
    select p.* from partner_app p
    where p.id = app and p.revoked_at is null
      and (p.secret_number = secret or (p.secret_number = secret + 1 and p.earlier_ends_at > at))
  ), used as (
    insert into partner_use as u (app_id, province_code, day, requests, errors, cost, minute, minute_requests, minute_cost, last_at)
    select p.id, p.province_code, (at at time zone 'Asia/Ho_Chi_Minh')::date, 1, 0, 0, date_trunc('minute', at), 1, 0, at from live p
    -- Nodes whose clocks differ by a little count in the later minute.
    on conflict on constraint partner_use_pkey do update set
      requests = u.requests + 1,
      minute = greatest(u.minute, excluded.minute),
      minute_requests = case when excluded.minute > u.minute then 1 else u.minute_requests + 1 end,
      minute_cost = case when excluded.minute > u.minute then 0 else u.minute_cost end,
      last_at = greatest(u.last_at, excluded.last_at)
    returning u.day, u.minute, u.minute_requests, u.minute_cost
  )
  select p.name, p.purpose, p.scopes, p.unit_id, p.requests_per_minute, p.cost_per_minute, u.day, u.minute, u.minute_requests, u.minute_cost
  from live p, used u;
end
$$;

-- Takes an operation's cost from what is left of the minute; no row where that is too little.
create function charge_partner_app(app uuid, on_day date, price integer, most integer) returns setof integer
  language sql security definer set search_path = public, pg_temp
  as $$
  update partner_use u set minute_cost = u.minute_cost + price, cost = u.cost + price
  where u.app_id = app and u.day = on_day and u.minute_cost + price <= most
  returning u.minute_cost
$$;

-- Keeps an error among the last fifty of an app.
create function note_partner_error(app uuid, on_day date, error_id uuid, error_code text, error_field text) returns void
  language sql security definer set search_path = public, pg_temp
  as $$
  update partner_use u set errors = u.errors + 1 where u.app_id = app and u.day = on_day;
  insert into partner_error (app_id, id, province_code, at, code, field)
    select p.id, error_id, p.province_code, uuid_time(error_id), error_code, error_field from partner_app p where p.id = app
    on conflict do nothing;
  delete from partner_error e where e.app_id = app
    and e.id < (select k.id from partner_error k where k.app_id = app order by k.id desc offset 49 limit 1);
$$;

-- Who did something is an account, or an app.
create or replace function actors(ids uuid[]) returns table (id uuid, full_name text, unit_id text)
  language sql stable security definer set search_path = public, pg_temp
  as $$
  select a.id, a.full_name, a.unit_id from account a where a.id = any(ids)
  union all
  select p.id, p.name, p.unit_id from partner_app p where p.id = any(ids)
$$;

revoke execute on function partner_credentials, use_partner_app, charge_partner_app, note_partner_error from public;

-- Rights --------------------------------------------------------------------------------------------------------------
grant execute on function partner_credentials, use_partner_app, charge_partner_app, note_partner_error to cordon_api;
grant select (id, name, purpose, scopes, unit_id, province_code, requests_per_minute, cost_per_minute, secret_number, secret_made_at,
  earlier_ends_at, demo, created_at, created_by, revoked_at) on partner_app to cordon_api;
grant insert on partner_app to cordon_api;
grant update (secret_number, secret_hash, secret_made_at, earlier_secret_hash, earlier_ends_at, revoked_at) on partner_app to cordon_api;
grant select on partner_use, partner_error, partner_statistic to cordon_api;
grant select, insert on partner_statistic to cordon_worker;
