import { timingSafeEqual } from 'node:crypto';
import type { Keys } from './keys.ts';
import { lookupHash, lookupHashes } from './lookup.ts';

const livesMs = 5 * 60_000;

const content = (what: string, accountId: string, expires: number) => `${what} ${accountId} ${expires}`;

/** The end of an address that one account may fetch for five minutes: `what` names a file, has no dot, and names no person. */
export function signedLink(keys: Keys, purpose: string, what: string, accountId: string, at: Date): string {
  const expires = at.getTime() + livesMs;
  const proof = lookupHash(keys.session, purpose, content(what, accountId, expires)).toString('base64url');
  return `${what}.${expires.toString(36)}.${proof}`;
}

/** What a link opens to this account now; null where it opens nothing. */
export function openSignedLink(keys: Keys, purpose: string, link: string, accountId: string, at: Date): string | null {
  const [what = '', until = '', proof = '', ...more] = link.split('.');
  const expires = Number.parseInt(until, 36);
  if (more.length > 0 || !(expires > at.getTime())) return null;
  const given = Buffer.from(proof, 'base64url');
  const hashes = lookupHashes(keys.session, purpose, content(what, accountId, expires));
  const fits = hashes.some((hash) => hash.length === given.length && timingSafeEqual(hash, given));
  return fits ? what : null;
}
