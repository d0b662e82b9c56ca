import { onMounted, onUnmounted } from 'vue';
import { createKeyReader, type KeysRead } from './key-reader.ts';

/** Listens to the whole page, but not while a field or a dialog has the keyboard. */
export function useLaneKeys(keys: KeysRead): void {
  const reader = createKeyReader(keys);
  const press = (event: KeyboardEvent) => takesText(event.target) || reader.press(event);
  onMounted(() => document.addEventListener('keydown', press, true));
  onUnmounted(() => {
    document.removeEventListener('keydown', press, true);
    reader.stop();
  });
}

function takesText(target: EventTarget | null): boolean {
  if (document.querySelector('dialog[open]')) return true;
  if (target instanceof HTMLInputElement) return !['checkbox', 'radio', 'button', 'file'].includes(target.type);
  return target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement;
}
