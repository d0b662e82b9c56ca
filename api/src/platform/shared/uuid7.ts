const CANONICAL = /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;
const ANY_UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;
const LATEST_MS = 2 ** 48 - 1;

let lastMs = -1;
let counter = 0;

/**
 * A UUIDv7 (RFC 9562, section 5.7) of now or of the given time in ms.
 * Ids made one after the other within the same ms sort in that order: a counter of 30 bits (section 6.2, method 1) stands
 * between the time and 44 random bits. Its first value is random with the top bit clear, so that it cannot run over.
 */
export function newUuid7(atMs: number = Date.now()): string {
  const ms = Math.floor(atMs);
  if (!(ms >= 0 && ms <= LATEST_MS)) throw new RangeError('A UUIDv7 holds a time from 1970 to the year 10889');
  const random = crypto.getRandomValues(new Uint8Array(10));
  counter = ms === lastMs ? counter + 1 : new DataView(random.buffer).getUint32(6) >>> 3;
  lastMs = ms;
  return uuidFromBytes(layOut(ms, counter, random));
}

function layOut(ms: number, count: number, random: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(16);
  const view = new DataView(bytes.buffer);
  view.setUint16(0, Math.floor(ms / 2 ** 32));
  view.setUint32(2, ms % 2 ** 32);
  view.setUint16(6, 0x7000 | (count >>> 18));
  bytes.set(random.subarray(0, 6), 10);
  view.setUint32(8, (0x80000000 | ((count & 0x3ffff) << 12) | (view.getUint32(8) & 0xfff)) >>> 0);
  return bytes;
}

/**
 * The time in ms of a version 7, variant 10 UUID in its canonical lower-case form; null for anything else.
 * Upper case is refused so that ids that are equal are equal as text too.
 */
export function uuid7Time(id: string): number | null {
  return CANONICAL.test(id) ? Number.parseInt(id.slice(0, 8) + id.slice(9, 13), 16) : null;
}

/** The 16 bytes of a UUID of any version. Throws a TypeError for what is none. */
export function uuidToBytes(id: string): Uint8Array {
  if (!ANY_UUID.test(id)) throw new TypeError('Not a UUID');
  const digits = id.replaceAll('-', '');
  return Uint8Array.from({ length: 16 }, (_, at) => Number.parseInt(digits.slice(at * 2, at * 2 + 2), 16));
}

/** The canonical text of 16 bytes. Throws a TypeError for any other length. */
export function uuidFromBytes(bytes: Uint8Array): string {
  if (bytes.length !== 16) throw new TypeError('A UUID has 16 bytes');
  const digits = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
  return [0, 8, 12, 16, 20].map((from, at, starts) => digits.slice(from, starts[at + 1])).join('-');
}

/** Before every other id: where pages in the order of ids begin. */
export const nilUuid = '00000000-0000-0000-0000-000000000000';
