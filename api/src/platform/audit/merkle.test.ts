import { createHash } from 'node:crypto';
import { expect, it } from 'vitest';
import { MerkleTree } from './merkle.ts';

const sha256 = (...parts: Buffer[]) => createHash('sha256').update(Buffer.concat(parts)).digest();
const leaf = (hex: string) => sha256(Buffer.from([0]), Buffer.from(hex, 'hex'));
const rootOf = (leaves: Buffer[]): string => {
  const tree = new MerkleTree();
  for (const hash of leaves) tree.add(hash);
  return tree.root().toString('hex');
};

/** As RFC 6962 section 2.1 defines it. */
function definition(leaves: Buffer[]): Buffer {
  const [only] = leaves;
  if (!only) return sha256();
  if (leaves.length === 1) return only;
  let split = 1;
  while (split * 2 < leaves.length) split *= 2;
  return sha256(Buffer.from([1]), definition(leaves.slice(0, split)), definition(leaves.slice(split)));
}

it('is the tree of RFC 6962, whatever the number of leaves', () => {
  const leaves: Buffer[] = [];
  for (let size = 0; size <= 70; size += 1) {
    expect(rootOf(leaves)).toBe(definition(leaves).toString('hex'));
    leaves.push(leaf(size.toString(16).padStart(2, '0')));
  }
});

it('has another root when leaves change places', () => {
  const [a, b, c] = [leaf('0a'), leaf('0b'), leaf('0c')];
  expect(rootOf([a, b, c])).not.toBe(rootOf([b, a, c]));
});

it('has the root that the tests of Certificate Transparency publish for their eight leaves', () => {
  const inputs = ['', '00', '10', '2021', '3031', '40414243', '5051525354555657', '606162636465666768696a6b6c6d6e6f'];
  expect(rootOf(inputs.map(leaf))).toBe('5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328');
});
