import type { CheckpointRow } from './picture.ts';

const BUSIEST = 6;
const SLOWEST = 3;

/** Where most passed in the last hour, and of those that are open and not among them, where fewest did. */
export function rank(rows: readonly CheckpointRow[]): { busiest: CheckpointRow[]; slowest: CheckpointRow[] } {
  const sorted = [...rows].sort(
    (a, b) => b.lastHour - a.lastHour || a.checkpoint.name.localeCompare(b.checkpoint.name),
  );
  const busiest = sorted.filter(({ lastHour }) => lastHour > 0).slice(0, BUSIEST);
  const others = sorted.filter((row) => row.checkpoint.active && !busiest.includes(row));
  return { busiest, slowest: others.slice(-SLOWEST).reverse() };
}

/** "▲ 6 %": how today compares with yesterday until the same time; null where yesterday had none. */
export function compare(today: number, yesterday: number): { sign: '▲' | '▼' | '='; percent: number } | null {
  if (yesterday === 0) return null;
  const percent = Math.round((today / yesterday - 1) * 100);
  return { sign: percent > 0 ? '▲' : percent < 0 ? '▼' : '=', percent: Math.abs(percent) };
}
