import type { Feed } from './feed.ts';
import type { LiveSocket } from './live-socket.ts';
import { SubscriptionGroup, type GroupParts, type Serve } from './subscription-group.ts';

/** The groups of a node, by what is the same for all of their members. */
export class Groups {
  readonly #parts: GroupParts;
  readonly #groups = new Map<string, SubscriptionGroup>();

  constructor(parts: GroupParts) {
    this.#parts = parts;
  }

  get size(): number {
    return this.#groups.size;
  }

  /** Joins the group of this key, or begins it; answers how to leave. */
  join(key: string, feed: Feed, serve: () => Serve, socket: LiveSocket, id: string): () => void {
    const group = this.#groups.get(key) ?? new SubscriptionGroup(feed, serve(), this.#parts);
    this.#groups.set(key, group);
    const leave = group.join(socket, id);
    return () => {
      leave();
      if (!group.isEmpty || this.#groups.get(key) !== group) return;
      this.#groups.delete(key);
      group.end();
    };
  }
}
