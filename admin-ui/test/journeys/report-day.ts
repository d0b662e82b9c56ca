import type { TestServer } from '#test/server.ts';

/** Reads reports and traces cases. */
export async function whoTracesToo(server: TestServer): Promise<string> {
  await server.sql(
    `insert into account (id, username, full_name, password_hash, must_change_password, roles, unit_id, province_code, active, demo, created_at)
     select uuidv7(), 'both.38', 'Quản trị và truy vết', password_hash, false, '{ADMIN,TRACER}', unit_id, province_code, true, false, now()
     from account where username = 'admin.38' on conflict do nothing`,
    [],
  );
  return 'both.38';
}

/** Of people who passed on a day: who is not verified, who is known otherwise, a case, and contacts of each kind; and paper forms. */
export async function aDayOfEverything(server: TestServer, day: string): Promise<void> {
  const people = `with person as (
    select *, row_number() over (order by citizen_id)::int as n from (
      select distinct on (citizen_id) citizen_id, checkpoint_id, unit_id, occurred_at from passage p
      where province_code = '38' and decision <> 'VOID' and occurred_at >= $1::date::timestamp at time zone 'Asia/Ho_Chi_Minh'
        and occurred_at < ($1::date + 1)::timestamp at time zone 'Asia/Ho_Chi_Minh'
        and exists (select from citizen c where c.province_code = '38' and c.id = p.citizen_id)
        and not exists (select from passage c where c.province_code = '38' and c.corrects = p.id)
      order by citizen_id, occurred_at desc limit 9) one)`;
  await server.sql(
    `${people} insert into registry_verification (province_code, citizen_id, status, mismatches, attempts, enqueued_at, checked_at, dead_since,
       checkpoint_id, unit_id, passed_at, priority, resolution_kind, resolution_reason, resolved_at, resolved_by)
     select '38', citizen_id, (array['UNAVAILABLE', 'MISMATCHED', 'NOT_FOUND'])[1 + n % 3], '{}', 1, now(), now(),
       case when n % 3 = 0 then now() end, checkpoint_id, unit_id, occurred_at, 0, case when n = 1 then 'ACCEPTED' end,
       case when n = 1 then 'đã xem thẻ' end, case when n = 1 then now() end, case when n = 1 then a.id end
     from person, (select id from account where username = 'admin.38') a
     on conflict on constraint registry_verification_pkey do update set status = excluded.status, due_at = null, claim = null,
       checked_at = excluded.checked_at, dead_since = excluded.dead_since, passed_at = excluded.passed_at,
       checkpoint_id = excluded.checkpoint_id, resolution_kind = excluded.resolution_kind,
       resolution_reason = excluded.resolution_reason, resolved_at = excluded.resolved_at, resolved_by = excluded.resolved_by`,
    [day],
  );
  // Nobody is answered for while one counts.
  await server.sql(`update registry_verification set due_at = now() + interval '1 day' where due_at is not null`);
  const noon = `(($1::date + time '12:00') at time zone 'Asia/Ho_Chi_Minh')`;
  await server.sql(
    `${people} insert into epidemic_case (province_code, id, unit_id, citizen_id, status, rule_set, infectious_from, infectious_until,
       opened_at, opened_by, justification, closed_at, close_reason)
     select '38', uuidv7(), '14758@2021', citizen_id, 'CONFIRMED', (select min(code) from tracing_rule_set), ${noon}, now(), ${noon},
       (select id from account where username = 'tracer.38'), 'xét nghiệm dương tính', now(), 'đã khỏi' from person where n <= 2`,
    [day],
  );
  await server.sql(
    `${people} insert into case_contact (province_code, case_id, citizen_id, case_province, unit_id, generation, first_exposed_at,
       last_exposed_at, exposures, linked, status, until, isolated_at, found_at, contacted_at, updated_at)
     select '38', (select id from epidemic_case where province_code = '38' order by opened_at desc limit 1), citizen_id, '38', '14758@2021', 1,
       ${noon}, ${noon}, 1, true, (array['NOT_CONTACTED', 'CONTACTED', 'ISOLATING', 'LOST'])[1 + n % 4], current_date + 14,
       case when n % 4 = 2 then ${noon} end, ${noon}, case when n % 4 in (1, 2) then ${noon} end, ${noon} from person
     on conflict do nothing`,
    [day],
  );
  await server.sql(
    `update passage set citizen_id = (select id from citizen where province_code = '38' limit 1)
     where province_code = '38' and id = (
       select id from passage where province_code = '38' and paper_form_number is not null and citizen_id is null
         and occurred_at between ${noon} - interval '12 hours' and ${noon} + interval '12 hours' limit 1)`,
    [day],
  );
}
