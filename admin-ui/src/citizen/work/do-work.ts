import { pieceOf, piecesOfWork } from '#api/declarations/shared/work-puzzle.ts';
import { firstWordOfSha256 } from './sha256-block.ts';

/** What the server asks before it takes a submission; decision 009. */
export interface Demand {
  challenge: string;
  bits: number;
}

const MESSAGE_BYTES = 40;
const TRIED = 9;

/** Finds the answer of each piece, one after the other. */
export function* doWork({ challenge, bits }: Demand): Generator<number> {
  const bytes = Uint8Array.from(atob(challenge.replaceAll('-', '+').replaceAll('_', '/')), (sign) =>
    sign.charCodeAt(0),
  );
  for (let piece = 0; piece < piecesOfWork; piece += 1) yield answerOf(pieceOf(bytes, piece), bits);
}

function answerOf(piece: DataView, bits: number): number {
  const words = new Uint32Array(64);
  for (let at = 0; at < TRIED; at += 1) words[at] = piece.getUint32(at * 4);
  words[MESSAGE_BYTES / 4] = 0x80000000;
  words[15] = MESSAGE_BYTES * 8;
  for (let tried = 0; ; tried += 1) {
    words[TRIED] = tried;
    if (Math.clz32(firstWordOfSha256(words)) >= bits) return tried;
  }
}
