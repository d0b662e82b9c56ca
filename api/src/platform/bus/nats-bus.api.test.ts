import { connect as connectNats } from '@nats-io/transport-node';
import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { NatsProcess } from '#test/nats-process.ts';
import { createLogger } from '../observability/logger.ts';
import { NatsBus } from './nats-bus.ts';

let nats: NatsProcess;
let way: Server;
let bus: NatsBus;
/** What came through the way, one for each connection that the bus made. */
let ways: Array<{ socket: Socket; pings: number }>;
/** Which of them is cut at its second PING: of a connection that came back, the round trip after it. */
let cut: number;
beforeEach(async () => {
  nats = await NatsProcess.start();
  ways = [];
  cut = -1;
  way = createServer((socket) => {
    const one = { socket, pings: 0 };
    const number = ways.push(one) - 1;
    const upstream = connect(nats.port, '127.0.0.1');
    socket.on('data', (sent: Buffer) => {
      one.pings += sent.toString().split('PING\r\n').length - 1;
      if (number === cut && one.pings > 1) socket.resetAndDestroy();
      else upstream.write(sent);
    });
    upstream.pipe(socket);
    socket.on('error', () => undefined).on('close', () => upstream.destroy());
  });
  way.listen(0, '127.0.0.1');
  await once(way, 'listening');
  const { port } = way.address() as AddressInfo;
  bus = new NatsBus(`nats://127.0.0.1:${port}`, createLogger('silent'));
});
afterEach(async () => {
  await bus.close();
  way.close();
  await nats.kill();
});

it('a connection that is lost again while it comes back is given up: nothing is heard twice', async () => {
  await expect.poll(() => bus.reaches, { timeout: 5_000 }).toBe(true);
  cut = 1;
  ways[0]?.socket.resetAndDestroy();
  await expect.poll(() => ways.length > 2 && bus.reaches, { timeout: 15_000 }).toBe(true);
  const heard: string[] = [];
  bus.hear('traffic.', (_, text) => heard.push(text));
  const other = await connectNats({ servers: nats.url });
  let told = 0;
  const tell = () => {
    other.publish('traffic.38.a', String((told += 1)));
    return heard.length;
  };
  // Within that, whoever was not given up comes back.
  await expect.poll(tell, { timeout: 10_000, interval: 100 }).toBeGreaterThan(30);
  expect(new Set(heard).size).toBe(heard.length);
  await other.close();
}, 40_000);
