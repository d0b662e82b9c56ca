import { setTimeout as sleep } from 'node:timers/promises';
import { keyHolders, type HeldKeys } from '../platform/crypto/key-holders.ts';
import type { Database } from '../platform/database/database.ts';

const askEveryMs = 500;

/** Some servers did not take the keys in time: nothing is lost, the same command goes on from here. */
export class StillWaiting extends Error {}

/** Waits until every server that runs holds the keys as they should be, no longer than the bound; answers how many run. */
export async function awaitHolders(
  database: Database,
  what: string,
  waitMs: number,
  holds: (rings: HeldKeys['rings']) => boolean,
): Promise<number> {
  for (const end = Date.now() + waitMs; ; await sleep(askEveryMs)) {
    const running = await keyHolders(database);
    const behind = running.filter(({ rings }) => !holds(rings));
    if (behind.length === 0) return running.length;
    if (Date.now() > end) {
      const ids = behind.map(({ nodeId }) => nodeId).join(', ');
      throw new StillWaiting(
        `${behind.length} of ${running.length} running servers ${what} (${ids}). Give them the same KEYS_FILE, then run this again.`,
      );
    }
  }
}
