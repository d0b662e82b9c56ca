import { computed, ref, watch, type Ref } from 'vue';
import { useShortcuts } from '../shell/shortcuts.ts';

interface Walk {
  body: Readonly<Ref<HTMLElement | null>>;
  keys: Ref<readonly string[]>;
  opened: () => string | null;
  /** The row that an open panel goes along to. */
  walked: (key: string) => void;
  /** False where rows cannot be ticked. */
  tick: (key: string, upTo: boolean) => unknown;
}

/** One row of a table is where the keyboard is: j and k, and the arrows within it, go on to the next. */
export function useRowWalk({ body, keys, opened, walked, tick }: Walk) {
  const chosen = ref<string | null>(null);
  /** Where Tab enters the table: the row walked to, or the first. */
  const at = computed({
    get: () => (chosen.value !== null && keys.value.includes(chosen.value) ? chosen.value : (keys.value[0] ?? null)),
    set: (key) => (chosen.value = key),
  });
  watch(opened, (key) => key && (chosen.value = key), { immediate: true });

  const linkAt = (index: number) => body.value?.querySelectorAll<HTMLElement>('a.row-link')[index];

  function walk(by: number): boolean {
    const from = keys.value.indexOf(chosen.value ?? '');
    const to = from < 0 ? 0 : Math.min(keys.value.length - 1, Math.max(0, from + by));
    const key = keys.value[to];
    if (key === undefined) return false;
    chosen.value = key;
    linkAt(to)?.focus();
    linkAt(to)?.scrollIntoView({ block: 'nearest' });
    if (opened() !== null && opened() !== key) walked(key);
    return true;
  }
  /** Back to the row that a panel was opened from. */
  const focusRow = () => linkAt(keys.value.indexOf(at.value ?? ''))?.focus();
  const tickHere = (upTo: boolean) => () => (chosen.value === null ? false : tick(chosen.value, upTo));
  const inTable = (by: number) => () => (body.value?.contains(document.activeElement) ? walk(by) : false);
  useShortcuts({
    j: () => walk(1),
    k: () => walk(-1),
    ArrowDown: inTable(1),
    ArrowUp: inTable(-1),
    x: tickHere(false),
    X: tickHere(true),
  });
  return { at, focusRow, focusRowAt: (index: number) => linkAt(index)?.focus() };
}
