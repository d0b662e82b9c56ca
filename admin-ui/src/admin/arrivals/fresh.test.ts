import { describe, expect, it } from 'vitest';
import { countFresh } from './fresh.ts';

const read = (ids: string[], hasMore = true) => ({ ids, hasMore });

describe('what has come since a list was read', () => {
  it('is what stands above or among its rows', () => {
    expect(countFresh(['x', 'a', 'b', 'y', 'c'], read(['a', 'b', 'c']))).toBe(2);
    expect(countFresh(['a', 'b', 'c'], read(['a', 'b', 'c']))).toBe(0);
  });

  it('is not what moves up from below when somebody leaves the list', () => {
    expect(countFresh(['a', 'c', 'd'], read(['a', 'b', 'c']))).toBe(0);
    expect(countFresh(['x', 'a', 'c', 'd'], read(['a', 'b', 'c']))).toBe(1);
  });

  it('is all that is not known of a list that was read to its end, were it empty', () => {
    expect(countFresh(['a', 'late'], read(['a'], false))).toBe(1);
    expect(countFresh(['x', 'y'], read([], false))).toBe(2);
  });

  it('is all of them where so many came that no known row is left', () => {
    expect(countFresh(['x', 'y', 'z'], read(['a', 'b', 'c']))).toBe(3);
  });
});
