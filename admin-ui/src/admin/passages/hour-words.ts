import { computed } from 'vue';
import { formatDay } from '../days.ts';
import { t } from '../texts.ts';

/** The hours of a day: 00 to 23. */
export const hours = Array.from({ length: 24 }, (_, hour) => String(hour).padStart(2, '0'));

/** "7 giờ ngày 23/08/2021": an hour as it stands in an address, 2021-08-23T07. */
export const useHourWords = (hour: () => string | undefined) =>
  computed(() => {
    const [day = '', at = ''] = (hour() ?? '').split('T');
    return t('passages.hourOn', { hour: Number(at), day: formatDay(day) });
  });
