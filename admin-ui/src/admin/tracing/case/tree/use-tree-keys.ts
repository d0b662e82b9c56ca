import { computed, nextTick, ref, type Ref } from 'vue';
import { ROOT, type Item } from './tree-of.ts';

interface Keys {
  items: Ref<readonly Item[]>;
  element: Readonly<Ref<HTMLElement | null>>;
  expand: (id: string, open: boolean) => void;
}

/** A tree by the keyboard, as the ARIA practices say: arrows walk, right and left open and close, Home and End jump. */
export function useTreeKeys({ items, element, expand }: Keys) {
  const chosen = ref(ROOT);
  const ids = computed(() => [ROOT, ...items.value.map(({ id }) => id)]);
  /** Where Tab enters the tree. */
  const at = computed(() => (ids.value.includes(chosen.value) ? chosen.value : ROOT));
  const itemAt = (id: string) => items.value.find((item) => item.id === id) ?? null;

  async function go(id: string | undefined): Promise<void> {
    if (id === undefined) return;
    chosen.value = id;
    await nextTick();
    element.value?.querySelector<HTMLElement>('[tabindex="0"]')?.focus();
  }
  const step = (by: number) => go(ids.value[ids.value.indexOf(at.value) + by]);

  function right(): void {
    const item = itemAt(at.value);
    if (item?.expanded === false) return expand(item.id, true);
    if (item?.expanded || at.value === ROOT) void step(1);
  }
  function left(): void {
    const item = itemAt(at.value);
    if (item?.expanded) return expand(item.id, false);
    if (item) void go(item.parent ?? ROOT);
  }
  const keys: Record<string, () => unknown> = {
    ArrowDown: () => step(1),
    ArrowUp: () => step(-1),
    j: () => step(1),
    k: () => step(-1),
    Home: () => go(ROOT),
    End: () => go(ids.value.at(-1)),
    ArrowRight: right,
    ArrowLeft: left,
  };
  function onKey(event: KeyboardEvent): void {
    const act = keys[event.key];
    if (!act || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    act();
  }
  return { at, onKey, choose: (id: string) => (chosen.value = id), focus: () => go(at.value) };
}
