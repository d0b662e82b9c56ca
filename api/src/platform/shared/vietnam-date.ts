const OFFSET_MS = 7 * 3_600_000;

/** The day (2021-08-23) in Viet Nam at an instant. UTC+7 all year: no daylight saving since 1975. */
export function vietnamDate(at: Date): string {
  return new Date(at.getTime() + OFFSET_MS).toISOString().slice(0, 10);
}
