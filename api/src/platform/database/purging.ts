import { createHash } from 'node:crypto';
import type { Transaction } from './transaction.ts';

export const purgePageSize = 1_000;

/** Takes away one page of a province's rows that are past their time, and answers their ids; a page not full was the last. */
export type PurgePage = (tx: Transaction, province: string, before: Date) => Promise<string[]>;

/** SHA-256 of ids in order, as the database makes it: what was taken away can be told from a backup. */
export function idsDigest(ids: readonly string[]): string {
  const hash = createHash('sha256');
  for (const id of ids.map((text) => text.replaceAll('-', '')).sort()) hash.update(Buffer.from(id, 'hex'));
  return hash.digest('hex');
}
