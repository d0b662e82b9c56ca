import { journeyCounters, type Counter } from './counters.ts';

/** What a row of a report counts. */
export interface Tally {
  in: number;
  out: number;
  admitted: number;
  refused: number;
  isolated: number;
  paper: number;
  offline: number;
  flagged: number;
}

const noTally: Readonly<Tally> = {
  in: 0,
  out: 0,
  admitted: 0,
  refused: 0,
  isolated: 0,
  paper: 0,
  offline: 0,
  flagged: 0,
};
const names = Object.keys(noTally) as Array<keyof Tally>;

/** Which directions and decisions count; absent: every one. */
export type Wanted = Partial<Record<'direction' | 'decision', string | null>>;

const counts = ({ direction, decision }: Wanted, counter: Counter) =>
  (!direction || counter.direction === direction) && (!decision || counter.decision === decision);

/** Adds up the columns of a rollup. */
export function tallyOf(row: Readonly<Record<string, number>>, wanted: Wanted = {}): Tally {
  const tally = { ...noTally };
  for (const counter of journeyCounters) {
    const count = counts(wanted, counter) ? (row[counter.column] ?? 0) : 0;
    if (counter.part !== 'all') tally[counter.part] += count;
    else {
      tally[counter.direction === 'IN' ? 'in' : 'out'] += count;
      tally[decided[counter.decision]] += count;
    }
  }
  return tally;
}
const decided = { ADMITTED: 'admitted', REFUSED: 'refused', ISOLATED: 'isolated' } as const;

export function addTallies(tallies: readonly Tally[]): Tally {
  const sum = { ...noTally };
  for (const tally of tallies) for (const name of names) sum[name] += tally[name];
  return sum;
}

export const passagesIn = (tally: Tally): number => tally.in + tally.out;
