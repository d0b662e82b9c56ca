export const MINUTE_MS = 60_000;
export const HOUR_MS = 60 * MINUTE_MS;
export const DAY_MS = 24 * HOUR_MS;

/** A moment: an RFC 3339 text in the browser, a Date once the server's scalar has read it. */
export type Instant = string | Date;

// RFC 3339 with its offset: without one, a browser and a server would each take their own.
const RFC_3339 = /^(\d{4}-\d{2}-\d{2})T\d{2}:\d{2}(:\d{2}(\.\d{1,9})?)?(Z|[+-]\d{2}:\d{2})$/i;

/** The moment in ms; null for what is none. */
export function readInstant(value: Instant): number | null {
  if (typeof value === 'string' && !isDayOfCalendar(RFC_3339.exec(value)?.[1])) return null;
  const ms = new Date(value).getTime();
  return Number.isNaN(ms) ? null : ms;
}

// Engines take 31 February for 3 March.
function isDayOfCalendar(date: string | undefined): boolean {
  return date !== undefined && new Date(`${date}T00:00:00Z`).toJSON()?.slice(0, 10) === date;
}
