import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Database } from '../../platform/database/database.ts';
import { everyProvince, inTransaction, noRows, wholeProvinces } from '../../platform/database/transaction.ts';
import type { Logger } from '../../platform/observability/logger.ts';
import { provinceCodes } from '../../territory/provinces.service.ts';
import { traceCase, TraceTaken } from './trace-case.ts';
import { provincesWithDueTraces, takeTrace, tellProgress, type TraceOrder } from './trace.queries.ts';

const idleMs = 500;
// As long as the worker's longest transaction: then whoever held it is gone.
const leaseMs = 600_000;

export interface TraceWorkerParts {
  database: Database;
  logger: Logger;
  now: () => Date;
  /** A trace of more people waits for a second tracer. */
  mostUnapproved: number;
}

function unlessTaken(error: unknown): void {
  if (!(error instanceof TraceTaken)) throw error;
}

/** Traces the cases that wait for it, one after the other; what a worker that was killed had begun is begun anew by another. */
export class TraceWorker {
  readonly #parts: TraceWorkerParts;
  readonly #stopping = new AbortController();
  #running: Promise<void> | null = null;

  constructor(parts: TraceWorkerParts) {
    this.#parts = parts;
  }

  start(): void {
    this.#running ??= this.#run();
  }

  async stop(): Promise<void> {
    this.#stopping.abort();
    await this.#running;
  }

  /** Traces all that is due. */
  async drain(): Promise<void> {
    const { database, now } = this.#parts;
    const due = await inTransaction(database, everyProvince, (tx) => provincesWithDueTraces(tx, now()));
    for (const province of due)
      for (let more = true; more && !this.#stopping.signal.aborted;) more = await this.#traceNext(province);
  }

  async #run(): Promise<void> {
    const { signal } = this.#stopping;
    while (!signal.aborted) {
      await this.drain().catch(({ name }: Error) => this.#parts.logger.warn({ error: name }, 'a trace failed'));
      await sleep(idleMs, undefined, { signal }).catch(() => undefined);
    }
  }

  async #traceNext(province: string): Promise<boolean> {
    const { database, now, mostUnapproved } = this.#parts;
    const at = now();
    const claim = randomUUID();
    const until = new Date(at.getTime() + leaseMs);
    const order = await inTransaction(database, wholeProvinces([province]), (tx) =>
      takeTrace(tx, province, { at, until, claim }),
    );
    if (!order) return false;
    const provinces = await inTransaction(database, noRows, provinceCodes);
    const progress = (generation: number, people: number) => this.#tell(order, claim, generation, people);
    await inTransaction(database, everyProvince, (tx) =>
      traceCase(tx, order, { provinces, claim, at, mostUnapproved, progress }),
    ).catch(unlessTaken);
    return true;
  }

  /** In a transaction of its own: whoever waits sees how far it is. */
  #tell(order: TraceOrder, claim: string, generation: number, people: number): Promise<void> {
    return inTransaction(this.#parts.database, wholeProvinces([order.province_code]), (tx) =>
      tellProgress(tx, order, claim, { generation, people }),
    );
  }
}
