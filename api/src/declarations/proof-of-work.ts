import type { Keys } from '../platform/crypto/keys.ts';
import { contentHmac, isHmacOf, sha256 } from '../platform/crypto/lookup.ts';
import { piecesOfWork, pieceOf } from './shared/work-puzzle.ts';

const holdsForMs = 30 * 60_000;
const headBytes = 7;
const mostMoreBits = 4;

/** A challenge and what was found for it, as it comes back. */
export interface Work {
  challenge: string;
  answers: readonly number[];
}

/** How many zero bits a piece must begin with: each doubling of the pressure above 1 doubles the work, to sixteenfold. */
export function bitsUnder(pressure: number, leastBits: number): number {
  return leastBits + Math.min(mostMoreBits, Math.max(0, Math.floor(Math.log2(pressure))));
}

/**
 * A challenge for one submission, of which nothing is kept here: 32 bytes of when it ends, its bits, and a keyed hash that
 * binds both to the content. What was found for it serves this submission alone, at any node.
 */
export function challengeFor(keys: Keys, content: string, bits: number, at: Date): string {
  const head = Buffer.alloc(headBytes);
  head.writeUIntBE(at.getTime() + holdsForMs, 0, headBytes - 1);
  head.writeUInt8(bits, headBytes - 1);
  const mark = contentHmac(keys.lookup, bound(head, content)).subarray(0, 32 - headBytes);
  return Buffer.concat([head, mark]).toString('base64url');
}

/** Whether this is our challenge for this content, has not ended, and every piece of its work is done. */
export function isWorkDone(keys: Keys, content: string, { challenge, answers }: Work, at: Date): boolean {
  const bytes = Buffer.from(challenge.slice(0, 64), 'base64url');
  if (bytes.length !== 32 || answers.length !== piecesOfWork) return false;
  const head = bytes.subarray(0, headBytes);
  if (head.readUIntBE(0, headBytes - 1) < at.getTime()) return false;
  if (!isHmacOf(keys.lookup, bytes.subarray(headBytes), bound(head, content))) return false;
  const bits = head.readUInt8(headBytes - 1);
  return answers.every((answer, piece) => isAnswer(bytes, piece, answer, bits));
}

const bound = (head: Buffer, content: string): string => `work:${head.toString('hex')}:${content}`;

function isAnswer(challenge: Buffer, piece: number, answer: number, bits: number): boolean {
  const view = pieceOf(challenge, piece);
  view.setUint32(36, answer);
  return Math.clz32(sha256(Buffer.from(view.buffer)).readUInt32BE(0)) >= bits;
}
