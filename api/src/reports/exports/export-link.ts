import { timingSafeEqual } from 'node:crypto';
import type { Keys } from '../../platform/crypto/keys.ts';
import { lookupHash, lookupHashes } from '../../platform/crypto/lookup.ts';
import { uuid7Time } from '../../platform/shared/uuid7.ts';

const livesMs = 5 * 60_000;
const purpose = 'export-link';

/** What a link names and what it is signed over: one file of one account until a moment. */
const signed = (id: string, accountId: string, expires: number) => `${id}.${accountId}.${expires}`;

/** Where a file is fetched: the link names no person, and opens nothing without the session of its account. */
export function exportLink(
  keys: Keys,
  { id, account_id: accountId }: { id: string; account_id: string },
  at: Date,
): string {
  const expires = at.getTime() + livesMs;
  const proof = lookupHash(keys.session, purpose, signed(id, accountId, expires)).toString('base64url');
  return `/exports/${id}.${expires.toString(36)}.${proof}`;
}

/** The id of the file that a link opens to this account now; null where it opens none. */
export function openExportLink(keys: Keys, token: string, accountId: string, at: Date): string | null {
  const [id = '', until = '', proof = '', ...more] = token.split('.');
  const expires = Number.parseInt(until, 36);
  if (more.length > 0 || uuid7Time(id) === null || !(expires > at.getTime())) return null;
  const given = Buffer.from(proof, 'base64url');
  const hashes = lookupHashes(keys.session, purpose, signed(id, accountId, expires));
  const fits = hashes.some((hash) => hash.length === given.length && timingSafeEqual(hash, given));
  return fits ? id : null;
}
