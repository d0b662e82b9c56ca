-- Cases change, and whoever works on one contact sets off a trace of a case that they may not see
-- (docs/decisions/029-changing-cases.md).
set lock_timeout = '2s';

-- Who asked for how many people a trace reaches, since it was approved last: none of them approves it.
alter table case_trace add column wanted_by uuid[] not null default '{}';
update case_trace set wanted_by = array[asked_by];

-- The status, the days and the period of an open case.
grant update (onset_on, sampled_on, confirmed_on, isolated_at, infectious_from, infectious_until, override_reason)
  on epidemic_case to cordon_api;

-- Whom a decision leads to stands in a province of their own; null in rows of before: the source's.
alter table link_review add column target_province text;
update link_review r set target_province = x.target_province
  from exposure x
  where x.province_code = r.province_code and x.case_id = r.case_id and x.source_id = r.source_id and x.target_id = r.target_id;
grant update (target_province) on link_review to cordon_api;
-- A trace takes along what was decided on people who are merged since.
grant insert, update on link_review to cordon_worker;

-- What is known of where a person of these ids stays, the best by rank, the newest first: as last declared, as known of them, where they
-- last went or passed. As far as the caller's scope reaches.
create function stays_of(province text, people uuid[]) returns table (rank integer, unit_id text, at timestamptz)
  language sql stable
  as $$
  select s.rank, s.unit_id, s.at from (
    (select 1 as rank, d.stay_unit_id as unit_id, d.submitted_at as at from declaration d
     where d.province_code = province and d.citizen_id = any(people) order by d.submitted_at desc limit 1)
    union all
    select 2, c.temporary_unit_id, c.created_at from citizen c where c.province_code = province and c.id = any(people)
    union all
    select 3, c.permanent_unit_id, c.created_at from citizen c where c.province_code = province and c.id = any(people)
    union all
    (select 4, p.destination_unit_id, p.occurred_at from passage p
     where p.province_code = province and p.citizen_id = any(people) order by p.occurred_at desc limit 1)
    union all
    (select 5, p.unit_id, p.occurred_at from passage p
     where p.province_code = province and p.citizen_id = any(people) order by p.occurred_at desc limit 1)) s
  where s.unit_id is not null
$$;

-- Tasks of another unit's or province's case -----------------------------------------------------------------------------------

-- Whether the case is open whose contact this person of the caller's own province is. It stays so until the caller's transaction
-- ends: whoever closes it waits, and then takes everybody off the watch list.
create function contact_of_open_case(here text, contact uuid, the_case uuid) returns boolean
  language plpgsql security definer set search_path = public, pg_temp
  as $$
declare
  home text := (select k.case_province from case_contact k
    where in_scope(here) and k.province_code = here and k.case_id = the_case and k.citizen_id = contact);
begin
  perform from epidemic_case e where e.province_code = home and e.id = the_case and e.closed_at is null for share;
  return found;
end
$$;

-- Traces the open cases again whose contact this person of the caller's own province is, wherever those cases are, in the name of
-- the caller's own account. It answers nothing: a task's reader may not see its case.
create function trace_cases_of_contact(here text, contact uuid, cases uuid[], asked timestamptz, account uuid, unit text) returns void
  language plpgsql security definer set search_path = public, pg_temp
  as $$
declare
  own record;
begin
  for own in select k.case_province, k.case_id from case_contact k
    where in_scope(here) and is_own_account(account) and k.province_code = here and k.citizen_id = contact and k.case_id = any(cases)
    order by k.case_id
  loop
    update case_trace t set status = 'RUNNING', due_at = asked, asked_at = asked, asked_by = account, asked_unit_id = unit
      where t.province_code = own.case_province and t.case_id = own.case_id and exists (
        select from epidemic_case e where e.province_code = own.case_province and e.id = own.case_id and e.closed_at is null);
  end loop;
end
$$;

-- Links beyond the reader ------------------------------------------------------------------------------------------------------

-- The links of a case that the caller may see, of all provinces, for narrowing its trace: who stands beyond the caller's provinces
-- has a name that means nothing elsewhere, and no checkpoint, plate or row is told.
create function links_of_case(the_case uuid, most integer)
  returns table (place integer, source_province text, source text, target_province text, target text, kind text, at timestamptz,
    minutes_apart double precision, passed boolean, dismissed boolean, source_isolated_at timestamptz)
  language sql stable security definer set search_path = public, pg_temp
  as $$
  with province as materialized (select array(select distinct u.province_code from administrative_unit u) as codes)
  , seen as materialized (
    select e.id from province p join epidemic_case e on e.province_code = any(p.codes) and e.id = the_case
    where in_scope(e.province_code) and in_units(e.unit_id))
  select x.place, x.province_code,
    case when in_scope(x.province_code) then x.source_id::text else md5(the_case::text || x.source_id::text) end,
    x.target_province,
    case when in_scope(x.target_province) then x.target_id::text else md5(the_case::text || x.target_id::text) end,
    x.kind, x.at, x.minutes_apart, x.checkpoint_id is not null, coalesce(r.review = 'DISMISSED', false), k.isolated_at
  from province p cross join seen
  join exposure x on x.province_code = any(p.codes) and x.case_id = seen.id
  left join link_review r on r.province_code = x.province_code and r.case_id = x.case_id and r.source_id = x.source_id
    and r.target_id = x.target_id and r.kind = x.kind
  left join case_contact k on k.province_code = x.province_code and k.case_id = x.case_id and k.citizen_id = x.source_id
  order by x.place limit most
$$;

revoke execute on function stays_of from public;
grant execute on function stays_of to cordon_api, cordon_worker;
revoke execute on function contact_of_open_case, trace_cases_of_contact, links_of_case from public;
grant execute on function contact_of_open_case, trace_cases_of_contact, links_of_case to cordon_api;
