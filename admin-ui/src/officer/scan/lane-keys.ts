import { onMounted, onUnmounted } from 'vue';
import { singleKeys } from '../settings.ts';

// A hand scanner types a character every few ms, the slow ones every 50; nobody types as fast.
const BURST_GAP_MS = 90;
// Who presses 1 to admit has typed nothing just before: so a slow scanner's digits admit nobody.
const QUIET_BEFORE_MS = 300;
const SHORTEST_BURST = 4;

export interface LaneKeys {
  /** A hand scanner typed this and Enter. */
  burst: (text: string) => void;
  /** One key by itself; true when it was of use. */
  key: (key: string) => boolean;
  /** A character that is no shortcut, or several: for the field. */
  typed: (text: string) => void;
}

/** Listens to the whole page, but not while a field or a dialog has the keyboard. */
export function useLaneKeys({ burst, key, typed }: LaneKeys): void {
  let buffer = '';
  let lastAt = -Infinity;
  let quiet = true;
  let timer: ReturnType<typeof setTimeout> | undefined;

  function press(event: KeyboardEvent): void {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || takesText(event.target)) return;
    if (event.key === 'Enter') return end(event);
    if (event.key.length !== 1) return void (event.key === 'Escape' && !event.repeat && key('Escape'));
    const gap = event.timeStamp - lastAt;
    lastAt = event.timeStamp;
    if (gap > BURST_GAP_MS) {
      quiet = gap > QUIET_BEFORE_MS;
      buffer = '';
    }
    // A lone blank presses the button that has the focus; one inside a pass must not.
    if (event.key === ' ' && buffer === '') return;
    if (event.repeat) return;
    buffer += event.key;
    event.preventDefault();
    clearTimeout(timer);
    timer = setTimeout(settle, BURST_GAP_MS);
  }

  function end(event: KeyboardEvent): void {
    const text = buffer;
    const fast = event.timeStamp - lastAt <= BURST_GAP_MS;
    buffer = '';
    clearTimeout(timer);
    if (!fast || text.length < SHORTEST_BURST) return;
    event.preventDefault();
    event.stopPropagation();
    burst(text);
  }

  function settle(): void {
    const text = buffer;
    buffer = '';
    if (text.length === 1 && singleKeys.value === 'on' && quiet && key(text)) return;
    if (text) typed(text);
  }

  onMounted(() => document.addEventListener('keydown', press, true));
  onUnmounted(() => {
    document.removeEventListener('keydown', press, true);
    clearTimeout(timer);
  });
}

function takesText(target: EventTarget | null): boolean {
  if (document.querySelector('dialog[open]')) return true;
  if (target instanceof HTMLInputElement) return !['checkbox', 'radio', 'button', 'file'].includes(target.type);
  return target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement;
}
