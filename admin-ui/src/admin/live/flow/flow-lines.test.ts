import { describe, expect, it } from 'vitest';
import { byTen, flowLines } from './flow-lines.ts';

const minutes = Array.from({ length: 61 }, (_, at) => ({
  at: new Date(Date.UTC(2021, 7, 23, 6, at)).toISOString(),
  in: at,
  out: 3,
  refused: 0,
}));

describe('the chart of the flow', () => {
  it('leaves out the minute that still runs', () => {
    const { lines, top } = flowLines(minutes, { width: 590, height: 100 });
    expect(top).toBe(60);
    expect(lines.find(({ kind }) => kind === 'in')?.end).toBeCloseTo(100 / 60);
  });

  it('writes no label over another', () => {
    const labels = flowLines(minutes, { width: 590, height: 100 }).lines.map(({ label }) => label);
    expect((labels[0] ?? 0) - (labels[1] ?? 0)).toBeGreaterThanOrEqual(22);
    expect((labels[1] ?? 0) - (labels[2] ?? 0)).toBeGreaterThanOrEqual(22);
    expect(Math.max(...labels)).toBeLessThanOrEqual(100);
  });

  it('has a top also where nobody passed', () => {
    expect(flowLines([], { width: 10, height: 10 }).top).toBe(4);
  });

  it('and its table count the same', () => {
    const sum = (rows: ReadonlyArray<{ in: number }>) => rows.reduce((all, row) => all + row.in, 0);
    expect(sum(byTen(minutes))).toBe(sum(minutes));
    expect(byTen(minutes)).toHaveLength(7);
  });
});
