import type { KeyObject } from 'node:crypto';
import { hashOf, isSignedBy, type SealedBlock } from './block.ts';
import type { AuditFindings } from './findings.ts';
import type { AuditHeads } from './heads.ts';

const atOnce = 1_000;

type BlocksOf = (numbers: number[]) => Promise<SealedBlock[]>;

/**
 * Compares the heads outside the database with the blocks in it. A head without its block means that the end was cut off,
 * for heads are written after their blocks; a block without its head may be a crash's doing, and is only counted.
 */
export async function verifyHeads(
  findings: AuditFindings,
  keys: ReadonlyMap<string, KeyObject>,
  heads: AuditHeads,
  blocksOf: BlocksOf,
  last: number,
): Promise<void> {
  let highest = 0;
  let cutFrom = Infinity;
  for await (const batch of inBatches(heads.read(findings.province))) {
    const stored = new Map((await blocksOf(batch.map(({ number }) => number))).map((block) => [block.number, block]));
    for (const head of batch) {
      highest = Math.max(highest, head.number);
      const key = keys.get(head.keyId);
      const block = stored.get(head.number);
      if (!key || !isSignedBy(head, key)) findings.add('HEAD_CHANGED', head.number, `signed by key ${head.keyId}`);
      else if (!block) cutFrom = Math.min(cutFrom, head.number > last ? head.number : Infinity);
      else if (!hashOf(block).equals(hashOf(head)))
        findings.add('HEAD_DIFFERS', head.number, `its head was sealed at ${head.sealedAt.toISOString()}`);
    }
  }
  if (cutFrom < Infinity) findings.add('TAIL_CUT', cutFrom, `blocks ${cutFrom} to ${highest} have heads only`);
  if (highest === 0 && last > 0) findings.add('NO_HEADS', 1, `nothing in ${heads.directory} is of this province`);
  findings.headsBehind = highest === 0 ? 0 : Math.max(0, last - highest);
}

async function* inBatches(heads: AsyncIterable<SealedBlock | null>): AsyncGenerator<SealedBlock[]> {
  let batch: SealedBlock[] = [];
  for await (const head of heads) {
    if (head) batch.push(head);
    if (batch.length < atOnce) continue;
    yield batch;
    batch = [];
  }
  if (batch.length > 0) yield batch;
}
