import type { Decision, Direction } from '../passages/passage.entity.ts';

export interface Counts {
  in: number;
  out: number;
  refused: number;
  flagged: number;
}

/** What a passage counts for. */
export interface Counted {
  direction: Direction;
  decision: Decision;
  flagged: boolean;
}

export const noCounts = (): Counts => ({ in: 0, out: 0, refused: 0, flagged: 0 });

/** Counts passages of one kind, or takes them back; what did not happen counts nowhere. */
export function count(counts: Counts, { direction, decision, flagged }: Counted, times = 1): void {
  if (decision === 'VOID') return;
  counts[direction === 'IN' ? 'in' : 'out'] += times;
  if (decision === 'REFUSED') counts.refused += times;
  if (flagged) counts.flagged += times;
}

export function addCounts(sum: Counts, counts: Counts): void {
  sum.in += counts.in;
  sum.out += counts.out;
  sum.refused += counts.refused;
  sum.flagged += counts.flagged;
}
