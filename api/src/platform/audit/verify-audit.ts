import { toPublicKey } from '../crypto/signing.ts';
import type { Database } from '../database/database.ts';
import { inTransaction, noRows, wholeProvinces, type Transaction } from '../database/transaction.ts';
import type { SealedBlock } from './block.ts';
import { blocksAfter, blocksByNumbers, lastBlock } from './blocks.queries.ts';
import {
  droppedBefore,
  entriesWithoutBlock,
  sealedEntriesAfter,
  unsealedEntries,
  type SealedEntry,
} from './entries.queries.ts';
import { AuditFindings } from './findings.ts';
import type { AuditHeads } from './heads.ts';
import { allProvinces } from './sealer.ts';
import { BlockVerifier } from './verify-blocks.ts';
import { verifyHeads } from './verify-heads.ts';

const pageSize = 2_000;
const beforeAll = '00000000-0000-0000-0000-000000000000';

type Read = <T>(work: (tx: Transaction) => Promise<T>) => Promise<T>;

/**
 * Verifies the sealed trail of every province against itself and against the heads outside the database, in pages: the
 * memory it takes does not grow with the trail. Blocks that are sealed meanwhile are left to the next time.
 */
export async function* verifyAudit(database: Database, heads: AuditHeads): AsyncGenerator<AuditFindings> {
  const keys = new Map([...(await heads.keys())].map(([kid, key]) => [kid, toPublicKey(key)]));
  const rows = await inTransaction(database, noRows, (tx) => tx.rows<{ province_code: string }>(allProvinces, []));
  const provinces = [...new Set([...rows.map(({ province_code }) => province_code), ...(await heads.provinces())])];
  for (const province of provinces.sort()) {
    const read: Read = (work) => inTransaction(database, wholeProvinces([province]), work);
    const findings = new AuditFindings(province);
    const last = await read((tx) => overview(tx, findings));
    const dropped = await read((tx) => droppedBefore(tx, province));
    const verifier = new BlockVerifier(findings, keys, entries(read, province, last), dropped);
    await verifier.verify(blocks(read, province, last));
    const blocksOf = (numbers: number[]) => read((tx) => blocksByNumbers(tx, province, numbers));
    await verifyHeads(findings, keys, heads, blocksOf, last);
    yield findings;
  }
}

/** What waits and what belongs nowhere; answers the number of the last block. */
async function overview(tx: Transaction, findings: AuditFindings): Promise<number> {
  const { province } = findings;
  const last = (await lastBlock(tx, province))?.number ?? 0;
  findings.unsealed = await unsealedEntries(tx, province);
  for (const { block, entries: count } of await entriesWithoutBlock(tx, province, last))
    findings.add('NO_SUCH_BLOCK', block, `${count} entries`);
  return last;
}

async function* blocks(read: Read, province: string, upTo: number): AsyncGenerator<SealedBlock> {
  for (let after = 0; after < upTo;) {
    const page = await read((tx) => blocksAfter(tx, province, after, pageSize));
    yield* page.filter(({ number }) => number <= upTo);
    after = page.at(-1)?.number ?? upTo;
  }
}

async function* entries(read: Read, province: string, upTo: number): AsyncGenerator<SealedEntry> {
  let after: { block: number; id: string } = { block: 0, id: beforeAll };
  for (let full = upTo > 0; full;) {
    const from = after;
    const page = await read((tx) => sealedEntriesAfter(tx, province, from, upTo, pageSize));
    yield* page;
    after = page.at(-1) ?? after;
    full = page.length === pageSize;
  }
}
