-- Checkpoints close from a moment on, not for all they recorded before (docs/decisions/020-checkpoints-and-arrivals.md).
set lock_timeout = '2s';

-- Whoever passed before it passed at an open checkpoint, however late the passage comes. Null: no end is set. `active` stays what an
-- administrator last said; one that was closed before this migration has no moment, and takes nothing, as until now.
alter table checkpoint add column closes_at timestamptz;
