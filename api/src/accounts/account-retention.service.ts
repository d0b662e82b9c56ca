import { purgePageSize, type PurgePage } from '../platform/database/purging.ts';

const dropSessions = {
  name: 'drop-sessions',
  text: `delete from account_session s where s.token_hash in (
           select r.token_hash from account_session r where r.province_code = $1 and r.expires_at < $2
             and exists (select from account_session later where later.account_id = r.account_id and later.created_at > r.created_at)
           limit $3)
         returning encode(s.token_hash, 'hex') as id`,
};
const dropAttempts = {
  name: 'drop-attempts',
  text: `delete from sign_in_attempt a where a.attempt_key in (
           select r.attempt_key from sign_in_attempt r where r.last_tried_at < $1 order by r.last_tried_at limit $2)
         returning encode(a.attempt_key, 'hex') as id`,
};

/** The last one of each account stays: it tells when somebody last signed in. */
export const dropSessionsPastTime: PurgePage = async (tx, province, before) =>
  (await tx.rows<{ id: string }>(dropSessions, [province, before, purgePageSize])).map(({ id }) => id);

/** Tries stand in no province. */
export const dropAttemptsPastTime: PurgePage = async (tx, _province, before) =>
  (await tx.rows<{ id: string }>(dropAttempts, [before, purgePageSize])).map(({ id }) => id);
