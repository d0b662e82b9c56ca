// Thousands of readers of one server, and how many messages reached them.
import { WebSocket } from 'ws';
import { answerCalls } from './calls.ts';

const query = 'subscription { tick { number text rows { id in out } } }';
const id = '00000000-0000-4000-8000-000000000000';
let received = 0;
let wanted = 0;
let told: () => void = () => undefined;

async function connect({ url, readers }: { url: string; readers: number }): Promise<void> {
  for (let from = 0; from < readers; from += 50)
    await Promise.all(Array.from({ length: Math.min(50, readers - from) }, (_, at) => open(url, from + at)));
}

function open(url: string, reader: number): Promise<void> {
  // A hundred sockets are an account's.
  const headers = { cookie: `cordon_session=account-${Math.floor(reader / 90)}` };
  const socket = new WebSocket(url, 'graphql-transport-ws', { headers, perMessageDeflate: false });
  return new Promise((resolve, reject) => {
    socket.on('error', reject);
    socket.on('open', () => socket.send('{"type":"connection_init"}'));
    socket.on('message', (data: Buffer) => {
      // Told apart by its length: reading each would cost more than bringing it.
      if (data.length < 100) {
        socket.send(JSON.stringify({ type: 'subscribe', id, payload: { query } }));
        return resolve();
      }
      received += 1;
      if (received >= wanted) told();
    });
  });
}

answerCalls({
  connect,
  /** Begins to count. */
  expect: (count: number) => {
    [received, wanted] = [0, count];
  },
  /** Until that many came. */
  reached: () =>
    new Promise<void>((resolve) => {
      told = resolve;
      if (received >= wanted) resolve();
    }),
});
