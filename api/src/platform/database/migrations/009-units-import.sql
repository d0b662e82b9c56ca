-- What reforms were brought to the units, and when: running nodes see by it that the units in their memory are old.
set lock_timeout = '2s';

create table administrative_reform (
  id uuid not null,
  takes_effect_on date not null,
  imported_at timestamptz not null,
  units_ended integer not null,
  units_begun integer not null,
  successors_added integer not null,
  constraint administrative_reform_pkey primary key (id)
);
grant select on administrative_reform to cordon_api, cordon_worker;

-- Who stood at the units that a reform replaced is asked for by the successor too.
create index administrative_unit_successor_by_successor on administrative_unit_successor (successor_id);
