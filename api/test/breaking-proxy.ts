import { once } from 'node:events';
import { createServer, connect, type AddressInfo, type Socket } from 'node:net';

/** What goes wrong on the way of one request; the client names it in the header x-break. */
export const breaks = ['nothing', 'half-request', 'after-request', 'reply', 'half-reply'] as const;
export type Break = (typeof breaks)[number];

export interface BreakingProxy {
  url: string;
  close(): Promise<void>;
}

/** Stands between a client and a node, one request a connection, and breaks connections as told: with a reset, as networks do. */
export async function startBreakingProxy(target: () => string): Promise<BreakingProxy> {
  const open = new Set<Socket>();
  const proxy = createServer((client) => {
    const upstream = connect(Number(new URL(target()).port), '127.0.0.1');
    for (const [socket, other] of [
      [client, upstream],
      [upstream, client],
    ] as const) {
      open.add(socket);
      socket.on('error', () => other.destroy());
      socket.on('close', () => {
        open.delete(socket);
        other.destroy();
      });
    }
    relay(client, upstream);
  });
  proxy.listen(0, '127.0.0.1');
  await once(proxy, 'listening');
  return {
    url: `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`,
    async close() {
      for (const socket of open) socket.destroy();
      proxy.close();
      await once(proxy, 'close');
    },
  };
}

function relay(client: Socket, upstream: Socket): void {
  const cut = () => {
    client.resetAndDestroy();
    upstream.resetAndDestroy();
  };
  let request = Buffer.alloc(0);
  client.on('data', (chunk) => {
    request = Buffer.concat([request, chunk]);
    const head = request.indexOf('\r\n\r\n');
    if (head < 0) return;
    const header = request.toString('latin1', 0, head);
    const length = Number(/content-length: (\d+)/i.exec(header)?.[1] ?? 0);
    if (request.length < head + 4 + length) return;
    send(request, (/x-break: ([\w-]+)/i.exec(header)?.[1] ?? 'nothing') as Break);
  });

  function send(whole: Buffer, fault: Break): void {
    if (fault === 'half-request') return void upstream.write(whole.subarray(0, whole.length - 20), cut);
    if (fault === 'after-request') return void upstream.write(whole, cut);
    upstream.write(whole);
    upstream.on('data', (chunk) => {
      if (fault === 'nothing') client.write(chunk);
      else if (fault === 'reply') cut();
      else client.write(chunk.subarray(0, chunk.length / 2), cut);
    });
    if (fault === 'nothing') upstream.on('end', () => client.end());
  }
}
