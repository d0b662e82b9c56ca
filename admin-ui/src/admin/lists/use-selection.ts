import { computed, ref } from 'vue';

/** The rows that were ticked, by key. A row that leaves the list leaves the selection too. */
export function useSelection<Row>(rows: () => readonly Row[], keyOf: (row: Row) => string) {
  const keys = ref<ReadonlySet<string>>(new Set());
  let anchor: string | null = null;
  const selected = computed(() => rows().filter((row) => keys.value.has(keyOf(row))));
  const isAll = computed(() => rows().length > 0 && selected.value.length === rows().length);

  function range(to: string): string[] {
    const order = rows().map(keyOf);
    const ends = [order.indexOf(anchor ?? to), order.indexOf(to)].sort((a, b) => a - b);
    const [first = -1, last = -1] = ends;
    return first < 0 ? [to] : order.slice(first, last + 1);
  }
  /** Ticks or unticks a row; with `upTo` all from the one ticked before to this one become as it does. */
  function toggle(key: string, upTo = false): void {
    const next = new Set(keys.value);
    const become = next.has(key) ? (each: string) => next.delete(each) : (each: string) => next.add(each);
    (upTo ? range(key) : [key]).forEach(become);
    keys.value = next;
    anchor = key;
  }
  const clear = () => (keys.value = new Set());
  const toggleAll = () => (keys.value = new Set(isAll.value ? [] : rows().map(keyOf)));
  return { keys, selected, isAll, toggle, toggleAll, clear };
}
export type Selection<Row> = ReturnType<typeof useSelection<Row>>;
