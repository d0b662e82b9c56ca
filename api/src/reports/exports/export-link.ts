import type { Keys } from '../../platform/crypto/keys.ts';
import { signedLink } from '../../platform/crypto/signed-link.ts';

export const exportPurpose = 'export-link';

/** Where a file is fetched: the link names no person, and opens nothing without the session of its account. */
export const exportLink = (keys: Keys, { id, account_id: accountId }: { id: string; account_id: string }, at: Date) =>
  `/exports/${signedLink(keys, exportPurpose, id, accountId, at)}`;
