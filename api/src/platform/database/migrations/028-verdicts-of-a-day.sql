-- Daily reports count whose verdict says otherwise, accepted or not: of all verdicts a few.
set lock_timeout = '2s';
-- squawk-ignore require-concurrent-index-creation
create index registry_verification_doubted on registry_verification (province_code, citizen_id)
  where status in ('MISMATCHED', 'NOT_FOUND');
