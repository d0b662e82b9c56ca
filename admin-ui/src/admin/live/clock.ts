import { onScopeDispose, ref } from 'vue';
import { serverNow } from '../../session/server-clock.ts';

const time = (options: Intl.DateTimeFormatOptions) =>
  new Intl.DateTimeFormat('en-GB', { timeZone: 'Asia/Ho_Chi_Minh', hour: '2-digit', minute: '2-digit', ...options });
const minutes = time({});
const wall = time({ second: '2-digit', day: '2-digit', month: '2-digit' });

/** 14:05 */
export const formatClock = (iso: string): string => minutes.format(new Date(iso));

/** 23/08 14:05:32 */
export const formatWallClock = (at: number): string => wall.format(at).replace(',', '');

/** The server's time, each second. */
export function useClock() {
  const at = ref(serverNow());
  const timer = setInterval(() => (at.value = serverNow()), 1_000);
  onScopeDispose(() => clearInterval(timer));
  return at;
}
