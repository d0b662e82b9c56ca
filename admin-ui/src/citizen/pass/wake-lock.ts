import { onMounted, onUnmounted } from 'vue';

/** Keeps the screen awake while a code is shown, where the phone can; the lock is lost whenever the page is hidden. */
export function useWakeLock(): void {
  let lock: WakeLockSentinel | undefined;
  let shown = true;

  async function hold(): Promise<void> {
    if (!shown || document.visibilityState !== 'visible' || !('wakeLock' in navigator)) return;
    try {
      lock = await navigator.wakeLock.request('screen');
    } catch {
      // A nearly empty battery refuses it: the code is shown all the same.
    }
  }

  onMounted(() => {
    void hold();
    document.addEventListener('visibilitychange', hold);
  });
  onUnmounted(() => {
    shown = false;
    document.removeEventListener('visibilitychange', hold);
    void lock?.release();
  });
}
