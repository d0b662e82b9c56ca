-- Settling verdicts of the population database (docs/decisions/016-mismatches.md).
set lock_timeout = '2s';

-- A verdict may be settled by correcting what is known of the person: by an officer or administrator, never by a form.
grant update (full_name, date_of_birth, sex, nationality, identifiers_sealed, permanent_line, permanent_unit_id, temporary_line,
  temporary_unit_id) on citizen to cordon_api;
grant delete on citizen_document, citizen_name_key to cordon_api;
-- Under another name or number they may be somebody's double: the worker looks again.
grant update (doubles_sought_at) on citizen to cordon_api;

-- Who stands out at the next scan: few, and asked for with every passage.
-- squawk-ignore require-concurrent-index-creation
create index registry_verification_standing on registry_verification (province_code, citizen_id)
  where status in ('MISMATCHED', 'NOT_FOUND') and resolution_kind is distinct from 'ACCEPTED';
-- squawk-ignore require-concurrent-index-creation
create index registry_verification_referred on registry_verification (checked_at desc, citizen_id desc)
  where status in ('MISMATCHED', 'NOT_FOUND') and resolution_kind = 'REFERRED';
