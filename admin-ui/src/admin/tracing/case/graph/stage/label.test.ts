import { expect, it } from 'vitest';
import { besideOf } from './label.ts';

it('a name stands right of somebody, left of them at the edge, and is cut only where neither has room', () => {
  expect(besideOf(100, 10, 80, 300)).toBe(110);
  expect(besideOf(250, 10, 80, 300)).toBe(160);
  expect(besideOf(60, 10, 80, 120)).toBe(70);
});
