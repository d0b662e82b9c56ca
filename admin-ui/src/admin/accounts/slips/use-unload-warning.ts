import { onScopeDispose } from 'vue';

/** Asks before the page goes while something would be lost with it. */
export function useUnloadWarning(holds: () => boolean): void {
  const warn = (event: Event) => holds() && event.preventDefault();
  addEventListener('beforeunload', warn);
  onScopeDispose(() => removeEventListener('beforeunload', warn));
}
