import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { everyProvince, inTransaction, wholeProvinces } from '../../platform/database/transaction.ts';
import type { Logger } from '../../platform/observability/logger.ts';
import {
  failExport,
  letGoOfExport,
  provincesWithDueExports,
  takeExport,
  type Claimed,
} from './export-orders.queries.ts';
import { LostClaim, runExport, type ExportParts } from './run-export.ts';

const idleMs = 500;
/** Renewed with each part: a worker that is silent for so long is gone. */
const leaseMs = 120_000;
const mostAttempts = 3;
const againMs = 10_000;

/** Makes the files that wait, one after the other; what a worker that was killed had begun is begun anew by another. */
export class ExportWorker {
  readonly #parts: ExportParts & { logger: Logger };
  readonly #stopping = new AbortController();
  #running: Promise<void> | null = null;

  constructor(parts: ExportParts & { logger: Logger }) {
    this.#parts = parts;
  }

  start(): void {
    this.#running ??= this.#run();
  }

  async stop(): Promise<void> {
    this.#stopping.abort();
    await this.#running;
  }

  /** Makes all that is due. */
  async drain(): Promise<void> {
    const { database, now } = this.#parts;
    const due = await inTransaction(database, everyProvince, (tx) => provincesWithDueExports(tx, now()));
    for (const province of due)
      for (let more = true; more && !this.#stopping.signal.aborted;) more = await this.#next(province);
  }

  async #run(): Promise<void> {
    const { signal } = this.#stopping;
    while (!signal.aborted) {
      await this.drain().catch(({ name }: Error) => this.#parts.logger.warn({ error: name }, 'exports failed'));
      await sleep(idleMs, undefined, { signal }).catch(() => undefined);
    }
  }

  async #next(province: string): Promise<boolean> {
    const { database, now } = this.#parts;
    const order = await inTransaction(database, wholeProvinces([province]), (tx) =>
      takeExport(tx, province, { at: now(), until: this.#lease(), claim: randomUUID() }),
    );
    if (!order) return false;
    await this.#make(order).catch((error: unknown) => this.#broken(order, error));
    return true;
  }

  readonly #lease = () => new Date(this.#parts.now().getTime() + leaseMs);

  async #make(order: Claimed): Promise<void> {
    // Whoever was killed by it several times is spared it.
    if (order.attempts > mostAttempts) return this.#giveUp(order);
    return runExport(this.#parts, order, { lease: this.#lease, stopping: this.#stopping.signal });
  }

  async #giveUp(order: Claimed): Promise<void> {
    const { database, now } = this.#parts;
    await inTransaction(database, wholeProvinces([order.province_code]), (tx) =>
      failExport(tx, order, 'INTERRUPTED', now()),
    );
  }

  async #broken(order: Claimed, error: unknown): Promise<void> {
    if (error instanceof LostClaim) return;
    const { database, now, logger } = this.#parts;
    const stopped = this.#stopping.signal.aborted;
    if (!stopped) logger.warn({ error: (error as Error).name, attempts: order.attempts }, 'an export failed');
    if (!stopped && order.attempts >= mostAttempts) return this.#giveUp(order);
    // Who is told to stop leaves it to the next at once, as if it had not been tried.
    const [dueAt, attempts] = stopped
      ? [now(), order.attempts - 1]
      : [new Date(now().getTime() + againMs * order.attempts), order.attempts];
    await inTransaction(database, wholeProvinces([order.province_code]), (tx) =>
      letGoOfExport(tx, order, { dueAt, attempts }),
    );
  }
}
