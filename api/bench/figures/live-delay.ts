import { setTimeout as sleep } from 'node:timers/promises';
import type { RecordPassageInput } from '#api/passages/record-passage.input.ts';
import { newUuid7 } from '#api/platform/shared/uuid7.ts';
import { median, quantile } from '../compare.ts';
import { bodyOf, recordDocument } from '../documents.ts';
import type { Figure } from '../figure.ts';
import { Process } from '../processes/calls.ts';
import { administrator } from '../settings.ts';
import { whole } from '../sizes.ts';
import { signIn, type Stage } from '../stage.ts';
import { PassageInputs } from './passage-inputs.ts';

const tickMs = 1_000;
const perSecond = 500;
// A batch each tenth of a second.
const batchSize = 50;
const batchMs = (batchSize / perSecond) * 1_000;
const readersOfAccount = 90;
const mostGrownMiB = 16;

/** One way from a commit to many readers. */
interface Way {
  readers: Process;
  /** Commits a batch, and answers what tells when that was. */
  commit(): Promise<string>;
  /** When these were committed, in ms, by PostgreSQL's own account. */
  committedAt(batches: readonly string[]): Promise<number[]>;
}

/**
 * From the commit of a passage until a reader has it: 2,000 subscribers of checkpointTraffic on one node while 500 passages a second are
 * recorded over HTTP, against LISTEN and ws.send. A tick is waited for, by design.
 */
export async function liveDelayFigures(stage: Stage): Promise<Figure[]> {
  const isWhole = stage.sizes === whole;
  const [readers, rounds, seconds] = isWhole ? [2_000, 3, 20] : [200, 2, 5];
  const loop = new Process('./listen-loop.ts', { BENCH_DATABASE: stage.ownerUrl });
  const sides = [new Process('./live-readers.ts'), new Process('./live-readers.ts')] as const;
  try {
    const flow = await flowWay(stage, sides[0], readers);
    const bare = await listenWay(stage, sides[1], await loop.call<string>('url'), readers);
    const delays: [number[], number[]] = [[], []];
    // What is not yet compiled, planned or allocated is so then.
    for (const way of [flow, bare]) await delaysOf(way, 5);
    const before = await stage.heap();
    for (let round = 0; round < rounds; round += 1)
      for (const [index, way] of [flow, bare].entries())
        for (const delay of await delaysOf(way, seconds)) delays[index]?.push(delay);
    const grown = (await stage.heap()) - before;
    return [delayFigure(delays, readers), heapFigure(grown, readers, rounds * seconds * perSecond)];
  } finally {
    await Promise.all([...sides, loop].map((process) => process.stop()));
  }
}

/** One delay for each reader and batch. */
async function delaysOf({ readers, commit, committedAt }: Way, seconds: number): Promise<number[]> {
  await readers.call('seen');
  const base = await readers.call<number>('known');
  const batches: string[] = [];
  const began = performance.now();
  while (batches.length < (seconds * perSecond) / batchSize) {
    await sleep(Math.max(0, began + batches.length * batchMs - performance.now()));
    batches.push(await commit());
  }
  await allKnow(readers, base + batches.length * batchSize);
  const at = await committedAt(batches);
  const seen = await readers.call<Float64Array>('seen');
  const delays: number[] = [];
  for (let event = 0; event < seen.length; event += 3) {
    const [told = NaN, from = NaN, to = NaN] = seen.subarray(event, event + 3);
    for (let batch = (from - base) / batchSize; batch < (to - base) / batchSize; batch += 1)
      delays.push(told - (at[batch] ?? NaN));
  }
  return delays;
}

async function allKnow(readers: Process, count: number): Promise<void> {
  const began = performance.now();
  while ((await readers.call<number>('known')) < count) {
    if (performance.now() - began > 30_000) throw new Error('Not every reader was told of every passage.');
    await sleep(100);
  }
}

