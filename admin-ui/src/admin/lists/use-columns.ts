import { computed, ref } from 'vue';
import { read, write } from '../../session/locale.ts';
import type { Column } from './column.ts';

/** Which columns a person wants to see of a list; remembered on this device. */
export function useColumns<Row>(list: string, all: readonly Column<Row>[]) {
  const place = `cordon.admin.columns.${list}`;
  // What differs from the first look is kept, so that a column which comes later shows as it is meant to.
  const changed = ref(new Set(read(place)?.split(',')));
  const isShown = ({ key, extra }: Column<Row>) => (extra ?? false) === changed.value.has(key);
  const shown = computed(() => {
    const found = all.filter(isShown);
    return found.length > 0 ? found : all;
  });

  function keep(keys: Iterable<string>): void {
    changed.value = new Set(keys);
    write(place, [...changed.value].join(',') || null);
  }
  /** Shows or hides it; the last one stays. */
  function toggle(column: Column<Row>): void {
    if (isLast(column)) return;
    const keys = new Set(changed.value);
    if (!keys.delete(column.key)) keys.add(column.key);
    keep(keys);
  }
  const isLast = (column: Column<Row>) => shown.value.length === 1 && shown.value[0] === column;
  return { all, shown, isLast, toggle, reset: () => keep([]), isChanged: computed(() => changed.value.size > 0) };
}
export type Columns<Row> = ReturnType<typeof useColumns<Row>>;
