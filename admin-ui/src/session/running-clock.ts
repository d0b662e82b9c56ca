import { onScopeDispose, ref } from 'vue';
import { serverNow } from './server-clock.ts';

/** The server's time, running by the second. */
export function useRunningClock() {
  const now = ref(serverNow());
  const timer = setInterval(() => (now.value = serverNow()), 1_000);
  onScopeDispose(() => clearInterval(timer));
  return now;
}
