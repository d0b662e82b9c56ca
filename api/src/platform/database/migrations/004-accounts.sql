-- Accounts are changed by several administrators: each change counts up, so that nobody overwrites what they have not seen.
set lock_timeout = '2s';

alter table account add column version integer not null default 1;
