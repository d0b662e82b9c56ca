import type { Transaction } from '../database/transaction.ts';
import type { SealedBlock } from './block.ts';

interface BlockRow {
  province_code: string;
  number: number;
  previous_hash: Buffer;
  merkle_root: Buffer;
  entries: number;
  late: number;
  from_at: Date;
  to_at: Date;
  sealed_at: Date;
  key_id: string;
  signature: Buffer;
}

const last = {
  name: 'last-audit-block',
  text: 'select * from audit_block where province_code = $1 order by number desc limit 1',
};
const after = {
  name: 'audit-blocks-after',
  text: 'select * from audit_block where province_code = $1 and number > $2 order by number limit $3',
};
const byNumbers = {
  name: 'audit-blocks-by-number',
  text: 'select * from audit_block where province_code = $1 and number = any($2)',
};
const following = {
  name: 'provinces-with-following-block',
  text: `select province_code from audit_block
         where (province_code, number) in (select w.province, w.number from unnest($1::text[], $2::bigint[]) as w (province, number))`,
};
const insert = {
  name: 'insert-audit-block',
  text: `insert into audit_block (province_code, number, previous_hash, merkle_root, entries, late, from_at, to_at, sealed_at,
           key_id, signature) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`,
};

export async function lastBlock(tx: Transaction, province: string): Promise<SealedBlock | null> {
  const [row] = await tx.rows<BlockRow>(last, [province]);
  return row ? toBlock(row) : null;
}

export async function blocksAfter(
  tx: Transaction,
  province: string,
  number: number,
  most: number,
): Promise<SealedBlock[]> {
  return (await tx.rows<BlockRow>(after, [province, number, most])).map(toBlock);
}

export async function blocksByNumbers(tx: Transaction, province: string, numbers: number[]): Promise<SealedBlock[]> {
  return (await tx.rows<BlockRow>(byNumbers, [province, numbers])).map(toBlock);
}

/** The provinces that have a block after the given ones. */
export async function provincesWithMore(tx: Transaction, known: ReadonlyMap<string, number>): Promise<string[]> {
  const next = [...known.values()].map((number) => number + 1);
  const rows = await tx.rows<{ province_code: string }>(following, [[...known.keys()], next]);
  return rows.map(({ province_code }) => province_code);
}

export async function insertBlock(tx: Transaction, block: SealedBlock): Promise<void> {
  const { provinceCode, number, previousHash, merkleRoot, entries, late, fromAt, toAt, sealedAt, keyId, signature } =
    block;
  const columns = [provinceCode, number, previousHash, merkleRoot, entries, late, fromAt, toAt, sealedAt, keyId];
  await tx.rows(insert, [...columns, signature]);
}

const toBlock = (row: BlockRow): SealedBlock => ({
  provinceCode: row.province_code,
  number: row.number,
  previousHash: row.previous_hash,
  merkleRoot: row.merkle_root,
  entries: row.entries,
  late: row.late,
  fromAt: row.from_at,
  toAt: row.to_at,
  sealedAt: row.sealed_at,
  keyId: row.key_id,
  signature: row.signature,
});
