-- Live flow: from when on something at a checkpoint is an alert, by unit; and where somebody on the watch list was stopped.
set lock_timeout = '2s';

-- What is set for a unit holds for the checkpoints in it and below, unless something is set nearer to them.
create table traffic_threshold (
  unit_id text not null,
  surge_factor double precision not null,
  surge_at_least integer not null,
  silence_minutes integer not null,
  refusal_percent integer not null,
  refusal_at_least integer not null,
  watch_list_minutes integer not null,
  updated_at timestamptz not null,
  constraint traffic_threshold_pkey primary key (unit_id),
  constraint traffic_threshold_unit foreign key (unit_id) references administrative_unit (unit_id),
  constraint traffic_threshold_bounds check (surge_factor between 1.5 and 20 and surge_at_least between 1 and 10000
    and silence_minutes between 10 and 720 and refusal_percent between 1 and 100 and refusal_at_least between 1 and 1000
    and watch_list_minutes between 5 and 1440)
);
grant select, insert, update on traffic_threshold to cordon_api;
grant select on traffic_threshold to cordon_worker;

-- Names nobody. Kept for a week: the wall screen shows today's.
create table traffic_hit (
  province_code text not null,
  id uuid not null,
  at timestamptz not null,
  checkpoint_id uuid not null,
  constraint traffic_hit_pkey primary key (province_code, id)
);
create index traffic_hit_by_time on traffic_hit (province_code, at);
alter table traffic_hit enable row level security;
alter table traffic_hit force row level security;
create policy traffic_hit_scope on traffic_hit to cordon_api, cordon_worker using (in_scope(province_code)) with check (in_scope(province_code));
create policy traffic_hit_owner on traffic_hit to current_user using (true) with check (true);
grant select on traffic_hit to cordon_api;
grant select, insert, delete on traffic_hit to cordon_worker;
