import type { Transaction } from '../platform/database/transaction.ts';

const codes = { name: 'province-codes', text: 'select distinct province_code from administrative_unit order by 1' };

/** The codes of all provinces, and VN for what belongs to none: for work that goes through them one by one. */
export async function provinceCodes(tx: Transaction): Promise<string[]> {
  return (await tx.rows<{ province_code: string }>(codes, [])).map(({ province_code }) => province_code);
}
