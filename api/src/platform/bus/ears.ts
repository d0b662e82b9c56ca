import type { Logger } from '../observability/logger.ts';
import type { Hear } from './bus.ts';

/** Who listens on this node. */
export class Ears {
  readonly #logger: Logger;
  readonly #listening = new Set<{ prefix: string; hear: Hear }>();

  constructor(logger: Logger) {
    this.#logger = logger;
  }

  add(prefix: string, hear: Hear): () => void {
    const one = { prefix, hear };
    this.#listening.add(one);
    return () => void this.#listening.delete(one);
  }

  /** One that fails keeps nobody else from hearing. */
  say(subject: string, text: string): void {
    for (const { prefix, hear } of this.#listening) {
      if (!subject.startsWith(prefix)) continue;
      try {
        hear(subject, text);
      } catch (error) {
        this.#logger.error({ prefix, error: (error as Error).name }, 'a message of the bus was not understood');
      }
    }
  }
}
