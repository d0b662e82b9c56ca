import type { Direction } from '../passage.row.ts';

/** An admitted passage on the declaration of an arrival. `corrected` once it does not count any more, and never back. */
export interface Step {
  at: string;
  direction: Direction;
  checkpointId: string;
  corrected: boolean;
}

/** By the passage's id: what is known of it so far, in whatever order it came to be known. */
export type Trail = Readonly<Record<string, Step>>;

/** The same whichever of the two was known first, and however often. */
export function mergeTrails(one: Trail, other: Trail): Trail {
  const merged: Record<string, Step> = { ...one };
  for (const [id, step] of Object.entries(other))
    merged[id] = { ...step, corrected: step.corrected || (one[id]?.corrected ?? false) };
  return merged;
}

export interface Stay {
  cameAt: Date | null;
  cameThrough: string | null;
  /** When the person came in last. */
  lastInAt: Date | null;
  /** When they went out after that, on this declaration. */
  outAt: Date | null;
}

/** When somebody came, and whether they went out since. */
export function stayOf(trail: Trail): Stay {
  const steps = Object.entries(trail)
    .filter(([, { corrected }]) => !corrected)
    .sort(([a, { at }], [b, { at: other }]) => Date.parse(at) - Date.parse(other) || (a < b ? -1 : 1))
    .map(([, step]) => step);
  const first = steps.find(({ direction }) => direction === 'IN');
  const last = steps.findLast(({ direction }) => direction === 'IN');
  const out = last && steps.slice(steps.indexOf(last)).find(({ direction }) => direction === 'OUT');
  const moment = (step: Step | undefined) => (step ? new Date(step.at) : null);
  return {
    cameAt: moment(first),
    cameThrough: first?.checkpointId ?? null,
    lastInAt: moment(last),
    outAt: moment(out),
  };
}
