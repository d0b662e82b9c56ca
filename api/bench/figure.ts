import type { Comparison } from './compare.ts';

export interface Figure {
  name: string;
  what: string;
  unit: string;
  value: number;
  /** What it is compared with, in the same unit; null where only a bound holds. */
  reference: number | null;
  ratio: number | null;
  goal: number | null;
  met: boolean | null;
  /** Beside wall time: of each side, in the order server, Postgres. */
  notes: string[];
}

interface About {
  name: string;
  what: string;
  unit: string;
  /** How many of the unit one round did. */
  perRound: number;
  goal: number;
}

export function comparedFigure(
  { name, what, unit, perRound, goal }: About,
  { ratio, spread, cordon, reference }: Comparison,
): Figure {
  const each = (seconds: number | null) => (seconds === null ? '?' : `${Math.round((seconds / perRound) * 1e6)}`);
  const cpu = (side: Comparison['cordon']) => `${each(side.process)} + ${each(side.postgres)}`;
  return {
    name,
    what,
    unit: `${unit}/s`,
    value: perRound / cordon.seconds,
    reference: perRound / reference.seconds,
    ratio,
    goal,
    met: ratio >= goal,
    notes: [
      `half of the rounds between ${spread[0].toFixed(2)} and ${spread[1].toFixed(2)}`,
      `CPU µs each, process + Postgres: ${cpu(cordon)} against ${cpu(reference)}`,
    ],
  };
}
