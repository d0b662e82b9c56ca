import { computed, onScopeDispose, ref } from 'vue';
import type { Passing } from '../record/recorder.ts';

const now = ref(Date.now());
let watchers = 0;
let timer: ReturnType<typeof setInterval> | undefined;

/** For how many seconds a press can still be taken back; 0: no longer. One clock for all lines that count. */
export function useUndoClock(passing: () => Passing | null) {
  if (watchers++ === 0) timer = setInterval(() => (now.value = Date.now()), 250);
  onScopeDispose(() => {
    if (--watchers === 0) clearInterval(timer);
  });
  return computed(() => {
    const shown = passing();
    if (!shown || (shown.state !== 'UNSENT' && shown.state !== 'RECORDED')) return 0;
    return Math.max(0, Math.ceil((shown.undoUntil - now.value) / 1000));
  });
}
