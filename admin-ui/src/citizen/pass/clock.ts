import { onUnmounted, ref } from 'vue';
import { serverNow } from '../../session/server-clock.ts';

/** The server's time, running by the second. */
export function useRunningClock() {
  const now = ref(serverNow());
  const timer = setInterval(() => (now.value = serverNow()), 1_000);
  onUnmounted(() => clearInterval(timer));
  return now;
}
