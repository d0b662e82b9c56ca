import { periodText } from '../filters/period-text.ts';
import { t } from '../texts.ts';
import type { PassageFilters } from './passage-filters.ts';

export const passageFilterKinds = [
  'decision',
  'at',
  'period',
  'direction',
  'flagged',
  'channel',
  'offline',
  'superseded',
] as const;
export type PassageFilterKind = (typeof passageFilterKinds)[number];

/** The conditions in words that read on from each other: "Từ chối, ở Cầu Ghép, từ thứ Hai". */
export function passageChips(filters: PassageFilters, checkpoints: string): { key: PassageFilterKind; text: string }[] {
  return passageFilterKinds.flatMap((key) => {
    const text = chipText(key, filters, checkpoints);
    return text ? [{ key, text }] : [];
  });
}

function chipText(key: PassageFilterKind, filters: PassageFilters, checkpoints: string): string | null {
  if (key === 'period') return periodText(filters.from, filters.to);
  if (key === 'at') return filters.at ? t('passages.at', { place: checkpoints }) : null;
  const value = filters[key];
  return value === undefined ? null : t(`passages.chips.${key}.${value}`);
}

/** What can still be added. */
export function passageKinds(filters: PassageFilters): { key: PassageFilterKind; label: string }[] {
  const chosen = passageChips(filters, '').map(({ key }) => key);
  return passageFilterKinds
    .filter((key) => !chosen.includes(key))
    .map((key) => ({ key, label: t(`passages.kinds.${key}`) }));
}

export function dropPassageFilter(filters: PassageFilters, kind: PassageFilterKind): PassageFilters {
  const gone: string[] = kind === 'period' ? ['from', 'to'] : [kind];
  return Object.fromEntries(Object.entries(filters).filter(([key]) => !gone.includes(key)));
}
