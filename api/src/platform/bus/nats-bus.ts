import { connect, type NatsConnection } from '@nats-io/transport-node';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Logger } from '../observability/logger.ts';
import type { Bus, Hear } from './bus.ts';
import { Ears } from './ears.ts';

const tryAgainMs = 1_000;

/**
 * The bus of several nodes. This node hears itself at once, with or without NATS; the others hear what NATS brings them. NATS
 * may be down at the start and at any time: nothing waits for it, and it is sought until it is there.
 */
export class NatsBus implements Bus {
  readonly #ears: Ears;
  readonly #logger: Logger;
  readonly #servers: string[];
  readonly #told: Array<(reaches: boolean) => void> = [];
  #connection: NatsConnection | null = null;
  #reaches = false;
  #closed = false;

  constructor(url: string, logger: Logger) {
    this.#servers = url.split(',');
    this.#logger = logger;
    this.#ears = new Ears(logger);
    void this.#seek();
  }

  get reaches(): boolean {
    return this.#reaches;
  }

  tell(subject: string, text: string): void {
    this.#ears.say(subject, text);
    // What is told while it is down would come late, after whoever missed it asked the database.
    if (this.#reaches) this.#connection?.publish(subject, text);
  }

  hear(prefix: string, hear: Hear): () => void {
    return this.#ears.add(prefix, hear);
  }

  onReach(told: (reaches: boolean) => void): void {
    this.#told.push(told);
  }

  async close(): Promise<void> {
    this.#closed = true;
    await this.#connection?.close().catch(() => undefined);
  }

  async #seek(): Promise<void> {
    while (!this.#closed) {
      try {
        await this.#listen(await connect({ servers: this.#servers, ...patience }));
      } catch (error) {
        this.#turn(false, (error as Error).name);
      }
      await sleep(tryAgainMs, undefined, { ref: false });
    }
  }

  /** Until the connection is given up: left open it would come back by itself, and everything be heard twice. */
  async #listen(connection: NatsConnection): Promise<void> {
    this.#connection = connection;
    try {
      if (!this.#closed) await this.#hearAll(connection);
    } finally {
      await connection.close().catch(() => undefined);
    }
    this.#turn(false, 'closed');
  }

  async #hearAll(connection: NatsConnection): Promise<void> {
    connection.subscribe('>', { callback: (_, message) => this.#ears.say(message.subject, message.string()) });
    await connection.flush();
    this.#turn(true);
    for await (const { type } of connection.status()) {
      if (type === 'disconnect') this.#turn(false, type);
      // Its subscriptions stand again once a round trip is through.
      if (type === 'reconnect') await connection.flush().then(() => this.#turn(true));
    }
  }

  #turn(reaches: boolean, why?: string): void {
    if (this.#reaches === reaches) return;
    this.#reaches = reaches;
    if (!this.#closed) this.#logger.warn({ why }, reaches ? 'NATS is within reach' : 'NATS is out of reach');
    for (const tell of this.#told) tell(reaches);
  }
}

const patience = {
  // What this node tells it has heard itself already.
  noEcho: true,
  maxReconnectAttempts: -1,
  reconnectTimeWait: tryAgainMs,
  pingInterval: 5_000,
  maxPingOut: 2,
  timeout: 3_000,
};
