import { createClient, type Client } from 'graphql-ws';
import { WebSocket, type ClientOptions } from 'ws';
import type { TestServer } from './server.ts';

const socketUrl = (url: string) => `${url.replace('http', 'ws').replace('localhost', '127.0.0.1')}/graphql`;

/** A socket as an attacker opens it: by hand. */
export class RawSocket {
  readonly socket: WebSocket;
  readonly received: Array<{ type: string; id?: string; payload?: unknown }> = [];
  readonly closed: Promise<{ code: number; status: number | null }>;
  readonly opened: Promise<boolean>;

  constructor(url: string, cookie: string, options: ClientOptions = {}, protocol = 'graphql-transport-ws') {
    const headers = { ...(cookie ? { cookie } : {}), ...options.headers };
    this.socket = new WebSocket(socketUrl(url), protocol, { ...options, headers, perMessageDeflate: false });
    this.socket.on('message', (data: Buffer) => this.received.push(JSON.parse(data.toString()) as never));
    let status: number | null = null;
    this.socket.on('unexpected-response', (_, response) => {
      status = response.statusCode ?? null;
      this.socket.terminate();
    });
    this.socket.on('error', () => undefined);
    this.opened = new Promise((resolve) => {
      this.socket.on('open', () => resolve(true));
      this.socket.on('close', () => resolve(false));
    });
    this.closed = new Promise((resolve) => this.socket.on('close', (code) => resolve({ code, status })));
  }

  send(message: object): void {
    if (this.socket.readyState === WebSocket.OPEN) this.socket.send(JSON.stringify(message));
  }

  async begin(): Promise<this> {
    await this.opened;
    this.send({ type: 'connection_init' });
    await this.until(({ type }) => type === 'connection_ack');
    return this;
  }

  subscribe(query: string, variables?: object, id: string = crypto.randomUUID()): string {
    this.send({ type: 'subscribe', id, payload: { query, variables } });
    return id;
  }

  /** The first message that is so, now or later. */
  until(is: (message: { type: string; id?: string; payload?: unknown }) => boolean): Promise<unknown> {
    const found = this.received.find(is);
    if (found) return Promise.resolve(found);
    return new Promise((resolve) => {
      const look = () => {
        const next = this.received.find(is);
        if (!next) return;
        this.socket.off('message', look);
        resolve(next);
      };
      this.socket.on('message', look);
    });
  }
}

export const rawSocket = async (server: TestServer, as: string, options?: ClientOptions): Promise<RawSocket> =>
  new RawSocket(server.url, await server.signIn(as), options);

/** A client as the pages have it, with what it received. */
export async function follow<Data>(
  server: TestServer,
  as: string,
  query: string,
  variables: Record<string, unknown> = {},
  language: 'vi' | 'en' = 'vi',
): Promise<{ received: Data[]; errors: unknown[]; client: Client; stop: () => void }> {
  const cookie = await server.signIn(as);
  class SignedIn extends WebSocket {
    constructor(address: string, protocol: string) {
      super(address, protocol, { headers: { cookie }, perMessageDeflate: false });
    }
  }
  const client = createClient({
    url: socketUrl(server.url),
    webSocketImpl: SignedIn,
    connectionParams: { language },
    // A node that restarts is out of reach for a while.
    retryAttempts: Infinity,
    shouldRetry: () => true,
    retryWait: () => new Promise((resolve) => setTimeout(resolve, 100)),
  });
  const received: Data[] = [];
  const errors: unknown[] = [];
  const stop = client.subscribe<Data>(
    { query, variables },
    {
      next: ({ data }) => void (data && received.push(data)),
      error: (error) => void errors.push(error),
      complete: () => undefined,
    },
  );
  return { received, errors, client, stop };
}
