-- Rollups, which stay for years, and the daily reports that are kept (docs/decisions/032-rollups-and-reports.md). No row of these names
-- anybody. Every count is of passages as corrected, by direction and decision: all of them, those recorded without network, those
-- with a flag. A cell of which nothing is left stands as noughts: so the moment of its change does.
set lock_timeout = '2s';

create table movement_hour (
  province_code text not null,
  hour timestamptz not null,
  checkpoint_id uuid not null,
  unit_id text not null,
  channel text not null,
  in_admitted integer not null, in_refused integer not null, in_isolated integer not null, out_admitted integer not null, out_refused integer not null, out_isolated integer not null,
  in_admitted_offline integer not null, in_refused_offline integer not null, in_isolated_offline integer not null, out_admitted_offline integer not null, out_refused_offline integer not null, out_isolated_offline integer not null,
  in_admitted_flagged integer not null, in_refused_flagged integer not null, in_isolated_flagged integer not null, out_admitted_flagged integer not null, out_refused_flagged integer not null, out_isolated_flagged integer not null,
  changed_at timestamptz not null,
  constraint movement_hour_pkey primary key (province_code, hour, checkpoint_id, unit_id, channel)
);

-- By the day in Viet Nam: the sum of its hours.
create table movement_day (
  province_code text not null,
  day date not null,
  checkpoint_id uuid not null,
  unit_id text not null,
  channel text not null,
  in_admitted integer not null, in_refused integer not null, in_isolated integer not null, out_admitted integer not null, out_refused integer not null, out_isolated integer not null,
  in_admitted_offline integer not null, in_refused_offline integer not null, in_isolated_offline integer not null, out_admitted_offline integer not null, out_refused_offline integer not null, out_isolated_offline integer not null,
  in_admitted_flagged integer not null, in_refused_flagged integer not null, in_isolated_flagged integer not null, out_admitted_flagged integer not null, out_refused_flagged integer not null, out_isolated_flagged integer not null,
  changed_at timestamptz not null,
  constraint movement_day_pkey primary key (province_code, day, checkpoint_id, unit_id, channel)
);

-- By the day and one thing of the journey: the code of the province of its origin or destination, or its purpose; '' where nobody said.
create table journey_day (
  province_code text not null,
  kind text not null,
  day date not null,
  checkpoint_id uuid not null,
  unit_id text not null,
  value text not null,
  in_admitted integer not null, in_refused integer not null, in_isolated integer not null, out_admitted integer not null, out_refused integer not null, out_isolated integer not null,
  in_admitted_offline integer not null, in_refused_offline integer not null, in_isolated_offline integer not null, out_admitted_offline integer not null, out_refused_offline integer not null, out_isolated_offline integer not null,
  in_admitted_flagged integer not null, in_refused_flagged integer not null, in_isolated_flagged integer not null, out_admitted_flagged integer not null, out_refused_flagged integer not null, out_isolated_flagged integer not null,
  in_admitted_paper integer not null, in_refused_paper integer not null, in_isolated_paper integer not null, out_admitted_paper integer not null, out_refused_paper integer not null, out_isolated_paper integer not null,
  changed_at timestamptz not null,
  constraint journey_day_pkey primary key (province_code, kind, day, checkpoint_id, unit_id, value),
  constraint journey_day_kind check (kind in ('ORIGIN', 'DESTINATION', 'PURPOSE'))
);

-- How many people passed on a day: at a checkpoint in a unit, or ('' for the checkpoint) in a unit and all below it.
create table people_day (
  province_code text not null,
  day date not null,
  unit_id text not null,
  place text not null,
  people integer not null,
  constraint people_day_pkey primary key (province_code, day, unit_id, place)
);

-- Of which checkpoint's days the journeys and the people are to be counted anew.
create table recount_due (
  province_code text not null,
  day date not null,
  checkpoint_id uuid not null,
  constraint recount_due_pkey primary key (province_code, day, checkpoint_id)
);

-- A daily report as it was made.
create table daily_report (
  province_code text not null,
  day date not null,
  unit_id text not null,
  made_at timestamptz not null,
  content jsonb not null,
  constraint daily_report_pkey primary key (province_code, day, unit_id)
);

alter table movement_hour enable row level security;
alter table movement_hour force row level security;
create policy movement_hour_scope on movement_hour to cordon_api, cordon_worker
  using (in_scope(province_code) and in_units(unit_id)) with check (in_scope(province_code) and in_units(unit_id));
create policy movement_hour_owner on movement_hour to current_user using (true) with check (true);
alter table movement_day enable row level security;
alter table movement_day force row level security;
create policy movement_day_scope on movement_day to cordon_api, cordon_worker
  using (in_scope(province_code) and in_units(unit_id)) with check (in_scope(province_code) and in_units(unit_id));
create policy movement_day_owner on movement_day to current_user using (true) with check (true);
alter table journey_day enable row level security;
alter table journey_day force row level security;
create policy journey_day_scope on journey_day to cordon_api, cordon_worker
  using (in_scope(province_code) and in_units(unit_id)) with check (in_scope(province_code) and in_units(unit_id));
create policy journey_day_owner on journey_day to current_user using (true) with check (true);
alter table people_day enable row level security;
alter table people_day force row level security;
create policy people_day_scope on people_day to cordon_api, cordon_worker
  using (in_scope(province_code) and in_units(unit_id)) with check (in_scope(province_code) and in_units(unit_id));
create policy people_day_owner on people_day to current_user using (true) with check (true);
alter table recount_due enable row level security;
alter table recount_due force row level security;
create policy recount_due_scope on recount_due to cordon_api, cordon_worker
  using (in_scope(province_code)) with check (in_scope(province_code));
create policy recount_due_owner on recount_due to current_user using (true) with check (true);
alter table daily_report enable row level security;
alter table daily_report force row level security;
create policy daily_report_scope on daily_report to cordon_api, cordon_worker
  using (in_scope(province_code) and in_units(unit_id)) with check (in_scope(province_code) and in_units(unit_id));
create policy daily_report_owner on daily_report to current_user using (true) with check (true);

grant select on movement_hour, movement_day, journey_day, people_day, daily_report to cordon_api;
grant select, insert, update on movement_hour, movement_day, journey_day to cordon_worker;
grant select, insert, update, delete on people_day, recount_due to cordon_worker;
grant select, insert on daily_report to cordon_worker;
do $$ begin
  if exists (select from pg_extension where extname = 'citus') then
    perform create_distributed_table(t, 'province_code', colocate_with => 'citizen')
    from unnest(array['movement_hour', 'movement_day', 'journey_day', 'people_day', 'recount_due', 'daily_report']) as t;
  end if;
end $$;
