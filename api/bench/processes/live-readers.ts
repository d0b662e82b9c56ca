// Thousands of screens of one server, and when each learnt of how many passages.
import { WebSocket } from 'ws';
import { answerCalls } from './calls.ts';

const query = `subscription { checkpointTraffic {
  total { todayIn todayOut lastHour } at whole degraded alerts { kind message }
  checkpoints { checkpoint { id } in out todayIn todayOut lastHour lastPassageAt }
  recent { id checkpoint { id } direction decision occurredAt } } }`;
/** Stands first in an event: reading the whole of each would cost more than bringing it. */
const totals = /"todayIn":(\d+),"todayOut":(\d+)/;

/** By reader, how many passages it knows of; none before its first event. */
const known: number[] = [];
/** For each event that told of more: when, and how many the reader knew before and after it. */
let seen: number[] = [];

interface Connecting {
  url: string;
  cookies: string[];
  readers: number;
}

async function connect({ url, cookies, readers }: Connecting): Promise<void> {
  for (let from = 0; from < readers; from += 50)
    await Promise.all(
      Array.from({ length: Math.min(50, readers - from) }, (_, at) =>
        open(url, cookies[(from + at) % cookies.length] ?? '', from + at),
      ),
    );
}

function open(url: string, cookie: string, reader: number): Promise<void> {
  known[reader] = -1;
  const socket = new WebSocket(url, 'graphql-transport-ws', { headers: { cookie }, perMessageDeflate: false });
  return new Promise((resolve, reject) => {
    socket.on('error', reject);
    socket.on('open', () => socket.send('{"type":"connection_init"}'));
    socket.on('message', (data: Buffer) => {
      const at = performance.timeOrigin + performance.now();
      const found = totals.exec(data.toString('latin1', 0, 400));
      if (found) return note(reader, at, Number(found[1]) + Number(found[2]));
      if (!data.includes('connection_ack')) return;
      socket.send(JSON.stringify({ type: 'subscribe', id: crypto.randomUUID(), payload: { query } }));
      resolve();
    });
  });
}

function note(reader: number, at: number, count: number): void {
  const before = known[reader] ?? -1;
  if (count <= before) return;
  seen.push(at, before, count);
  known[reader] = count;
}

answerCalls({
  connect,
  /** How many passages everybody knows of. */
  known: () => known.reduce((least, one) => Math.min(least, one), Infinity),
  /** What was seen since it was asked last. */
  seen: () => {
    const all = Float64Array.from(seen);
    seen = [];
    return all;
  },
});
