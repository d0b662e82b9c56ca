// What the flow's delay is compared with: LISTEN, and ws.send of the same bytes to everybody, in as many lines as it takes.
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import pg from 'pg';
import { WebSocketServer, type WebSocket } from 'ws';
import { answerCalls } from './calls.ts';

const sockets = new Set<WebSocket>();
const filler = 'x'.repeat(900);

async function serve(): Promise<string> {
  const client = new pg.Client({ connectionString: process.env['BENCH_DATABASE'] ?? '' });
  await client.connect();
  await client.query('listen bench_told');
  client.on('notification', ({ payload }) => {
    const total = `{"todayIn":${payload},"todayOut":0}`;
    const bytes = Buffer.from(
      `{"id":"all","type":"next","payload":{"data":{"checkpointTraffic":{"total":${total},"filler":"${filler}"}}}}`,
    );
    for (const socket of sockets) socket.send(bytes, { binary: false });
  });
  const server = createServer();
  new WebSocketServer({ server, perMessageDeflate: false }).on('connection', (socket) => {
    sockets.add(socket);
    socket.on('message', (data: Buffer) => {
      if (data.includes('connection_init')) socket.send('{"type":"connection_ack"}');
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return `ws://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

const url = serve();
answerCalls({ url: () => url });
