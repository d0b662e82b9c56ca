import { describe, expect, it } from 'vitest';
import { byTen, flowLines, roundUp } from './flow-lines.ts';

const minutes = Array.from({ length: 61 }, (_, at) => ({
  at: new Date(Date.UTC(2021, 7, 23, 6, at)).toISOString(),
  in: at,
  out: 3,
  refused: 0,
}));

describe('the chart of the flow', () => {
  it('leaves out the minute that still runs', () => {
    const { lines, top } = flowLines(minutes, { width: 590, height: 100 });
    expect(top).toBe(100);
    expect(lines.find(({ kind }) => kind === 'in')?.end).toBeCloseTo(100 - 59);
  });

  it('writes no label over another', () => {
    const labels = flowLines(minutes, { width: 590, height: 100 }).lines.map(({ label }) => label);
    expect((labels[1] ?? 0) - (labels[0] ?? 0)).toBeGreaterThanOrEqual(24);
    expect((labels[2] ?? 0) - (labels[1] ?? 0)).toBeGreaterThanOrEqual(24);
  });

  it('has a round top, and one where nobody passed', () => {
    expect([0, 1, 4, 7, 47, 120].map(roundUp)).toEqual([5, 5, 5, 10, 50, 200]);
    expect(flowLines([], { width: 10, height: 10 }).top).toBe(5);
  });

  it('and its table count the same', () => {
    const sum = (rows: ReadonlyArray<{ in: number }>) => rows.reduce((all, row) => all + row.in, 0);
    expect(sum(byTen(minutes))).toBe(sum(minutes));
    expect(byTen(minutes)).toHaveLength(7);
  });
});
