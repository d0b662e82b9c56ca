import { logFailure } from '../graphql/log-unexpected.ts';
import type { Logger } from '../observability/logger.ts';
import type { Emission, Feed, FeedEvent, Source } from './feed.ts';
import type { LiveSocket } from './live-socket.ts';

/** Makes what a reader gets of an event: the payload of a `next` message and the brace that ends it; null where there is nothing to show. */
export type Serve = (event: FeedEvent) => Promise<Buffer | null>;

export interface GroupParts {
  logger: Logger;
  /** Told how many did not get an event. */
  missed(subscribers: number): void;
}

interface Member {
  socket: LiveSocket;
  /** How its messages begin: with its own id. */
  head: Buffer;
  /** Whether it needs the whole: it is new, or was behind when something was sent. */
  missed: boolean;
}

const mostQueued = 100;

/** All who subscribed to the same of a feed with the same rights: each event is made and written once, whoever reads it. */
export class SubscriptionGroup {
  readonly #members = new Set<Member>();
  readonly #serve: Serve;
  readonly #source: Source;
  readonly #parts: GroupParts;
  #queued = 0;
  #last: Promise<void> = Promise.resolve();

  constructor(feed: Feed, serve: Serve, parts: GroupParts) {
    this.#serve = serve;
    this.#parts = parts;
    this.#source = feed.open((emission) => this.#take(emission));
  }

  join(socket: LiveSocket, id: string): () => void {
    const head = Buffer.from(`{"id":${JSON.stringify(id)},"type":"next","payload":`);
    const member = { socket, head, missed: true };
    this.#members.add(member);
    this.#source.wake?.();
    return () => void this.#members.delete(member);
  }

  get isEmpty(): boolean {
    return this.#members.size === 0;
  }

  end(): void {
    this.#source.end();
  }

  /** One after the other. What comes while one is still made is made up for by the whole of the next. */
  #take(emission: Emission): void {
    if (emission.whole && this.#queued > 0) return this.#allMissed();
    if (this.#queued >= mostQueued) return;
    this.#queued += 1;
    this.#last = this.#last
      .then(() => this.#send(emission))
      .catch((error: Error) => this.#fail(error))
      .finally(() => (this.#queued -= 1));
  }

  /** What could not be made is made up for by the next whole. */
  #fail(error: Error): void {
    logFailure(this.#parts.logger, error, {}, 'an event was not told');
    this.#allMissed();
  }

  #allMissed(): void {
    for (const member of this.#members) member.missed = true;
    this.#parts.missed(this.#members.size);
  }

  async #send({ event, whole }: Emission): Promise<void> {
    const upToDate: Member[] = [];
    const late: Member[] = [];
    for (const member of this.#members) {
      if (member.socket.isBehind) member.missed = true;
      else (whole && member.missed ? late : upToDate).push(member);
    }
    this.#parts.missed(this.#members.size - upToDate.length - late.length);
    if (upToDate.length > 0) this.#write(upToDate, await this.#serve(event));
    if (whole && late.length > 0) this.#write(late, await this.#serve(whole()));
  }

  #write(members: readonly Member[], payload: Buffer | null): void {
    if (!payload) return;
    for (const member of members) {
      if (!this.#members.has(member)) continue;
      member.socket.write(member.head, payload);
      member.missed = false;
    }
  }
}
