import type { Transaction } from '../platform/database/transaction.ts';
import { MINUTE_MS } from '../platform/shared/instant.ts';
import type { Counts } from './counts.ts';
import { usualFlow, yesterdayUntilNow } from './usual.queries.ts';

/** What today is compared with, by checkpoint. */
export interface Compared {
  usual: ReadonlyMap<string, number>;
  yesterday: ReadonlyMap<string, Counts>;
}

/** It is of days that are over, and costs more than a picture: it is read once a minute, however often pictures are taken. */
export class OtherDays {
  #at = 0;
  #provinces: ReadonlySet<string> = new Set();
  #read: Compared = { usual: new Map(), yesterday: new Map() };

  async of(tx: Transaction, provinces: readonly string[], now: number): Promise<Compared> {
    if (now - this.#at < MINUTE_MS && provinces.every((code) => this.#provinces.has(code))) return this.#read;
    const usual = await usualFlow(tx, provinces, now);
    this.#read = { usual, yesterday: await yesterdayUntilNow(tx, provinces, now) };
    this.#provinces = new Set(provinces);
    this.#at = now;
    return this.#read;
  }
}
