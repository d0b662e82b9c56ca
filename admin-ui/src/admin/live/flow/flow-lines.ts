import { roundUp } from '../../round-up.ts';

export interface Minute {
  at: string;
  in: number;
  out: number;
  refused: number;
}

const LABEL = 22;

export const kinds = ['in', 'out', 'refused'] as const;
export type FlowKind = (typeof kinds)[number];

/** The lines over a chart of this size; the minute that still runs is left out: it would fall to nothing each time it begins. */
export function flowLines(minutes: readonly Minute[], { width, height }: { width: number; height: number }) {
  const whole = minutes.slice(0, -1);
  const top = roundUp(Math.max(0, ...whole.flatMap((minute) => kinds.map((kind) => minute[kind]))));
  const x = (at: number) => (whole.length < 2 ? 0 : (at / (whole.length - 1)) * width);
  const y = (count: number) => height - (count / top) * height;
  const path = (kind: FlowKind) =>
    whole.map((minute, at) => `${at === 0 ? 'M' : 'L'}${x(at).toFixed(1)} ${y(minute[kind]).toFixed(1)}`).join('');
  const lines = kinds.map((kind) => ({ kind, path: path(kind), end: y(whole.at(-1)?.[kind] ?? 0) }));
  // On a phone the hours alone have room.
  const every = width < 480 ? 60 : 30;
  const hours = whole.flatMap((minute, at) =>
    new Date(minute.at).getUTCMinutes() % every === 0 ? [{ at: minute.at, x: x(at) }] : [],
  );
  return { top, lines: apart(lines), hours };
}

/** Labels at the lines' ends, none over another and none below the axis. */
function apart<Line extends { end: number }>(lines: readonly Line[]): Array<Line & { label: number }> {
  let next = Infinity;
  const fromBelow = [...lines].sort((a, b) => b.end - a.end);
  return fromBelow.map((line) => ({ ...line, label: (next = Math.min(line.end, next - LABEL)) }));
}

/** Ten minutes a row, the newest first: what a table of three hours can be read as. */
export function byTen(minutes: readonly Minute[]): Minute[] {
  const rows = new Map<string, Minute>();
  for (const minute of minutes) {
    const at = new Date(Math.floor(Date.parse(minute.at) / 600_000) * 600_000).toISOString();
    const row = rows.get(at) ?? { at, in: 0, out: 0, refused: 0 };
    rows.set(at, { at, in: row.in + minute.in, out: row.out + minute.out, refused: row.refused + minute.refused });
  }
  return [...rows.values()].reverse();
}
