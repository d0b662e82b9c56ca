import { read, write } from './locale.ts';

const KEY = 'cordon.clock-offset';
// The Date header counts whole seconds, so that smaller differences are noise.
const NOISE_MS = 1_500;

let offsetMs = Number(read(KEY) ?? 0) || 0;

/** The server's time in ms as this device knows it: ids that the server judges by their time are made with it. */
export function serverNow(): number {
  return Date.now() + offsetMs;
}

/** Learns the offset from an answer's Date header, which was written about midway between sending and receiving. */
export function learnServerTime(dateHeader: string | null, sentAt: number, receivedAt: number): void {
  const written = dateHeader === null ? Number.NaN : Date.parse(dateHeader) + 500;
  const found = Math.round(written - (sentAt + receivedAt) / 2);
  if (Number.isNaN(found) || Math.abs(found - offsetMs) < NOISE_MS) return;
  offsetMs = Math.abs(found) < NOISE_MS ? 0 : found;
  write(KEY, offsetMs === 0 ? null : String(offsetMs));
}
