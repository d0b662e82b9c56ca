import pg from 'pg';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Transaction } from '../database/transaction.ts';
import type { Logger } from '../observability/logger.ts';
import type { Hear } from './bus.ts';
import { Ears } from './ears.ts';

const send = { name: 'tell-notices', text: `select pg_notify('cordon_told', told) from unnest($1::text[]) as told` };

export interface Notice {
  subject: string;
  text: string;
}

/**
 * Tells every node, once this transaction is committed: for what is rare and told by the worker, so that it needs no bus. PostgreSQL
 * takes 8,000 bytes of each.
 */
export async function tellNodes(tx: Transaction, notices: readonly Notice[]): Promise<void> {
  if (notices.length > 0) await tx.rows(send, [notices.map(({ subject, text }) => `${subject} ${text}`)]);
}

const tryAgainMs = 1_000;

/** Hears what transactions told; on a connection of its own, sought again where it is lost. What is told meanwhile is lost. */
export class Notices {
  readonly #url: string;
  readonly #logger: Logger;
  readonly #ears: Ears;
  #client: pg.Client | null = null;
  #closed = false;
  #running: Promise<void> | null = null;

  constructor(url: string, logger: Logger) {
    this.#url = url;
    this.#logger = logger;
    this.#ears = new Ears(logger);
  }

  /** Hears every subject that begins so; answers how to stop. */
  hear(prefix: string, hear: Hear): () => void {
    this.#running ??= this.#run();
    return this.#ears.add(prefix, hear);
  }

  async close(): Promise<void> {
    this.#closed = true;
    await this.#client?.end().catch(() => undefined);
    await this.#running;
  }

  async #run(): Promise<void> {
    while (!this.#closed) {
      try {
        await this.#listen();
      } catch (error) {
        if (!this.#closed) this.#logger.warn({ error: (error as Error).name }, 'notices of the database are not heard');
      }
      if (!this.#closed) await sleep(tryAgainMs);
    }
  }

  /** Until the connection is lost. */
  async #listen(): Promise<void> {
    const client = new pg.Client({ connectionString: this.#url, application_name: 'cordon notices', keepAlive: true });
    this.#client = client;
    const lost = new Promise<void>((resolve) => client.once('end', () => resolve()));
    client.on('error', () => undefined);
    client.on('notification', ({ payload = '' }) => {
      const end = payload.indexOf(' ');
      this.#ears.say(payload.slice(0, end), payload.slice(end + 1));
    });
    try {
      await client.connect();
      await client.query('listen cordon_told');
      await lost;
    } finally {
      await client.end().catch(() => undefined);
    }
  }
}
