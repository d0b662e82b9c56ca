import { createHash } from 'node:crypto';

// Nodes are hashed apart from leaves, so that none can be passed off as the other (RFC 6962 section 2.1).
const nodePrefix = Buffer.from([1]);
const hashNode = (left: Buffer, right: Buffer): Buffer =>
  createHash('sha256').update(nodePrefix).update(left).update(right).digest();

/** The Merkle tree of RFC 6962 over leaves that come one by one, in memory that does not grow with them. */
export class MerkleTree {
  /** The roots of the whole subtrees so far, the largest first. */
  readonly #peaks: Array<{ height: number; hash: Buffer }> = [];
  #size = 0;

  get size(): number {
    return this.#size;
  }

  add(leafHash: Buffer): void {
    this.#size += 1;
    let top = { height: 0, hash: leafHash };
    for (let left = this.#peaks.at(-1); left?.height === top.height; left = this.#peaks.at(-1)) {
      this.#peaks.pop();
      top = { height: top.height + 1, hash: hashNode(left.hash, top.hash) };
    }
    this.#peaks.push(top);
  }

  /** Over no leaves: the hash of nothing. */
  root(): Buffer {
    const hashes = this.#peaks.map(({ hash }) => hash);
    const last = hashes.pop();
    return last ? hashes.reduceRight((right, left) => hashNode(left, right), last) : createHash('sha256').digest();
  }
}
