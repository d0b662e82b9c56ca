import { onScopeDispose, shallowRef } from 'vue';

/** How long a deed can be taken back with one press. */
export const UNDO_MS = 10_000;

/** What stands for as long as a deed can be taken back, and then goes. */
export function useBriefly<Value>() {
  const shown = shallowRef<Value | null>(null);
  let timer: ReturnType<typeof setTimeout> | undefined;
  onScopeDispose(() => clearTimeout(timer));
  function show(value: Value): void {
    shown.value = value;
    clearTimeout(timer);
    timer = setTimeout(() => (shown.value = null), UNDO_MS);
  }
  return { shown, show };
}
