-- Paper forms that are keyed in after the passage (docs/decisions/012-paper-forms.md).
set lock_timeout = '2s';

-- The number of a paper form is unique in the province of the checkpoint that took it; what was declared on it stands in its
-- destination's. Null for codes and secrets, which stand in the declaration's own province.
alter table declaration_handle add column declaration_province text;

-- A passage changes once: who it was, and on what declaration, where neither was known. Restrictive, so that it holds beside
-- the scope of the table; the columns that may be filled in are the only ones that are granted.
create policy passage_filled_once on passage as restrictive for update to cordon_api
  using (in_scope(province_code) and citizen_id is null)
  with check (in_scope(province_code) and citizen_id is not null);
grant update (citizen_id, declaration_province, declaration_id, declaration_occurred_at, purpose, origin_unit_id,
  destination_unit_id, vehicle, plate) on passage to cordon_api;
