import { DAY_MS } from '#api/platform/shared/instant.ts';

/** The day that lies `days` after another: both as 2021-08-23. */
export function addDays(day: string, days: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + days * DAY_MS).toISOString().slice(0, 10);
}

/** The first moment of a day in Viet Nam. */
export const startOfDay = (day: string): string => new Date(`${day}T00:00:00+07:00`).toISOString();

/** 23/08/2021 */
export const formatDay = (day: string): string => day.split('-').reverse().join('/');

/** The day of 23/08/2021; null where there is none such. */
export function readDay(text: string): string | null {
  const [, day, month, year] = /^(\d{2})\/(\d{2})\/(\d{4})$/.exec(text.trim()) ?? [];
  return isDay(`${year}-${month}-${day}`) ? `${year}-${month}-${day}` : null;
}

export function isDay(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const date = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text);
}
