import type { Instant } from './declaration-draft.ts';

export const HOUR_MS = 3_600_000;
export const DAY_MS = 24 * HOUR_MS;

// RFC 3339 with its offset: without one, a browser and a server would each take their own.
const RFC_3339 = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,9})?)?(Z|[+-]\d{2}:\d{2})$/i;

/** The moment in ms; null for what is none. */
export function readInstant(value: Instant): number | null {
  if (typeof value === 'string' && !RFC_3339.test(value)) return null;
  const ms = new Date(value).getTime();
  return Number.isNaN(ms) ? null : ms;
}
