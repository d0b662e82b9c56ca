import type { ShiftLine } from '../shift/shift.ts';

const DECISIONS = ['ADMITTED', 'REFUSED', 'ISOLATED'] as const;
export const DIRECTIONS = ['IN', 'OUT'] as const;

/** How many people a shift's lines record, each way, by what was decided; what was taken back counts nowhere. */
export function countPeople(lines: readonly ShiftLine[]) {
  const standing = lines.filter(({ passing }) => passing?.state !== 'UNDONE');
  const people = (which: (line: ShiftLine) => boolean) =>
    standing.filter(which).reduce((sum, { names }) => sum + names.length, 0);
  const rows = DECISIONS.map((decision) => ({
    decision,
    counts: DIRECTIONS.map((way) => people((line) => line.decision === decision && line.direction === way)),
  }));
  return { rows, total: DIRECTIONS.map((way) => people(({ direction }) => direction === way)) };
}
