import { describe, expect, it } from 'vitest';
import { readSnapshot, saw } from './snapshot.ts';

describe('a snapshot', () => {
  it('saw what ended before it, and nothing that ran or began after', () => {
    const snapshot = readSnapshot('10:20:12,14');
    expect([9, 10, 11, 12, 13, 14, 19, 20, 21].map((transaction) => saw(snapshot, transaction))).toEqual([
      true,
      true,
      true,
      false,
      true,
      false,
      true,
      false,
      false,
    ]);
    expect(saw(readSnapshot('20:20:'), 19)).toBe(true);
    expect(saw(readSnapshot('20:20:'), 20)).toBe(false);
  });
});
