-- Epidemic zones and their movement rules (docs/decisions/018-zones-and-rules.md): reference tables, rarely written, kept in
-- the memory of every node. Nothing of a person.
set lock_timeout = '2s';

create table epidemic_zone (
  id uuid not null,
  name text not null,
  level integer not null,
  starts_on date not null,
  ends_on date,
  contact_name text,
  contact_phone text,
  created_at timestamptz not null,
  -- The revision of all zones at which this one was changed last: nodes read all of them again when the highest goes up.
  revision integer not null,
  constraint epidemic_zone_pkey primary key (id),
  constraint epidemic_zone_id_v7 check ((uuid_time(id) is not null) is true),
  constraint epidemic_zone_level check (level between 1 and 4),
  constraint epidemic_zone_days check (ends_on is null or ends_on >= starts_on)
);

create table epidemic_zone_unit (
  zone_id uuid not null,
  unit_id text not null,
  constraint epidemic_zone_unit_pkey primary key (zone_id, unit_id),
  constraint epidemic_zone_unit_zone foreign key (zone_id) references epidemic_zone (id),
  constraint epidemic_zone_unit_unit foreign key (unit_id) references administrative_unit (unit_id)
);
create index epidemic_zone_unit_by_unit on epidemic_zone_unit (unit_id);

-- A version is never changed, only ended: the reasons that declarations hold name rule and version, and are read years later.
create table movement_rule (
  id uuid not null,
  version integer not null,
  zone_id uuid not null,
  applies_to text not null,
  place integer not null,
  description text not null,
  description_english text,
  logic jsonb not null,
  on_failure text not null,
  valid_from timestamptz not null,
  ended_at timestamptz,
  constraint movement_rule_pkey primary key (id, version),
  constraint movement_rule_id_v7 check ((uuid_time(id) is not null) is true),
  constraint movement_rule_zone foreign key (zone_id) references epidemic_zone (id),
  constraint movement_rule_applies_to check (applies_to in ('ENTRY', 'EXIT')),
  constraint movement_rule_on_failure check (on_failure in ('EXAMINE', 'REFUSE')),
  constraint movement_rule_end check (ended_at is null or ended_at >= valid_from)
);
create index movement_rule_by_zone on movement_rule (zone_id);

grant select, insert, update on epidemic_zone to cordon_api;
grant select, insert, delete on epidemic_zone_unit to cordon_api;
grant select, insert on movement_rule to cordon_api;
grant update (place, ended_at) on movement_rule to cordon_api;
grant select on epidemic_zone, epidemic_zone_unit, movement_rule to cordon_worker;
