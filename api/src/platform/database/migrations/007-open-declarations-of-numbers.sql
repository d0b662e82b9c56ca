-- How many declarations are open under these ID and phone numbers of a province, in their order, numbers first: the public
-- form reads nothing but such counts, and a scan asks of a declaration's own province. Each is counted to `most`, and only in
-- the weeks that an open declaration's id can lie in. In PL/pgSQL, whose plans a connection keeps.
set lock_timeout = '2s';

create function count_open_declarations(province text, numbers bytea[], phones bytea[], at timestamptz, most integer)
  returns setof integer
  language plpgsql stable security definer set search_path = public, pg_temp
  as $$
begin
  return query
    select (select count(*)::integer from (
      select from declaration d
      where d.province_code = province and d.id_number_hmac = w.hash and d.submitted_at > at - interval '8 days'
        and d.occurred_at > at - interval '23 days' and d.valid_until > at and d.withdrawn_at is null
      limit most) found)
    from unnest(numbers) with ordinality as w (hash, place) order by w.place;
  return query
    select (select count(*)::integer from (
      select from declaration d
      where d.province_code = province and d.phone_hmac = w.hash and d.submitted_at > at - interval '8 days'
        and d.occurred_at > at - interval '23 days' and d.valid_until > at and d.withdrawn_at is null
      limit most) found)
    from unnest(phones) with ordinality as w (hash, place) order by w.place;
end
$$;
revoke execute on function count_open_declarations from public;
grant execute on function count_open_declarations to cordon_api;
