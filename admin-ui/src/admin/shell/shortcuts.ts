import { onScopeDispose, ref, watch } from 'vue';
import { read, write } from '../../session/locale.ts';

const KEY = 'cordon.admin.keys';

/** Keys of one character can be switched off (WCAG 2.1.4): who speaks to the page would press them by chance. */
export const lettersOn = ref(read(KEY) !== 'off');
watch(lettersOn, (on) => write(KEY, on ? null : 'off'));

type Handler = () => unknown;

/** Keys that work while no text is typed and no dialog is open. A handler that returns false leaves the key alone. */
export function useShortcuts(handlers: Record<string, Handler>): void {
  function onKey(event: KeyboardEvent): void {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
    const handler = handlers[event.key];
    if (!handler || (event.key.length === 1 && !lettersOn.value) || isBusyElsewhere(event)) return;
    if (handler() !== false) event.preventDefault();
  }
  addEventListener('keydown', onKey);
  onScopeDispose(() => removeEventListener('keydown', onKey));
}

function isBusyElsewhere(event: KeyboardEvent): boolean {
  if (document.querySelector('[role="dialog"], [role="menu"], dialog[open]')) return true;
  const at = event.target;
  if (!(at instanceof HTMLElement)) return false;
  const types = at.matches('input:not([type="checkbox"], [type="radio"]), textarea, select, [contenteditable="true"]');
  return types && event.key !== 'Escape';
}
