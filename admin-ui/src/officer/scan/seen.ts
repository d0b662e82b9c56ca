// As long as the phone of who was recorded is still held up, and a little longer.
const FORGET_MS = 3_000;

/** Tells whether a code that the camera reads is a new one: the same in view all the time is read once. */
export function createSeen() {
  let last = '';
  let lastAt = -Infinity;
  return {
    isNew(text: string, atMs: number): boolean {
      const known = text === last && atMs - lastAt <= FORGET_MS;
      last = text;
      lastAt = atMs;
      return !known;
    },
    /** Seen while nothing new is taken: what was read last is still there. */
    keep(text: string, atMs: number): void {
      if (text === last) lastAt = atMs;
    },
  };
}
