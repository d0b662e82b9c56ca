/**
 * Work that a submission costs during a flood, for server and page alike: for each piece k a number n so that
 * SHA-256(challenge, k, n) begins with so many zero bits; the challenge is 32 bytes, k and n are 4 bytes each, big-endian.
 * Many small pieces instead of one large: the time varies by a quarter instead of by its whole, and progress can be shown.
 */
export const piecesOfWork = 16;

/** What is hashed, with room for the number that is tried at byte 36. */
export function pieceOf(challenge: Uint8Array, piece: number): DataView<ArrayBuffer> {
  const bytes = new Uint8Array(40);
  bytes.set(challenge.subarray(0, 32));
  const view = new DataView(bytes.buffer);
  view.setUint32(32, piece);
  return view;
}
