import { DAY_MS, HOUR_MS } from '../platform/shared/instant.ts';
import { uuid7Time } from '../platform/shared/uuid7.ts';
import { vietnamDate } from '../platform/shared/vietnam-date.ts';

/**
 * The day whose codes a submission speaks of: that of its first id, which its row keeps, however late it is sent. An id of a
 * wrong clock is refused by the checks of the form; until then its codes are those of today.
 */
export function dayOf(firstId: string, at: Date): string {
  const time = uuid7Time(firstId) ?? 0;
  const late = at.getTime() - time;
  return vietnamDate(late > 14 * DAY_MS || late < -HOUR_MS ? at : new Date(time));
}
