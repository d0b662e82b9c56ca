import { DAY_MS, HOUR_MS } from './instant.ts';

const OFFSET_MS = 7 * HOUR_MS;

/** The day (2021-08-23) in Viet Nam at an instant. UTC+7 all year: no daylight saving since 1975. */
export function vietnamDate(at: Date): string {
  return new Date(at.getTime() + OFFSET_MS).toISOString().slice(0, 10);
}

/** The instant at which a clock in UTC shows what one in Viet Nam shows at this one: for what writes dates in UTC alone. */
export const onVietnamClock = (at: Date): Date => new Date(at.getTime() + OFFSET_MS);

/** 23/08/2021 14:05, as read in Viet Nam. */
export function vietnamMoment(at: Date): string {
  const [day = '', time = ''] = onVietnamClock(at).toISOString().split('T');
  return `${vietnamDay(day)} ${time.slice(0, 5)}`;
}

/** 2021-08-23 as 23/08/2021. */
export const vietnamDay = (date: string): string => date.split('-').reverse().join('/');

/** When a day (2021-08-23) begins in Viet Nam. */
export const startOfDay = (day: string): Date => new Date(Date.parse(`${day}T00:00:00+07:00`));

/** The midnight in Viet Nam that a moment's day began with; both in ms, for what asks each second. */
export const midnightBefore = (at: number): number => Math.floor((at + OFFSET_MS) / DAY_MS) * DAY_MS - OFFSET_MS;

/** When it is over. */
export const endOfDay = (day: string): Date => new Date(startOfDay(day).getTime() + DAY_MS);

/** 2021-08-31 before 2021-09-01. */
export const dayBefore = (day: string): string => new Date(Date.parse(day) - DAY_MS).toISOString().slice(0, 10);
