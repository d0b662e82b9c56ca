import type { SigningKey } from '../crypto/signing.ts';
import type { Transaction } from '../database/transaction.ts';
import { hashOf, noBlock, signBlock, type SealedBlock } from './block.ts';
import { insertBlock, lastBlock } from './blocks.queries.ts';
import { MerkleTree } from './merkle.ts';

/** A scan's entry may show 50 people, each with a row of access: more entries at once could outlast a transaction. */
export const mostEntries = 2_500;

const lock = {
  name: 'lock-sealing',
  text: `select pg_try_advisory_xact_lock(hashtext('audit sealing'), hashtext($1)) as mine`,
};
const mark = {
  name: 'mark-sealed',
  text: `update audit_entry e set block = $2
         from (select id, at from audit_entry where province_code = $1 and block is null and at < $3 order by id limit $4) w
         where e.province_code = $1 and e.id = w.id and e.at = w.at and e.block is null
         returning e.id, e.at, e.leaf_hash`,
};
// Who looked at a declaration, for its receipt: of the declaration's own province, which is not always the checkpoint's.
const enterAccesses = {
  name: 'enter-accesses',
  text: `insert into audit_access (province_code, subject_id, at, entry_id, role, unit_id, action, reason, app)
         select distinct coalesce(e.detail -> 'elsewhere' ->> s.id::text, e.province_code), s.id, e.at, e.id, e.role, e.unit_id,
           e.action, e.reason, case when e.role = 'PARTNER' then e.detail ->> 'app' end
         from audit_entry e cross join lateral unnest(e.subject_ids) as s (id)
         where e.province_code = $1 and e.block = $2 and e.subject_kind = 'declaration' and e.role is not null
           and e.unit_id is not null and e.action <> 'access.refused'`,
};

interface Leaf {
  id: string;
  at: Date;
  leaf_hash: Buffer;
}

/**
 * Seals a province's entries older than `before`, the oldest first and so many at most: marks, chains and signs them, and
 * enters whom they showed. Null where there are none, or another sealer is at it. A number of statements that does not grow.
 */
export async function sealBlock(
  tx: Transaction,
  province: string,
  before: Date,
  key: SigningKey,
): Promise<SealedBlock | null> {
  const [{ mine } = { mine: false }] = await tx.rows<{ mine: boolean }>(lock, [province]);
  if (!mine) return null;
  const previous = await lastBlock(tx, province);
  const number = (previous?.number ?? 0) + 1;
  const leaves = await tx.rows<Leaf>(mark, [province, number, before, mostEntries]);
  if (leaves.length === 0) return null;
  const block = signBlock(
    {
      provinceCode: province,
      number,
      previousHash: previous ? hashOf(previous) : noBlock,
      ...summaryOf(leaves, before, previous?.toAt),
      sealedAt: new Date(),
      keyId: key.kid,
    },
    key,
  );
  await insertBlock(tx, block);
  await tx.rows(enterAccesses, [province, number]);
  return block;
}

function summaryOf(leaves: Leaf[], before: Date, sealedUntil: Date | undefined) {
  const tree = new MerkleTree();
  const ordered = leaves.toSorted((a, b) => (a.id < b.id ? -1 : 1));
  for (const leaf of ordered) tree.add(leaf.leaf_hash);
  const [first, last] = [ordered[0], ordered.at(-1)];
  return {
    merkleRoot: tree.root(),
    entries: leaves.length,
    late: sealedUntil ? leaves.filter(({ at }) => at < sealedUntil).length : 0,
    fromAt: first?.at ?? before,
    // A block that is full leaves the rest to the next one.
    toAt: leaves.length === mostEntries && last ? last.at : before,
  };
}
