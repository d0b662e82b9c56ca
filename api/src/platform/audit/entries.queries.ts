import type { Transaction } from '../database/transaction.ts';
import { canonical } from '../shared/canonical.ts';
import { leafHash } from './audit.ts';

export interface SealedEntry {
  id: string;
  at: Date;
  actor_id: string | null;
  role: string | null;
  unit_id: string | null;
  action: string;
  subject_kind: string | null;
  subject_ids: string[];
  checkpoint_id: string | null;
  reason: string | null;
  detail: unknown;
  leaf_hash: Buffer;
  block: number;
}

/** Whether an entry's columns are those that its leaf hash was made of. */
export function holdsItsHash(province: string, entry: SealedEntry): boolean {
  const { id, at, actor_id, role, unit_id, action, subject_kind, subject_ids, checkpoint_id, reason, detail } = entry;
  const columns = [id, at, actor_id, role, unit_id, action, subject_kind, subject_ids, checkpoint_id, reason];
  return leafHash(province, [...columns, canonical(detail)]).equals(entry.leaf_hash);
}

const sealed = {
  name: 'sealed-entries',
  text: `select id, at, actor_id, role, unit_id, action, subject_kind, subject_ids, checkpoint_id, reason, detail, leaf_hash, block
         from audit_entry
         where province_code = $1 and block is not null and (block, id) > ($2, $3) and block <= $4 order by block, id limit $5`,
};

/** Entries of blocks up to one, after an entry, in the order that their blocks hash them in. */
export const sealedEntriesAfter = (
  tx: Transaction,
  province: string,
  after: { block: number; id: string },
  upTo: number,
  most: number,
): Promise<SealedEntry[]> => tx.rows(sealed, [province, after.block, after.id, upTo, most]);

const withoutBlock = {
  name: 'entries-without-block',
  text: `select e.block, count(*)::int as entries from audit_entry e
         where e.province_code = $1 and e.block > $2
           and not exists (select from audit_block b where b.province_code = $1 and b.number = e.block)
         group by e.block order by e.block limit 20`,
};

/** Entries that say they belong to a block that is not there, after the last that is. */
export const entriesWithoutBlock = (
  tx: Transaction,
  province: string,
  last: number,
): Promise<Array<{ block: number; entries: number }>> => tx.rows(withoutBlock, [province, last]);

const unsealed = {
  name: 'unsealed-entries',
  text: 'select count(*)::int as entries, min(at) as oldest from audit_entry where province_code = $1 and block is null',
};

/** What waits for the sealer. */
export async function unsealedEntries(
  tx: Transaction,
  province: string,
): Promise<{ entries: number; oldest: Date | null }> {
  const [row] = await tx.rows<{ entries: number; oldest: Date | null }>(unsealed, [province]);
  return row ?? { entries: 0, oldest: null };
}

const dropped = {
  name: 'audit-dropped-before',
  // Nothing younger than a year counts as dropped, whatever an entry says: the database would have refused it.
  text: `select max(case when e.detail->>'table' = 'audit_entry' then (e.detail->>'to')::timestamptz end) as before
         from audit_entry e
         where e.province_code = $1 and e.action = 'retention.drop'
           and case when e.detail->>'table' = 'audit_entry' then (e.detail->>'to')::timestamptz <= e.at - interval '365 days' end`,
};

/** Up to when retention dropped entries, by its own evidence; null: never. */
export async function droppedBefore(tx: Transaction, province: string): Promise<Date | null> {
  const [row] = await tx.rows<{ before: Date | null }>(dropped, [province]);
  return row?.before ?? null;
}
