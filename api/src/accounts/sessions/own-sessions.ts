import type { Keys } from '../../platform/crypto/keys.ts';
import type { Transaction } from '../../platform/database/transaction.ts';
import { idleSince, tokenHashes } from './sessions.service.ts';

const standing = {
  name: 'standing-sessions',
  text: `select id, created_at, last_seen_at, device, wall, token_hash = any($2) as current from account_session
         where account_id = $1 and revoked_at is null and expires_at > $3 and last_seen_at > $4
         order by last_seen_at desc, id limit 100`,
};
const endById = {
  name: 'end-session-by-id',
  text: `update account_session set revoked_at = $4 where account_id = $1 and id::text = $2 and revoked_at is null
         returning token_hash = any($3) as current`,
};
const endOthers = {
  name: 'end-other-sessions',
  text: `update account_session set revoked_at = $3
         where account_id = $1 and not token_hash = any($2) and revoked_at is null and expires_at > $3 and last_seen_at > $4
         returning id`,
};

export interface StandingSession {
  id: string;
  createdAt: Date;
  lastSeenAt: Date;
  device: string | null;
  /** Whether it gave up everything but the flow. */
  wall: boolean;
  /** Whether the token that asks is its own. */
  current: boolean;
}

export interface Asker {
  accountId: string;
  /** The token of the session that asks. */
  token: string;
  at: Date;
}

/** The account's sessions that still stand, last used first. */
export async function standingSessions(
  tx: Transaction,
  keys: Keys,
  { accountId, token, at }: Asker,
): Promise<StandingSession[]> {
  type Row = Pick<StandingSession, 'id' | 'device' | 'wall' | 'current'> & { created_at: Date; last_seen_at: Date };
  const rows = await tx.rows<Row>(standing, [accountId, tokenHashes(keys, token), at, idleSince(at)]);
  return rows.map(({ created_at: createdAt, last_seen_at: lastSeenAt, ...rest }) => ({
    ...rest,
    createdAt,
    lastSeenAt,
  }));
}

/** Null where the account has no such session that still stands. */
export async function endSessionById(
  tx: Transaction,
  keys: Keys,
  { accountId, token, at }: Asker,
  id: string,
): Promise<{ current: boolean } | null> {
  const [ended] = await tx.rows<{ current: boolean }>(endById, [accountId, id, tokenHashes(keys, token), at]);
  return ended ?? null;
}

/** How many ended: all of the account but the one that asks. */
export async function endOtherSessions(tx: Transaction, keys: Keys, { accountId, token, at }: Asker): Promise<number> {
  return (await tx.rows(endOthers, [accountId, tokenHashes(keys, token), at, idleSince(at)])).length;
}
