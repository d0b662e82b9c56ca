set lock_timeout = '2s';

-- Whoever is erased takes their own closed cases with them, whole: trace, contacts and links too, which retention finds by their
-- case alone. A function of its own, so that the next thing known of cases is added here, and erase_citizen stays as it is.
create function erase_from_cases(province text, people uuid[], provinces text[]) returns void
  language plpgsql set search_path = public, pg_temp
  as $$
declare
  -- Closed ones: whoever has an open one is held.
  cases uuid[] := array(select e.id from epidemic_case e where e.province_code = province and e.citizen_id = any(people));
begin
  delete from exposure x where x.province_code = any(provinces)
    and (x.case_id = any(cases) or x.source_id = any(people) or (x.target_province = province and x.target_id = any(people)));
  delete from case_contact t where t.province_code = any(provinces)
    and ((t.province_code = province and t.citizen_id = any(people)) or (t.case_province = province and t.case_id = any(cases)));
  delete from link_review l where l.province_code = province
    and (l.case_id = any(cases) or l.source_id = any(people) or l.target_id = any(people));
  delete from named_contact n where n.province_code = province
    and (n.case_id = any(cases) or n.one_id = any(people) or n.other_id = any(people));
  delete from case_trace t where t.province_code = province and t.case_id = any(cases);
  delete from epidemic_case e where e.province_code = province and e.id = any(cases);
  delete from watched_person w where w.province_code = province and w.citizen_id = any(people);
  delete from watched_document w where w.province_code = province and w.citizen_id = any(people);
end
$$;
revoke execute on function erase_from_cases from public;

create or replace function erase_citizen(province text, citizen uuid, at timestamptz)
  returns table (outcome text, erased_at timestamptz, declarations integer, ids_digest bytea)
  language plpgsql security definer set search_path = public, pg_temp
  as $$
declare
  ids uuid[];
  people uuid[];
  provinces text[];
begin
  if not coalesce(in_scope(province) and in_units('*'), false) then
    return query select 'UNKNOWN', null::timestamptz, null::integer, null::bytea;
    return;
  end if;
  -- Nobody is merged meanwhile; and whoever places a hold on one of these takes the same turn.
  perform pg_advisory_xact_lock(hashtextextended('merging in ' || province, 0));
  people := array(select m.citizen_id from people_merged(array[province], array[citizen]) m order by 1);
  perform pg_advisory_xact_lock(hashtextextended(p::text, 0)) from unnest(people) as p;
  perform from citizen c where c.province_code = province and c.id = any(people) for update;
  if not found then
    return query select 'ERASED_BEFORE', e.erased_at, e.declarations, null::bytea
      from erased_citizen e where e.province_code = province and e.citizen_id = citizen;
    return;
  end if;
  if exists (select from citizen_hold h where h.province_code = province and h.citizen_id = any(people) and h.ended_at is null) then
    return query select 'HELD', null::timestamptz, null::integer, null::bytea;
    return;
  end if;
  select coalesce(array_agg(d.id order by d.id), '{}') into ids
    from declaration d where d.province_code = province and d.citizen_id = any(people);
  -- A checkpoint of another province may have opened a declaration, or keyed in its form.
  provinces := array(select distinct u.province_code from administrative_unit u);
  delete from declaration_handle h where h.province_code = any(provinces) and h.declaration_id = any(ids);
  delete from opened_declaration o where o.province_code = any(provinces) and o.declaration_id = any(ids);
  delete from opened_declaration o where o.province_code = province and o.citizen_id = any(people);
  delete from declaration d where d.province_code = province and d.citizen_id = any(people);
  delete from declaration_held d where d.province_code = province and d.citizen_id = any(people);
  delete from citizen_document k where k.province_code = province and k.citizen_id = any(people);
  delete from citizen_name_key n where n.province_code = province and n.citizen_id = any(people);
  delete from citizen_alias a where a.province_code = province and (a.alias_id = any(people) or a.citizen_id = any(people));
  delete from arrival r where r.province_code = province and (r.declaration_id = any(ids) or r.citizen_id = any(people));
  delete from registry_verification v where v.province_code = province and v.citizen_id = any(people);
  delete from citizen_double b where b.province_code = province and (b.one_id = any(people) or b.other_id = any(people));
  perform erase_from_cases(province, people, provinces);
  delete from citizen c where c.province_code = province and c.id = any(people);
  insert into erased_citizen (province_code, citizen_id, erased_at, declarations)
    select province, p, at, cardinality(ids) from unnest(people) as p
    on conflict on constraint erased_citizen_pkey do nothing;
  return query select 'ERASED', at, cardinality(ids),
    (select sha256(string_agg(uuid_send(d), ''::bytea order by d)) from unnest(ids) as d);
end
$$;
