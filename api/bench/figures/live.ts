import { Process } from '../processes/calls.ts';
import type { Way } from '../processes/fan-out.ts';
import { cpuSecondsOf } from '../cpu.ts';
import { median } from '../compare.ts';
import type { Figure } from '../figure.ts';

interface FanOut {
  server: Process;
  readers: Process;
  count: number;
}

/** Delivered messages for each CPU second of the server, against bare ws.send of the same bytes and plain graphql-ws. */
export async function liveFigures(say: (text: string) => void, small: boolean): Promise<Figure[]> {
  const [count, events, rounds] = small ? [200, 40, 3] : [2_000, 40, 9];
  say(`Connecting ${count} readers to each of three servers …`);
  const ways: Way[] = ['GROUPS', 'BARE', 'ITERATORS'];
  const sides = await Promise.all(ways.map((way) => start(way, count)));
  try {
    say('Measuring live-fan-out …');
    const rates: number[][] = ways.map(() => []);
    for (let round = -1; round < rounds; round += 1)
      for (const [index, side] of sides.entries()) {
        const rate = await deliveredPerCpuSecond(side, events);
        if (round >= 0) rates[index]?.push(rate);
      }
    const [groups = 0, bare = 0, iterators = 0] = rates.map(median);
    const ratiosTo = (other: number) => (rates[0] ?? []).map((rate, round) => rate / (rates[other]?.[round] ?? NaN));
    return [
      figure('live-fan-out', 'bare ws.send of the same bytes', groups, bare, median(ratiosTo(1)), 0.65, count),
      figure('live-fan-out-iterators', 'plain graphql-ws', groups, iterators, median(ratiosTo(2)), 1.7, count),
    ];
  } finally {
    await Promise.all(sides.flatMap(({ server, readers }) => [server.stop(), readers.stop()]));
  }
}

async function start(way: Way, count: number): Promise<FanOut> {
  const server = new Process('./fan-out.ts', { FAN_OUT: way });
  const readers = new Process('./fan-out-readers.ts');
  await readers.call('connect', { url: await server.call<string>('url'), readers: count });
  return { server, readers, count };
}

/** One event after the other, each once everybody has the one before: none is skipped. */
async function deliveredPerCpuSecond({ server, readers, count }: FanOut, events: number): Promise<number> {
  const before = cpuSecondsOf(server.pid) ?? NaN;
  for (let event = 0; event < events; event += 1) {
    await readers.call('expect', count);
    const reached = readers.call('reached');
    await server.call('deliver');
    await reached;
  }
  return (count * events) / ((cpuSecondsOf(server.pid) ?? NaN) - before);
}

function figure(
  name: string,
  than: string,
  value: number,
  reference: number,
  ratio: number,
  goal: number,
  readers: number,
): Figure {
  const what = `${readers.toLocaleString('en')} subscribers, an event of 1 kB: messages a CPU second of the server, against ${than}`;
  return { name, what, unit: 'messages/CPU s', value, reference, ratio, goal, met: ratio >= goal, notes: [] };
}
