import { computed, type Ref } from 'vue';
import { formatDay } from '../days.ts';
import { t } from '../texts.ts';
import type { Fields, Filters } from './filter-query.ts';
import { periodText } from './period-text.ts';
import { useUnitName } from './use-unit-name.ts';

/** A field, or the period that two of them make. */
export type Kind<F extends Fields> = Exclude<keyof F & string, 'from' | 'to'> | 'period';

/** Words for what a condition holds, such as the names of the checkpoints whose ids stand in the address. */
export type OwnWords<F extends Fields> = { [Key in keyof F]?: (value: () => Filters<F>[Key]) => Ref<string> };

interface Address<F extends Fields> {
  filters: Ref<Filters<F>>;
  filterBy: (next: Filters<F>) => void;
}

/** A list's conditions in words that read on from each other, "Từ chối, ở Cầu Ghép, từ thứ Hai", and those still to add. */
export function useConditions<F extends Fields>(
  list: string,
  fields: F,
  { filters, filterBy }: Address<F>,
  words: OwnWords<F>,
) {
  const kinds = [...new Set(Object.keys(fields).map((key) => kindOf(fields, key)))] as Kind<F>[];
  const pathAt = (key: string) => filters.value[key] as string | undefined;
  const units = Object.fromEntries(
    kinds.filter((kind) => fields[kind]?.editor === 'UNIT').map((kind) => [kind, useUnitName(() => pathAt(kind))]),
  );

  const own = Object.fromEntries(
    kinds.flatMap((kind) => {
      const inWords = words[kind];
      return inWords ? [[kind, inWords(() => filters.value[kind])]] : [];
    }),
  );

  function textOf(kind: Kind<F>): string | null {
    if (kind === 'period') return periodText(pathAt('from'), pathAt('to'));
    const value = filters.value[kind];
    if (value === undefined) return null;
    const isDay = fields[kind]?.editor === 'DAY';
    const place = isDay ? formatDay(String(value)) : (units[kind] ?? own[kind])?.value;
    return place === undefined
      ? t(`${fields[kind]?.words ?? `${list}.chips.${kind}`}.${fields[kind]?.write(value)}`)
      : t(`${list}.chips.${kind}`, { place });
  }
  const chips = computed(() =>
    kinds.flatMap((key) => {
      const text = textOf(key);
      return text === null ? [] : [{ key, text }];
    }),
  );
  const toAdd = computed(() =>
    kinds
      .filter((kind) => !fields[kind]?.unlisted && !chips.value.some(({ key }) => key === kind))
      .map((key) => ({ key, label: t(`${list}.kinds.${key}`) })),
  );
  const drop = (kind: Kind<F>) => filterBy(withoutKind(fields, filters.value, kind));
  /** In place of what stands there; an empty list is no condition. */
  function set<Key extends keyof F & string>(kind: Key, value: Filters<F>[Key]): void {
    const others = withoutKind(fields, filters.value, kind);
    filterBy(Array.isArray(value) && value.length === 0 ? others : { ...others, [kind]: value });
  }
  return { fields, kinds, chips, toAdd, drop, set };
}

const kindOf = (fields: Fields, key: string) => (fields[key]?.editor === 'PERIOD' ? 'period' : key);

export function withoutKind<F extends Fields>(fields: F, filters: Filters<F>, kind: string): Filters<F> {
  return Object.fromEntries(Object.entries(filters).filter(([key]) => kindOf(fields, key) !== kind)) as Filters<F>;
}
