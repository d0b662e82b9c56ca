-- Who comes to a commune, and who has come (docs/decisions/020-checkpoints-and-arrivals.md).
set lock_timeout = '2s';

-- Until when somebody means to stay; null where they did not say.
alter table declaration add column stays_until date;
alter table declaration_held add column stays_until date;

-- One row a declaration that somebody passed on, or reported in on, in the province of its destination, whichever checkpoint of
-- whichever province it was: so it stands beside its declaration. It names nobody: who it is stands in the declaration and
-- goes with it. trail: the admitted passages on this declaration, by id, and whether they were corrected; the times follow from it.
create table arrival (
  province_code text not null,
  declaration_id uuid not null,
  declaration_occurred_at timestamptz not null,
  unit_id text not null,
  citizen_id uuid not null,
  stays_until date,
  trail jsonb not null default '{}',
  came_at timestamptz,
  came_through uuid,
  left_at timestamptz,
  reported_at timestamptz,
  reported_by uuid,
  arrived_at timestamptz generated always as (coalesce(came_at, reported_at)) stored,
  constraint arrival_pkey primary key (province_code, declaration_id)
);
create index arrival_by_unit on arrival (province_code, unit_id, arrived_at desc, declaration_id desc) where arrived_at is not null;
create index arrival_by_arrived on arrival (arrived_at desc, declaration_id desc) where arrived_at is not null;
create index arrival_by_citizen on arrival (province_code, citizen_id);
create index arrival_by_declared on arrival (province_code, declaration_occurred_at);
alter table arrival enable row level security;
alter table arrival force row level security;
create policy arrival_scope on arrival to cordon_api, cordon_worker
  using (in_scope(province_code) and in_units(unit_id))
  with check (in_scope(province_code) and in_units(unit_id));
create policy arrival_owner on arrival to current_user using (true) with check (true);
grant select, insert on arrival to cordon_api;
grant update (reported_at, reported_by) on arrival to cordon_api;
grant select, insert, delete on arrival to cordon_worker;
grant update (unit_id, trail, came_at, came_through, left_at) on arrival to cordon_worker;
