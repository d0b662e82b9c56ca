import { sign, verify, type KeyObject } from 'node:crypto';
import { sha256 } from '../crypto/lookup.ts';
import type { SigningKey } from '../crypto/signing.ts';

/** What a block of the audit trail says of the entries it seals and of the block before it, in one province. */
export interface AuditBlock {
  provinceCode: string;
  /** 1, 2, 3 … without a gap. */
  number: number;
  previousHash: Buffer;
  /** Over the leaf hashes of its entries in the order of their ids, which is that of their times. */
  merkleRoot: Buffer;
  entries: number;
  /** How many of them are older than what the block before had already sealed. */
  late: number;
  /** The time of its oldest entry. */
  fromAt: Date;
  /** Everything older that was there is sealed, in this block or before. */
  toAt: Date;
  sealedAt: Date;
  keyId: string;
}

export interface SealedBlock extends AuditBlock {
  /** Ed25519, over what `contentOf` answers. */
  signature: Buffer;
}

/** Nothing that the same key signs for another purpose begins so. */
const purpose = 'cordon audit block 1\n';

export const noBlock = Buffer.alloc(32);

/** The bytes that are hashed for the next block and signed: every field but the signature, in this order. */
function contentOf(block: AuditBlock): Buffer {
  const { provinceCode, number, previousHash, merkleRoot, entries, late, fromAt, toAt, sealedAt, keyId } = block;
  const hashes = [previousHash.toString('hex'), merkleRoot.toString('hex')];
  return Buffer.from(
    purpose + JSON.stringify([provinceCode, number, ...hashes, entries, late, fromAt, toAt, sealedAt, keyId]),
  );
}

export const hashOf = (block: AuditBlock): Buffer => sha256(contentOf(block));

export const signBlock = (block: AuditBlock, key: SigningKey): SealedBlock => ({
  ...block,
  signature: sign(null, contentOf(block), key.privateKey),
});

export const isSignedBy = (block: SealedBlock, key: KeyObject): boolean =>
  verify(null, contentOf(block), key, block.signature);
