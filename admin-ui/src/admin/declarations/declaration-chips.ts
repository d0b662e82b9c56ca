import { periodText } from '../filters/period-text.ts';
import { t } from '../texts.ts';
import type { DeclarationFilters } from './declaration-filters.ts';

export const declarationFilterKinds = ['advice', 'origin', 'destination', 'period', 'passed', 'channel'] as const;
export type DeclarationFilterKind = (typeof declarationFilterKinds)[number];
type Places = Record<'origin' | 'destination', string>;

/** The conditions in words that read on from each other: "Nên kiểm tra thêm, đến Quảng Xương, từ thứ Hai". */
export function declarationChips(
  filters: DeclarationFilters,
  places: Places,
): { key: DeclarationFilterKind; text: string }[] {
  return declarationFilterKinds.flatMap((key) => {
    const text = chipText(key, filters, places);
    return text ? [{ key, text }] : [];
  });
}

function chipText(key: DeclarationFilterKind, filters: DeclarationFilters, places: Places): string | null {
  if (key === 'period') return periodText(filters.from, filters.to);
  const value = filters[key];
  if (value === undefined) return null;
  if (key === 'origin' || key === 'destination') return t(`declarations.chips.${key}`, { place: places[key] });
  return t(`declarations.chips.${key}.${value}`);
}

/** What can still be added. */
export function declarationKinds(filters: DeclarationFilters): { key: DeclarationFilterKind; label: string }[] {
  const chosen = declarationChips(filters, { origin: '', destination: '' }).map(({ key }) => key);
  return declarationFilterKinds
    .filter((key) => !chosen.includes(key))
    .map((key) => ({ key, label: t(`declarations.kinds.${key}`) }));
}

export function dropDeclarationFilter(filters: DeclarationFilters, kind: DeclarationFilterKind): DeclarationFilters {
  const gone: string[] = kind === 'period' ? ['from', 'to'] : [kind];
  return Object.fromEntries(Object.entries(filters).filter(([key]) => !gone.includes(key)));
}
