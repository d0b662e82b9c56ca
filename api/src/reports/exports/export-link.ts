import type { Keys } from '../../platform/crypto/keys.ts';
import { openSignedLink, signedLink } from '../../platform/crypto/signed-link.ts';

const purpose = 'export-link';

/** Where a file is fetched: the link names no person, and opens nothing without the session of its account. */
export const exportLink = (keys: Keys, { id, account_id: accountId }: { id: string; account_id: string }, at: Date) =>
  `/exports/${signedLink(keys, purpose, id, accountId, at)}`;

/** The id of the file that a link opens to this account now; null where it opens none. */
export const openExportLink = (keys: Keys, link: string, accountId: string, at: Date): string | null =>
  openSignedLink(keys, purpose, link, accountId, at);
