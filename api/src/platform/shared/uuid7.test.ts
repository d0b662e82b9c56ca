import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { newUuid7, uuid7Time, uuidFromBytes, uuidToBytes } from './uuid7.ts';

describe('uuid7', () => {
  it('an id holds the time it was made at', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 2 ** 48 - 1 }), (ms) => {
        expect(uuid7Time(newUuid7(ms))).toBe(ms);
      }),
    );
    const before = Date.now();
    const made = uuid7Time(newUuid7());
    expect(made).toBeGreaterThanOrEqual(before);
    expect(made).toBeLessThanOrEqual(Date.now());
    expect(uuid7Time(newUuid7(1_629_700_000_000.9))).toBe(1_629_700_000_000);
  });

  it('ids made in one millisecond sort in the order they were made, and none is made twice', () => {
    const ids = Array.from({ length: 10_000 }, () => newUuid7(1_629_700_000_000));
    expect([...ids].sort()).toEqual(ids);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('a time that no id can hold is refused', () => {
    for (const ms of [-1, 2 ** 48, Number.NaN, Infinity]) expect(() => newUuid7(ms)).toThrow(RangeError);
  });

  it('the example of RFC 9562 is read', () => {
    expect(uuid7Time('017f22e2-79b0-7cc3-98c4-dc0c0c07398f')).toBe(0x017f22e279b0);
  });

  it('what is no version 7 of variant 10 has no time', () => {
    for (const id of [
      '',
      '017f22e2-79b0-4cc3-98c4-dc0c0c07398f',
      '017f22e2-79b0-7cc3-18c4-dc0c0c07398f',
      '017f22e2-79b0-7cc3-c8c4-dc0c0c07398f',
      '017F22E2-79B0-7CC3-98C4-DC0C0C07398F',
      '017f22e279b07cc398c4dc0c0c07398f',
      '017f22e2-79b0-7cc3-98c4-dc0c0c07398f\n',
      '{017f22e2-79b0-7cc3-98c4-dc0c0c07398f}',
    ]) {
      expect(uuid7Time(id)).toBeNull();
    }
  });

  it('bytes and text hold the same id', () => {
    fc.assert(
      fc.property(fc.uuid(), (id) => {
        expect(uuidFromBytes(uuidToBytes(id))).toBe(id);
      }),
    );
    expect(() => uuidToBytes('no id')).toThrow(TypeError);
    expect(() => uuidFromBytes(new Uint8Array(15))).toThrow(TypeError);
  });
});
