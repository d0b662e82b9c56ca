import { onScopeDispose } from 'vue';
import type { RulesInForce } from '#api/territory/shared/movement-rules/rules-in-force.ts';
import { read, write } from '../../session/locale.ts';
import { serverNow } from '../../session/server-clock.ts';

/** What verifies and judges passes without the server. Public, so that it may lie on the device as it is. */
export interface TrustList extends RulesInForce {
  keys: Array<{ kid: string; key: string }>;
  withdrawn: string[];
}

export interface KeptTrustList {
  list: TrustList;
  /** By the server's clock, in ms. */
  fetchedAt: number;
}

const KEY = 'cordon.officer.trust-list';
const HOUR_MS = 3_600_000;
const RETRY_MS = 60_000;

let kept: KeptTrustList | null = null;

/** The newest list that this device has, from this page or one before. */
export function keptTrustList(): KeptTrustList | null {
  return (kept ??= JSON.parse(read(KEY) ?? 'null') as KeptTrustList | null);
}

async function fetchTrustList(): Promise<void> {
  const answer = await fetch('/trust.json', { cache: 'no-cache' });
  if (!answer.ok) throw new Error(`The trust list was answered with ${answer.status}.`);
  kept = { list: (await answer.json()) as TrustList, fetchedAt: serverNow() };
  write(KEY, JSON.stringify(kept));
}

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
