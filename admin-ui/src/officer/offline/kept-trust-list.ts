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
let kept: KeptTrustList | null = null;

/** The newest list that this device has, from this page or one before. */
export function keptTrustList(): KeptTrustList | null {
  return (kept ??= JSON.parse(read(KEY) ?? 'null') as KeptTrustList | null);
}

export async function fetchTrustList(): Promise<void> {
  const answer = await fetch('/trust.json', { cache: 'no-cache' });
  if (!answer.ok) throw new Error(`The trust list was answered with ${answer.status}.`);
  kept = { list: (await answer.json()) as TrustList, fetchedAt: serverNow() };
  write(KEY, JSON.stringify(kept));
}
