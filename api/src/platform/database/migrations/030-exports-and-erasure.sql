-- The worker deletes the files that were asked for before somebody in them was erased.
grant select on erased_citizen to cordon_worker;
