import type { Locale } from '../platform/graphql/locale.ts';
import { vietnamMoment } from '../platform/shared/vietnam-date.ts';
import type { Alert, AlertKind } from './alert.ts';
import { usualMinutes } from './usual.queries.ts';

const clock = (at: number) => vietnamMoment(new Date(at)).slice(-5);

type Told = Alert['figures'] & { since: number };

const texts: Record<AlertKind, Record<Locale, (told: Told) => string>> = {
  SURGE: {
    vi: ({ count, of }) => `${count} lượt trong ${usualMinutes} phút, thường ngày ${of}.`,
    en: ({ count, of }) => `${count} passages in ${usualMinutes} minutes, usually ${of}.`,
  },
  SILENCE: {
    vi: ({ since }) => `Không có lượt nào từ ${clock(since)}.`,
    en: ({ since }) => `Nobody has passed since ${clock(since)}.`,
  },
  REFUSAL_RATE: {
    vi: ({ count, of }) => `${count} trong ${of} lượt của giờ qua bị từ chối.`,
    en: ({ count, of }) => `${count} of ${of} passages of the last hour were refused.`,
  },
  WATCH_LIST: {
    vi: ({ count, since }) => `${count} lần chặn người trong danh sách theo dõi, gần nhất lúc ${clock(since)}.`,
    en: ({ count, since }) => `Somebody on the watch list was stopped: ${count}, last at ${clock(since)}.`,
  },
};

export const alertText = ({ kind, figures }: Alert, since: number, locale: Locale): string =>
  texts[kind][locale]({ ...figures, since });
