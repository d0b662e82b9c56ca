import { describe, expect, it } from 'vitest';
import { createSeen } from './seen.ts';

describe('a code in front of the camera', () => {
  it('is read once as long as it is held there', () => {
    const seen = createSeen();
    const times = [0, 60, 2_000, 4_900, 7_800];
    expect(times.map((at) => seen.isNew('A', at))).toEqual([true, false, false, false, false]);
  });

  it('is read again after it was taken away', () => {
    const seen = createSeen();
    seen.isNew('A', 0);
    expect(seen.isNew('A', 3_500)).toBe(true);
  });

  it('is not read anew when its person was just dealt with and still holds it up', () => {
    const seen = createSeen();
    seen.isNew('A', 0);
    for (let at = 500; at <= 20_000; at += 500) seen.keep('A', at);
    expect(seen.isNew('A', 20_500)).toBe(false);
  });

  it('is read when somebody else held it up meanwhile', () => {
    const seen = createSeen();
    seen.isNew('A', 0);
    seen.keep('B', 500);
    expect(seen.isNew('B', 1_000)).toBe(true);
  });
});
