import type { Transaction } from '../platform/database/transaction.ts';

const toStop = { name: 'passes-to-stop', text: 'select passes_to_stop($1) as id' };
const keptMs = 15_000;

/** The open passes of all whom the list names, as ids: what a device stops by without the server. Read at most every 15 seconds. */
export class PassesToStop {
  #kept: { until: number; ids: Promise<string[]> } | undefined;

  current(tx: Transaction, at: Date): Promise<string[]> {
    if (!this.#kept || this.#kept.until < at.getTime()) {
      const ids = tx.rows<{ id: string }>(toStop, [at]).then((rows) => rows.map(({ id }) => id).sort());
      this.#kept = { until: at.getTime() + keptMs, ids };
      ids.catch(() => (this.#kept = undefined));
    }
    return this.#kept.ids;
  }
}
