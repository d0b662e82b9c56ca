import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { compare, type Comparison, type Side } from '../compare.ts';
import { CpuMeter } from '../cpu.ts';
import { addRegion, settle, type Region } from '../data/crowd.ts';
import type { Figure } from '../figure.ts';
import { traceByHand } from './tracing/by-hand.ts';
import { loadDuck, traceInDuck } from './tracing/duck.ts';
import { jobFigure } from './tracing/job.ts';
import { onDatabase, type Bench } from './tracing/on-database.ts';
import { traceInOneStatement } from './tracing/one-statement.ts';
import { openBenchCases, traceAsCordon, withWindow, type BenchCase } from './tracing/traced.ts';

interface Sizes {
  region: Region;
  cases: number;
  rounds: number;
  /** As many people the job has to reach. */
  jobPeople: number;
}
// Four regions are 200 checkpoints, 500,000 people and 5 million passages; small ones are as dense.
const whole: Sizes = {
  region: { people: 125_000, checkpoints: 50, passages: 1_250_000 },
  ...{ cases: 20, rounds: 9, jobPeople: 50_000 },
};
const small: Sizes = { region: { people: 5_000, checkpoints: 2, passages: 50_000 }, cases: 5, rounds: 3, jobPeople: 0 };
const regions = 4;
/** Minutes. */
const windows = [2, 15];
const sinceDays = 7;
const most = 1.3;

