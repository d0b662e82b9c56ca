-- What is known of people that the population database knows otherwise (docs/decisions/016-mismatches.md).
set lock_timeout = '2s';

-- A passage that is filled in later gets its flags with it, in the same filling-in: passage_filled_once (011) holds for them too.
grant update (flags, flagged) on passage to cordon_api;
