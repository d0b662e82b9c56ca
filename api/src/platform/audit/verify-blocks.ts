import type { KeyObject } from 'node:crypto';
import { hashOf, isSignedBy, noBlock, type SealedBlock } from './block.ts';
import { holdsItsHash, type SealedEntry } from './entries.queries.ts';
import type { AuditFindings } from './findings.ts';
import { MerkleTree } from './merkle.ts';

/** Entries in the order of their blocks, one ahead at a time. */
type Entries = AsyncIterator<SealedEntry, unknown>;

/** Goes through a province's blocks and entries side by side, each read once, and tells what does not fit. */
export class BlockVerifier {
  readonly #findings: AuditFindings;
  readonly #keys: ReadonlyMap<string, KeyObject>;
  readonly #entries: Entries;
  /** Retention dropped the entries before; blocks stay, and of one that reaches over it the rest is left. */
  readonly #dropped: Date | null;
  #next: SealedEntry | null = null;
  #previousHash: Buffer = noBlock;
  #number = 0;

  constructor(findings: AuditFindings, keys: ReadonlyMap<string, KeyObject>, entries: Entries, dropped: Date | null) {
    this.#findings = findings;
    this.#keys = keys;
    this.#entries = entries;
    this.#dropped = dropped;
  }

  async verify(blocks: AsyncIterable<SealedBlock>): Promise<void> {
    await this.#advance();
    for await (const block of blocks) {
      this.#verifyLink(block);
      await this.#skipBefore(block);
      await this.#verifyEntries(block);
    }
  }

  #verifyLink(block: SealedBlock): void {
    const { number, previousHash, keyId } = block;
    if (number !== this.#number + 1) this.#findings.add('BLOCK_MISSING', this.#number + 1, `up to ${number - 1}`);
    else if (!previousHash.equals(this.#previousHash))
      this.#findings.add('CHAIN_BROKEN', number, `it does not follow block ${number - 1} as that is now`);
    const key = this.#keys.get(keyId);
    if (!key) this.#findings.add('UNKNOWN_KEY', number, `key ${keyId} is not in keys.jsonl`);
    else if (!isSignedBy(block, key)) this.#findings.add('BLOCK_CHANGED', number, 'its signature is of other content');
    this.#previousHash = hashOf(block);
    this.#number = number;
  }

  /** Entries of blocks that are not there. */
  async #skipBefore({ number }: SealedBlock): Promise<void> {
    for (let first = this.#next; first && first.block < number; first = this.#next) {
      let count = 0;
      for (let entry = this.#next; entry?.block === first.block; entry = await this.#advance()) count += 1;
      this.#findings.add('NO_SUCH_BLOCK', first.block, `${count} entries`);
    }
  }

  async #verifyEntries(block: SealedBlock): Promise<void> {
    const { number, fromAt } = block;
    const tree = new MerkleTree();
    for (let entry = this.#next; entry?.block === number; entry = await this.#advance()) {
      tree.add(entry.leaf_hash);
      this.#findings.entries += 1;
      if (!holdsItsHash(block.provinceCode, entry)) this.#findings.add('ENTRY_CHANGED', number, `entry ${entry.id}`);
    }
    this.#findings.blocks += 1;
    this.#findings.late += block.late;
    const reachesBack = this.#dropped !== null && fromAt < this.#dropped;
    if (!reachesBack) this.#verifyTree(block, tree);
  }

  #verifyTree({ number, fromAt, toAt, entries, merkleRoot }: SealedBlock, tree: MerkleTree): void {
    const span = `entries from ${fromAt.toISOString()} to ${toAt.toISOString()}`;
    const missing = entries - tree.size;
    if (missing > 0) this.#findings.add('ENTRIES_REMOVED', number, `${missing} of ${entries} ${span}`);
    else if (missing < 0) this.#findings.add('ENTRIES_INSERTED', number, `${-missing} beside ${entries} ${span}`);
    else if (!tree.root().equals(merkleRoot)) this.#findings.add('CONTENT_CHANGED', number, span);
  }

  async #advance(): Promise<SealedEntry | null> {
    const { value, done } = await this.#entries.next();
    return (this.#next = done ? null : value);
  }
}
