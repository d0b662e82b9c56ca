-- A list over many provinces, newest first: with province_code in front no index is in its order, and every row is sorted
-- (a million passages: 2 s, and 8 s under row-level security; with these 7 ms either way).
set lock_timeout = '2s';
create index passage_by_time_alone on passage (occurred_at desc, id desc);
create index declaration_by_submitted_alone on declaration (submitted_at desc, id desc);
