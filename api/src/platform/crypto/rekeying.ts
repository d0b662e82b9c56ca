import type { Transaction } from '../database/transaction.ts';
import type { Keys } from './keys.ts';

/** What a room did to one page of its rows: where to go on, null at the end, and how many were not under the active keys yet. */
export interface RekeyedPage {
  last: string | null;
  changed: number;
}

/** Brings one page of a province's rows under the active keys. Each room does its own, by a door; done twice it changes nothing. */
export type RekeyPage = (tx: Transaction, keys: Keys, province: string, after: string | null) => Promise<RekeyedPage>;

export const rekeyPageSize = 500;

/** The page's end by its last row's key; a page that is not full was the last one. */
export const pageEnd = (keys: readonly string[]): string | null =>
  keys.length < rekeyPageSize ? null : (keys.at(-1) ?? null);
