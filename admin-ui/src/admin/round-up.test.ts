import { expect, it } from 'vitest';
import { roundUp } from './round-up.ts';

it('the top of a chart is round and so is its half, also where nobody passed', () => {
  const tops = [0, 1, 4, 7, 47, 120].map(roundUp);
  expect(tops).toEqual([4, 4, 4, 8, 60, 200]);
  expect(tops.filter((top) => !Number.isInteger(top / 2))).toEqual([]);
});
