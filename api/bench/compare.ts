import type { Cpu, CpuMeter } from './cpu.ts';

/** One of two sides that do the same work. `run` answers the seconds it took. */
export interface Side {
  meter: CpuMeter;
  /** What comes before the clock runs. */
  prepare?(): Promise<void>;
  run(): Promise<number>;
}

interface Measured extends Cpu {
  seconds: number;
}

export interface Comparison {
  /** Median of each round's reference time over Cordon's: 1 is as fast, 0.5 half as fast. */
  ratio: number;
  /** Of all rounds, from the lower quartile to the upper one. */
  spread: [number, number];
  cordon: Measured;
  reference: Measured;
}

export const median = (values: readonly number[]): number => quantile(values, 0.5);

export function quantile(values: readonly number[], at: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  const place = (sorted.length - 1) * at;
  const below = sorted[Math.floor(place)] ?? NaN;
  return below + ((sorted[Math.ceil(place)] ?? NaN) - below) * (place % 1);
}

async function measure({ meter, prepare, run }: Side): Promise<Measured> {
  await prepare?.();
  const stop = await meter.start();
  const seconds = await run();
  return { seconds, ...(await stop()) };
}

/** Interleaved rounds, so that whatever else the machine does meets both sides alike; the first ones warm up. */
export async function compare(
  cordon: Side,
  reference: Side,
  rounds: number,
  warmUps: number,
  alternate: boolean,
): Promise<Comparison> {
  const pairs: Array<{ cordon: Measured; reference: Measured }> = [];
  for (let round = 0; round < warmUps + rounds; round += 1) {
    const referenceFirst = alternate && round % 2 === 1;
    const early = referenceFirst ? await measure(reference) : null;
    const own = await measure(cordon);
    const pair = { cordon: own, reference: early ?? (await measure(reference)) };
    if (round >= warmUps) pairs.push(pair);
  }
  const ratios = pairs.map((pair) => pair.reference.seconds / pair.cordon.seconds);
  return {
    ratio: median(ratios),
    spread: [quantile(ratios, 0.25), quantile(ratios, 0.75)],
    cordon: medians(pairs.map((pair) => pair.cordon)),
    reference: medians(pairs.map((pair) => pair.reference)),
  };
}

function medians(all: Measured[]): Measured {
  const of = (values: Array<number | null>) =>
    values.some((value) => value === null) ? null : median(values as number[]);
  return {
    seconds: median(all.map(({ seconds }) => seconds)),
    process: of(all.map((one) => one.process)),
    postgres: of(all.map((one) => one.postgres)),
  };
}
