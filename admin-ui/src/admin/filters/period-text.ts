import { nameDay } from '../moments.ts';
import { t } from '../texts.ts';

/** "từ thứ Hai", "đến hôm qua", "hôm nay", "từ 01/08/2021 đến 07/08/2021". */
export function periodText(from: string | undefined, to: string | undefined): string | null {
  if (from && to && from === to) return t('filter.onDay', { day: nameDay(from) });
  if (from && to) return t('filter.fromTo', { from: nameDay(from), to: nameDay(to) });
  if (from) return t('filter.from', { day: nameDay(from) });
  return to ? t('filter.to', { day: nameDay(to) }) : null;
}
