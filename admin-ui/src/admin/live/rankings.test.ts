import { describe, expect, it } from 'vitest';
import type { CheckpointRow } from './picture.ts';
import { compare, rank } from './rankings.ts';

const row = (name: string, lastHour: number, active = true): CheckpointRow => ({
  checkpoint: { id: name, name, active, latitude: null, longitude: null },
  todayIn: lastHour,
  todayOut: 0,
  todayRefused: 0,
  lastHour,
  lastPassageAt: null,
});
const names = (rows: readonly CheckpointRow[]) => rows.map(({ checkpoint }) => checkpoint.name);

describe('the busiest and the slowest', () => {
  it('are the ends of the order by the last hour, and none is both', () => {
    const rows = 'abcdefghij'.split('').map((name, at) => row(name, at * 10));
    const { busiest, slowest } = rank(rows);
    expect(names(busiest)).toEqual(['j', 'i', 'h', 'g', 'f', 'e']);
    expect(names(slowest)).toEqual(['a', 'b', 'c']);
  });

  it('leave out where nobody passed, and what is closed', () => {
    const { busiest, slowest } = rank([row('a', 0), row('b', 0, false), row('c', 4)]);
    expect(names(busiest)).toEqual(['c']);
    expect(names(slowest)).toEqual(['a']);
  });
});

it('compares with yesterday, where there is something to compare with', () => {
  expect(compare(106, 100)).toEqual({ sign: '▲', percent: 6 });
  expect(compare(98, 100)).toEqual({ sign: '▼', percent: 2 });
  expect(compare(100, 100)).toEqual({ sign: '=', percent: 0 });
  expect(compare(5, 0)).toBeNull();
});
