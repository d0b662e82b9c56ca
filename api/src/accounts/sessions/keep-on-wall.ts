import type { Keys } from '../../platform/crypto/keys.ts';
import type { Transaction } from '../../platform/database/transaction.ts';
import { unauthenticated } from '../../platform/graphql/problems.ts';
import type { Asker } from './own-sessions.ts';
import { newToken, tokenHashes, type OpenedSession } from './sessions.service.ts';

/** A screen on a wall runs for weeks, and nobody stands before it with a password each morning. */
const longestMs = 30 * 86_400_000;

// Of two askings at once the second finds the token gone; a wall screen's own is never prolonged.
const keep = {
  name: 'keep-on-wall',
  text: `update account_session set token_hash = $3, wall = true, last_seen_at = $4, expires_at = $5
         where account_id = $1 and token_hash = any($2) and not wall and revoked_at is null and expires_at > $4
         returning id`,
};

/** The session goes on under a new token as a wall screen's; there is no way back. */
export async function keepOnWall(
  tx: Transaction,
  keys: Keys,
  { accountId, token: before, at }: Asker,
): Promise<OpenedSession & { id: string }> {
  const { token, hash } = newToken(keys);
  const expires = new Date(at.getTime() + longestMs);
  const [kept] = await tx.rows<{ id: string }>(keep, [accountId, tokenHashes(keys, before), hash, at, expires]);
  if (!kept) throw unauthenticated();
  return { id: kept.id, token, expires };
}
