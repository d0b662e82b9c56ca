import { vietnamDate } from '#api/platform/shared/vietnam-date.ts';
import { locale } from '../session/locale.ts';
import { serverNow } from '../session/server-clock.ts';
import { addDays, formatDay } from './days.ts';
import { t } from './texts.ts';

const timeZone = 'Asia/Ho_Chi_Minh';
// British English for its order of day, month and hour, which is ours.
const inOrder = (options: Intl.DateTimeFormatOptions) => new Intl.DateTimeFormat('en-GB', { timeZone, ...options });
const clockTime = inOrder({ hour: '2-digit', minute: '2-digit' });
const clockSeconds = inOrder({ hour: '2-digit', minute: '2-digit', second: '2-digit' });
const wallClock = inOrder({ day: '2-digit', month: '2-digit', hour: '2-digit', minute: '2-digit', second: '2-digit' });

export const today = (): string => vietnamDate(new Date(serverNow()));

/** 14:05 */
export const formatClock = (iso: string): string => clockTime.format(new Date(iso));

/** 23/08 14:05:32 */
export const formatWallClock = (at: number): string => wallClock.format(at).replace(',', '');

/** 23/08/2021 14:05 */
export function formatMoment(iso: string): string {
  const at = new Date(iso);
  return `${formatDay(vietnamDate(at))} ${clockTime.format(at)}`;
}

/** The moment at which it is asked for. */
export const now = (): string => formatMoment(new Date(serverNow()).toISOString());

/** As a row says it: 14:05:31 today, "Hôm qua 14:05", and before that 23/08/2021 14:05. */
export function formatRowMoment(iso: string): string {
  const at = new Date(iso);
  const day = vietnamDate(at);
  if (day === today()) return clockSeconds.format(at);
  return day === addDays(today(), -1) ? t('moments.yesterday', { time: clockTime.format(at) }) : formatMoment(iso);
}

/** "3 phút trước", within a day; else null. */
export function relative(iso: string): string | null {
  const minutes = Math.round((Date.parse(iso) - serverNow()) / 60_000);
  if (Math.abs(minutes) >= 24 * 60) return null;
  const words = new Intl.RelativeTimeFormat(locale.value, { numeric: 'auto' });
  return Math.abs(minutes) < 60 ? words.format(minutes, 'minute') : words.format(Math.round(minutes / 60), 'hour');
}

/** "thứ Hai" for a day of the last week, "hôm nay", "hôm qua"; else the date. */
export function nameDay(day: string): string {
  if (day === today()) return t('moments.today');
  if (day === addDays(today(), -1)) return t('moments.yesterdayAlone');
  return day < today() && day > addDays(today(), -7) ? nameWeekday(day) : formatDay(day);
}

/** "thứ Hai", "Monday" */
export function nameWeekday(day: string): string {
  const words = new Intl.DateTimeFormat(locale.value, { weekday: 'long', timeZone: 'UTC' });
  const name = words.format(new Date(`${day}T00:00:00Z`));
  return locale.value === 'vi' ? name.replace(/^T/, 't').replace(/^C/, 'c') : name;
}

export const upperFirst = (text: string): string => text.charAt(0).toLocaleUpperCase(locale.value) + text.slice(1);

/** The Monday of this week; a Monday's own is that of the week before, so that it says more than "today". */
export function lastMonday(): string {
  const weekday = new Date(`${today()}T00:00:00Z`).getUTCDay();
  return addDays(today(), -((weekday + 6) % 7 || 7));
}

export const formatNumber = (count: number): string => new Intl.NumberFormat(locale.value).format(count);
