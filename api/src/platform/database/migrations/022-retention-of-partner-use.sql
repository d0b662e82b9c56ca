-- What partner apps asked for goes after its time too (docs/decisions/021-partner-apps.md).
set lock_timeout = '2s';

grant select, delete on partner_use, partner_error to cordon_worker;
