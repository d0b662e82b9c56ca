import type { ContextViewer } from '../graphql/context.ts';
import type { Logger } from '../observability/logger.ts';
import type { LiveSocket } from './live-socket.ts';

export interface RightsParts {
  logger: Logger;
  /** Who still holds these tokens, in one statement. */
  standing(tokens: readonly string[]): Promise<ReadonlyMap<string, ContextViewer>>;
  rightsOf(viewer: ContextViewer): string;
}

const everyMs = 2_000;
// Whom nobody can vouch for any more is not shown more: as over HTTP, where nothing works without the database.
const mostFailures = 5;
const probeEvery = 15;

/** Looks again and again whether those who are connected may still be: a session may end, and rights may change. */
export class RightsWatch {
  readonly #sockets: ReadonlySet<LiveSocket>;
  readonly #parts: RightsParts;
  #timer: NodeJS.Timeout | null = null;
  #stopped = false;
  #failures = 0;
  #rounds = 0;

  constructor(sockets: ReadonlySet<LiveSocket>, parts: RightsParts) {
    this.#sockets = sockets;
    this.#parts = parts;
    this.#wait();
  }

  stop(): void {
    this.#stopped = true;
    if (this.#timer) clearTimeout(this.#timer);
  }

  #wait(): void {
    if (this.#stopped) return;
    this.#timer = setTimeout(() => void this.#look().finally(() => this.#wait()), everyMs).unref();
  }

  async #look(): Promise<void> {
    const sockets = [...this.#sockets];
    this.#rounds += 1;
    if (this.#rounds % probeEvery === 0) for (const socket of sockets) socket.probe();
    if (sockets.length === 0) return;
    try {
      const standing = await this.#parts.standing([...new Set(sockets.map(({ opener }) => opener.token))]);
      this.#failures = 0;
      for (const socket of sockets) this.#judge(socket, standing.get(socket.opener.token));
    } catch (error) {
      this.#failures += 1;
      this.#parts.logger.warn({ error: (error as Error).name }, 'whether sessions still stand is not known');
      if (this.#failures >= mostFailures) for (const socket of sockets) socket.close('comeBack');
    }
  }

  #judge(socket: LiveSocket, viewer: ContextViewer | undefined): void {
    if (!viewer) socket.close('signIn');
    else if (this.#parts.rightsOf(viewer) !== this.#parts.rightsOf(socket.opener.viewer)) socket.close('comeBack');
  }
}
