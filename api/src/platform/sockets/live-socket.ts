import type { Socket } from 'node:net';
import type { WebSocket } from 'ws';
import type { Locale } from '../graphql/locale.ts';
import type { ContextViewer } from '../graphql/context.ts';
import { closeCodes } from './close-codes.ts';
import type { Membership } from './membership.ts';
import { textFrame } from './text-frame.ts';

/** Who opened a socket, and from where. */
export interface Opener<Viewer extends ContextViewer = ContextViewer> {
  token: string;
  viewer: Viewer;
  locale: Locale;
  ip: string;
  userAgent: string;
}

// What a reader has not taken yet; the kernel holds some hundred kilobytes besides.
const mostUnread = 16 * 1024;
const longestBehindMs = 30_000;
// Enough for a page that opens with twenty subscriptions, and for one ping each second.
const mostMessages = 60;
const messagesPerSecond = 5;

/** One open socket: what is written to it never waits for its reader, and never piles up. */
export class LiveSocket {
  readonly opener: Opener;
  readonly #socket: WebSocket;
  readonly #stream: Socket;
  #behindSince: number | null = null;
  #messages = mostMessages;
  #refilledAt = performance.now();
  #answered = true;
  /** What it is subscribed to: ended with it. */
  readonly memberships = new Set<Membership>();

  constructor(socket: WebSocket, opener: Opener) {
    this.#socket = socket;
    // Not in the types of ws; frames made once for many readers have no other way out.
    this.#stream = (socket as unknown as { _socket: Socket })._socket;
    this.opener = opener;
    socket.on('pong', () => (this.#answered = true));
  }

  /** Whether its reader has not taken what was written before; one that stays so is cut off. */
  get isBehind(): boolean {
    if (this.#socket.readyState !== this.#socket.OPEN) return true;
    if (this.#socket.bufferedAmount <= mostUnread) {
      this.#behindSince = null;
      return false;
    }
    this.#behindSince ??= performance.now();
    if (performance.now() - this.#behindSince > longestBehindMs) this.#socket.terminate();
    return true;
  }

  /** Writes a text in two parts, the second shared with others. */
  write(head: Uint8Array, shared: Uint8Array): void {
    if (this.#socket.readyState === this.#socket.OPEN) this.#stream.write(textFrame(head, shared));
  }

  /** Takes account of one message of the client's; answers whether it may be read. */
  takes(): boolean {
    const now = performance.now();
    this.#messages =
      Math.min(mostMessages, this.#messages + ((now - this.#refilledAt) / 1_000) * messagesPerSecond) - 1;
    this.#refilledAt = now;
    if (this.#messages >= 0 && this.#socket.bufferedAmount <= mostUnread * 8) return true;
    this.close('tooMuch');
    return false;
  }

  /** Asks whether somebody is still there; who did not answer the time before is gone. */
  probe(): void {
    if (!this.#answered) return this.#socket.terminate();
    this.#answered = false;
    this.#socket.ping();
  }

  /** A client that does not answer the closing is cut off. */
  close(why: keyof typeof closeCodes): void {
    this.#socket.close(closeCodes[why], why);
    setTimeout(() => this.#socket.terminate(), 1_000).unref();
  }
}