/** What a trace to F2 costs: by how much is stored, and against how it could be asked otherwise. */
export async function tracingFigures(say: (text: string) => void, isSmall: boolean): Promise<Figure[]> {
  const sizes = isSmall ? small : whole;
  const directory = mkdtempSync(join(tmpdir(), 'cordon-bench-tracing-'));
  try {
    const { cases, quarter } = await onDatabase(directory, async (bench) => {
      say('Loading a quarter of the passages …');
      await addRegion(bench.owner, sizes.region);
      say(`Tracing in ${(await settle(bench.owner)).toLocaleString('en')} …`);
      const opened = await openBenchCases(bench.owner, bench.database, sizes.cases, sinceDays);
      const early = await byWindow((minutes) => againstHand(bench, opened, minutes, sizes.rounds));
      say('Loading the others …');
      for (let region = 1; region < regions; region += 1) await addRegion(bench.owner, sizes.region);
      say(`${(await settle(bench.owner)).toLocaleString('en')} passages.`);
      return { cases: opened, quarter: early };
    });
    // Started anew: nothing of it is in PostgreSQL's own memory.
    return await onDatabase(directory, async (bench) => {
      const cold = await byWindow((minutes) => medianMs(bench, cases, minutes));
      say('Tracing in all, against the same by hand …');
      const all = await byWindow((minutes) => againstHand(bench, cases, minutes, sizes.rounds));
      const own = windows.flatMap((minutes) => [
        handFigure(minutes, cases.length, all[minutes], cold[minutes]),
        growthFigure(minutes, cases.length, quarter[minutes], all[minutes]),
      ]);
      for (const { name, ratio } of own) say(`${name}: ${shown(ratio)}`);
      say('Against one statement, and against DuckDB …');
      const others = await otherFigures(bench, cases, sizes, directory);
      for (const { name, ratio } of others) say(`${name}: ${shown(ratio)}`);
      say('F3 as a job …');
      return [...own, ...others, await jobFigure(bench, sizes.jobPeople)];
    });
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

type ByWindow<Value> = Record<number, Value>;
async function byWindow<Value>(measure: (minutes: number) => Promise<Value>): Promise<ByWindow<Value>> {
  const found: ByWindow<Value> = {};
  for (const minutes of windows) found[minutes] = await measure(minutes);
  return found;
}

function sideOf(
  bench: Bench,
  name: string,
  cases: readonly BenchCase[],
  trace: (one: BenchCase) => Promise<unknown>,
): Side {
  return {
    meter: new CpuMeter(bench.owner, process.pid, name),
    async run() {
      const started = performance.now();
      for (const one of cases) await trace(one);
      return (performance.now() - started) / 1000;
    },
  };
}

interface AgainstHand extends Comparison {
  people: number;
}

/** The search as the worker runs it, against the same statements by hand, which find the same people since the same moments. */
async function againstHand(
  bench: Bench,
  all: readonly BenchCase[],
  minutes: number,
  rounds: number,
): Promise<AgainstHand> {
  const { bare, database, provinces, at } = bench;
  const cases = all.map((one) => withWindow(one, minutes));
  let people = 0;
  for (const one of cases) {
    const [own, byHand] = [
      await traceAsCordon(database, provinces, one, at),
      await traceByHand(bare, provinces, one, at),
    ];
    people += own.reached.size;
    const isSame = [...own.reached].every(([key, { since }]) => byHand.get(key.slice(key.indexOf('/') + 1)) === since);
    if (own.reached.size !== byHand.size || !isSame) throw new Error('By hand others were found.');
  }
  const own = sideOf(bench, 'cordon', cases, (one) => traceAsCordon(database, provinces, one, at));
  const byHand = sideOf(bench, 'bare', cases, (one) => traceByHand(bare, provinces, one, at));
  return { people, ...(await compare(own, byHand, rounds, 1, true)) };
}

/** The first time that each is traced. */
async function medianMs(
  { database, provinces, at }: Bench,
  cases: readonly BenchCase[],
  minutes: number,
): Promise<number> {
  const times: number[] = [];
  for (const one of cases) {
    const started = performance.now();
    await traceAsCordon(database, provinces, withWindow(one, minutes), at);
    times.push(performance.now() - started);
  }
  return times.sort((a, b) => a - b)[Math.floor(times.length / 2)] ?? 0;
}

const each = (seconds: number, count: number) => (seconds * 1_000) / count;
const shown = (value: number | null) => (value === null ? '?' : value.toFixed(2));

function handFigure(
  minutes: number,
  count: number,
  measured: AgainstHand | undefined,
  cold: number | undefined,
): Figure {
  if (!measured) throw new Error('A window was not measured.');
  const { cordon, reference, people, ratio } = measured;
  const cpu = (side: Comparison['cordon']) =>
    [side.process, side.postgres].map((value) => shown(value && each(value, count))).join(' + ');
  return {
    name: `tracing-f2-${minutes * 60}s`,
    what: `F0 to F2 with row-level security, window ${minutes * 60} s, ${Math.round(people / count)} people on average, against the same statements by hand`,
    unit: 'ms',
    value: each(cordon.seconds, count),
    reference: each(reference.seconds, count),
    ratio: 1 / ratio,
    goal: most,
    met: 1 / ratio <= most,
    notes: [
      `CPU ms each, process + Postgres: ${cpu(cordon)} against ${cpu(reference)}`,
      `the first time after a start of PostgreSQL ${shown(cold ?? null)} ms in the middle`,
    ],
  };
}

function growthFigure(
  minutes: number,
  count: number,
  quarter: AgainstHand | undefined,
  all: AgainstHand | undefined,
): Figure {
  if (!quarter || !all) throw new Error('A window was not measured.');
  const ratio = all.cordon.seconds / quarter.cordon.seconds;
  return {
    name: `tracing-growth-${minutes * 60}s`,
    what: `the same traces in four times as many passages at equal density, window ${minutes * 60} s`,
    unit: 'ms',
    value: each(all.cordon.seconds, count),
    reference: each(quarter.cordon.seconds, count),
    ratio,
    goal: most,
    met: ratio <= most,
    notes: [`by hand ${shown(all.reference.seconds / quarter.reference.seconds)}`],
  };
}

/** Reported: how the search stands to what leaves out documents, stays, corrections and reviews, in PostgreSQL and in DuckDB. */
async function otherFigures(
  bench: Bench,
  all: readonly BenchCase[],
  sizes: Sizes,
  directory: string,
): Promise<Figure[]> {
  const { bare, database, provinces, at, owner } = bench;
  const { duck, seconds } = await loadDuck(owner, directory);
  const figures: Figure[] = [];
  for (const minutes of windows) {
    const cases = all.map((one) => withWindow(one, minutes));
    for (const one of cases) {
      const [here, there] = [await traceInOneStatement(bare, one, at), await traceInDuck(duck, one, at)];
      if (JSON.stringify(here) !== JSON.stringify(there)) throw new Error('DuckDB found others than PostgreSQL.');
    }
    const own = sideOf(bench, 'cordon', cases, (one) => traceAsCordon(database, provinces, one, at));
    const others: Array<[string, string, Side]> = [
      [
        'one-statement',
        'one statement of passages and homes alone',
        sideOf(bench, 'bare', cases, (one) => traceInOneStatement(bare, one, at)),
      ],
      [
        'duckdb',
        `DuckDB in memory (loaded in ${seconds.toFixed(0)} s), which scans`,
        sideOf(bench, 'duck', cases, (one) => traceInDuck(duck, one, at)),
      ],
    ];
    for (const [name, what, side] of others) {
      const { cordon, reference, ratio } = await compare(own, side, Math.min(3, sizes.rounds), 1, true);
      figures.push({
        name: `tracing-${name}-${minutes * 60}s`,
        what: `F0 to F2, window ${minutes * 60} s, against ${what} (reported)`,
        unit: 'ms',
        value: each(cordon.seconds, cases.length),
        reference: each(reference.seconds, cases.length),
        ratio: 1 / ratio,
        ...{ goal: null, met: null, notes: [] },
      });
    }
  }
  duck.closeSync();
  return figures;
}