async function flowWay(stage: Stage, readers: Process, count: number): Promise<Way> {
  const cookies = await watchers(stage, Math.ceil(count / readersOfAccount));
  await readers.call('connect', { url: stage.cordonUrl.replace('http', 'ws'), cookies, readers: count });
  await allKnow(readers, 0);
  const inputs = await PassageInputs.of(stage);
  const prepared: RecordPassageInput[][] = [];
  for (let batch = 0; batch < 40; batch += 1) prepared.push(await inputs.batch(batchSize, 'declarationId', Date.now()));
  if (prepared.some(({ length }) => length < batchSize)) throw new Error('No declaration holds: the data is too old.');
  let next = 0;
  return {
    readers,
    async commit() {
      const people = prepared[(next += 1) % prepared.length] ?? [];
      const input = people.map((one) => ({ ...one, id: newUuid7(), recordedOffline: false }));
      await record(stage, bodyOf(recordDocument, { input }));
      return input[0]?.id ?? '';
    },
    committedAt: (ids) =>
      commitTimes(stage, 'select id::text as key, xmin from passage where id = any($1::uuid[])', ids),
  };
}

async function record({ cordonUrl, cookies }: Stage, body: string): Promise<void> {
  const headers = { 'content-type': 'application/json', cookie: cookies.officer };
  const text = await (await fetch(cordonUrl, { method: 'POST', headers, body })).text();
  if (text.split('"PassageRecorded"').length !== batchSize + 1) throw new Error(`Not recorded: ${text.slice(0, 500)}`);
}

/** Who may watch: an account has a hundred sockets at most. */
async function watchers({ owner, cordonUrl }: Stage, count: number): Promise<string[]> {
  const cookies: string[] = [];
  for (let number = 0; number < count; number += 1) {
    const username = `${administrator}.${number}`;
    await owner.query(
      `insert into account (id, username, full_name, password_hash, must_change_password, roles, unit_id, province_code, active, demo, created_at)
       select $1, $2, $2, password_hash, false, roles, unit_id, province_code, true, false, created_at from account where username = $3
       on conflict (username) do nothing`,
      [newUuid7(), username, administrator],
    );
    cookies.push(await signIn(cordonUrl, username));
  }
  return cookies;
}

async function listenWay({ owner }: Stage, readers: Process, url: string, count: number): Promise<Way> {
  await owner.query('create table if not exists bench_told (passages integer primary key)');
  await owner.query('truncate bench_told');
  await readers.call('connect', { url, cookies: [''], readers: count });
  let passages = 0;
  const commit = async () => {
    await owner.query(
      `with told as (insert into bench_told values ($1) returning passages) select pg_notify('bench_told', passages::text) from told`,
      [passages],
    );
    return String(passages);
  };
  await commit();
  await allKnow(readers, 0);
  return {
    readers,
    commit: () => {
      passages += batchSize;
      return commit();
    },
    committedAt: (told) =>
      commitTimes(
        { owner },
        'select passages::text as key, xmin from bench_told where passages = any($1::integer[])',
        told,
      ),
  };
}

async function commitTimes({ owner }: Pick<Stage, 'owner'>, rows: string, keys: readonly string[]): Promise<number[]> {
  const { rows: found } = await owner.query<{ key: string; at: number }>(
    `select key, (extract(epoch from pg_xact_commit_timestamp(xmin)) * 1000)::float8 as at from (${rows}) as r`,
    [keys],
  );
  const at = new Map(found.map((one) => [one.key, one.at]));
  return keys.map((key) => at.get(key) ?? NaN);
}

function delayFigure([own, bare]: readonly [number[], number[]], readers: number): Figure {
  const [value, reference] = [quantile(own, 0.99), quantile(bare, 0.99)];
  const goal = tickMs + 2 * reference;
  return {
    name: 'live-p99',
    what: `${readers.toLocaleString('en')} subscribers of checkpointTraffic, ${perSecond} passages a second over HTTP: from commit to delivery, the 99th of a hundred, against LISTEN and ws.send`,
    unit: 'ms',
    value,
    reference,
    ratio: value / goal,
    goal: 1,
    met: value <= goal,
    notes: [
      `the ratio is to one tick and twice the reference, ${goal.toFixed(0)} ms`,
      `medians ${median(own).toFixed(0)} and ${median(bare).toFixed(1)} ms`,
      `${own.length.toLocaleString('en')} deliveries`,
    ],
  };
}

const heapFigure = (grown: number, readers: number, passages: number): Figure => ({
  name: 'live-heap',
  what: `what the node holds more after ${passages.toLocaleString('en')} passages were brought to ${readers.toLocaleString('en')} subscribers, each time after a collection`,
  unit: 'MiB',
  value: grown,
  reference: null,
  ratio: null,
  goal: mostGrownMiB,
  met: grown <= mostGrownMiB,
  notes: [`the goal is ${mostGrownMiB} MiB at most`],
});
