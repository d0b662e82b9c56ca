import type { SigningKeys } from '../crypto/signing.ts';
import type { Database } from '../database/database.ts';
import { everyProvince, inTransaction, type Transaction } from '../database/transaction.ts';
import type { Logger } from '../observability/logger.ts';
import type { SealedBlock } from './block.ts';
import { blocksAfter, provincesWithMore } from './blocks.queries.ts';
import type { AuditHeads } from './heads.ts';
import { mostEntries, sealBlock } from './seal-block.ts';

const everyMs = 10_000;
// Three times as long as a transaction may last: what is older has been committed, or never will be.
const ageMs = 30_000;
const mostHeads = 500;

export const allProvinces = {
  name: 'all-provinces',
  text: 'select distinct province_code from administrative_unit order by 1',
};
const waiting = {
  name: 'provinces-to-seal',
  text: 'select distinct province_code from audit_entry where block is null and at < $1 order by 1',
};

interface Parts {
  database: Database;
  heads: AuditHeads;
  keys: SigningKeys;
  logger: Logger;
}

/** Seals the audit trail of every province by the clock. Any number of workers may run one: each block is sealed once. */
export class Sealer {
  readonly #parts: Parts;
  readonly #written = new Map<string, number>();
  #timer: NodeJS.Timeout | undefined;
  #round: Promise<unknown> = Promise.resolve();
  #stopped = false;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  start(): void {
    this.#round = this.#sealInTime().finally(() => {
      if (!this.#stopped) this.#timer = setTimeout(() => this.start(), everyMs);
    });
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    clearTimeout(this.#timer);
    await this.#round;
  }

  async #sealInTime(): Promise<void> {
    await this.seal(new Date(Date.now() - ageMs)).catch((error: unknown) => this.#report(error));
  }

  /** One round: heads that a crash left unwritten first, then blocks of what is older than `before`. Answers the blocks. */
  async seal(before: Date): Promise<SealedBlock[]> {
    const { heads, keys } = this.#parts;
    await heads.keepKey(keys.active);
    await this.#catchUp();
    const provinces = await this.#within((tx) => tx.rows<{ province_code: string }>(waiting, [before]));
    const sealed: SealedBlock[] = [];
    for (const { province_code: province } of provinces) {
      // One province that cannot be sealed does not hold up the others.
      await this.#sealProvince(province, before, sealed).catch((error: unknown) => this.#report(error, province));
    }
    return sealed;
  }

  async #sealProvince(province: string, before: Date, sealed: SealedBlock[]): Promise<void> {
    const { keys, logger } = this.#parts;
    for (let full = true; full;) {
      const block = await this.#within((tx) => sealBlock(tx, province, before, keys.active));
      if (!block) return;
      sealed.push(block);
      if (block.number <= (this.#written.get(province) ?? 0))
        logger.error({ province, block: block.number }, 'the audit trail was cut: run npm run audit:verify');
      await this.#writeHeads(province);
      full = block.entries === mostEntries;
    }
  }

  async #catchUp(): Promise<void> {
    const rows = await this.#within((tx) => tx.rows<{ province_code: string }>(allProvinces, []));
    for (const { province_code: province } of rows)
      if (!this.#written.has(province)) this.#written.set(province, await this.#parts.heads.lastNumber(province));
    const behind = await this.#within((tx) => provincesWithMore(tx, this.#written));
    for (const province of behind) await this.#writeHeads(province);
  }

  async #writeHeads(province: string): Promise<void> {
    for (let more = true; more;) {
      const written = this.#written.get(province) ?? 0;
      const blocks = await this.#within((tx) => blocksAfter(tx, province, written, mostHeads));
      if (blocks.length > 0) await this.#parts.heads.append(province, blocks);
      this.#written.set(province, blocks.at(-1)?.number ?? written);
      more = blocks.length === mostHeads;
    }
  }

  #within<T>(work: (tx: Transaction) => Promise<T>): Promise<T> {
    return inTransaction(this.#parts.database, everyProvince, work);
  }

  #report(error: unknown, province?: string): void {
    const { name, code, stack } = error as Error & { code?: string };
    this.#parts.logger.error(
      { error: name, code, province, stack: stack?.split('\n').slice(1, 5) },
      'sealing the audit trail failed',
    );
  }
}
