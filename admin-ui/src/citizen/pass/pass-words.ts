import { formatBirthDate } from '#api/people/shared/birth-date.ts';
import { locale } from '../../session/locale.ts';
import { t } from '../texts.ts';
import type { KeptPass } from './pass-store.ts';

export function timeLeft(pass: KeptPass, now: number): string {
  const seconds = Math.max(0, Math.floor((Date.parse(pass.validUntil) - now) / 1_000));
  const two = (part: number) => String(part).padStart(2, '0');
  return t('pass.hours', {
    h: Math.floor(seconds / 3_600),
    m: two(Math.floor(seconds / 60) % 60),
    s: two(seconds % 60),
  });
}

/** 23/08/2021 14:05, in Vietnam's time wherever the phone is. */
export function writtenTime(instant: string): string {
  const parts = new Intl.DateTimeFormat('en-GB', {
    dateStyle: 'short',
    timeStyle: 'short',
    timeZone: 'Asia/Ho_Chi_Minh',
  });
  return parts.format(new Date(instant)).replace(',', '');
}

export function whatToBring({ documented, negativeTest, doses }: KeptPass): string {
  const papers = [
    t(documented ? 'bring.document' : 'bring.child'),
    negativeTest && t('bring.test'),
    doses > 0 && t('bring.vaccine'),
  ];
  return papers.filter(Boolean).join(', ');
}

export function personOf({ fullName, dateOfBirth }: KeptPass): string {
  return `${fullName.toLocaleUpperCase(locale.value)} · ${formatBirthDate(dateOfBirth)}`;
}
