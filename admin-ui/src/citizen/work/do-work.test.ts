import { createHash, randomBytes } from 'node:crypto';
import { expect, test } from 'vitest';
import { doWork } from './do-work.ts';
import { firstWordOfSha256 } from './sha256-block.ts';

test('a block is hashed as every other SHA-256 does', () => {
  for (let length = 0; length < 56; length += 1) {
    const text = randomBytes(length);
    const block = Buffer.alloc(64);
    text.copy(block);
    block[length] = 0x80;
    block.writeUInt32BE(length * 8, 60);
    const words = new Uint32Array(64);
    for (let at = 0; at < 16; at += 1) words[at] = block.readUInt32BE(at * 4);
    expect(firstWordOfSha256(words)).toBe(createHash('sha256').update(text).digest().readUInt32BE(0));
  }
});

test('every answer is right: the hash of challenge, piece and number begins with the zero bits asked for', () => {
  const challenge = randomBytes(32);
  const answers = [...doWork({ challenge: challenge.toString('base64url'), bits: 9 })];
  expect(answers).toHaveLength(16);
  answers.forEach((answer, piece) => {
    const numbers = Buffer.alloc(8);
    numbers.writeUInt32BE(piece, 0);
    numbers.writeUInt32BE(answer, 4);
    const hash = createHash('sha256').update(challenge).update(numbers).digest();
    expect(Math.clz32(hash.readUInt32BE(0))).toBeGreaterThanOrEqual(9);
  });
});
