import { onScopeDispose } from 'vue';
import { HOUR_MS } from '#api/platform/shared/instant.ts';
import { fetchTrustList } from './kept-trust-list.ts';

const RETRY_MS = 60_000;

/** Fetches the list now and once an hour, and the code that judges by it: without a network neither comes. */
export function keepTrustList(): void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  async function next(): Promise<void> {
    clearTimeout(timer);
    const wait = await Promise.all([fetchTrustList(), import('./judge-offline.ts')]).then(
      () => HOUR_MS,
      () => RETRY_MS,
    );
    timer = setTimeout(next, wait);
  }
  const back = () => void next();
  addEventListener('online', back);
  onScopeDispose(() => {
    clearTimeout(timer);
    removeEventListener('online', back);
  });
  void next();
}
