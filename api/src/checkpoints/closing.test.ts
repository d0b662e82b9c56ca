import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { endOfDay } from '../platform/shared/vietnam-date.ts';
import { closesOn, closingOf, isClosedAt, type Closing } from './closing.ts';

const noon = new Date('2021-08-23T05:00:00Z');
const moments = fc.date({ min: new Date('2021-01-01'), max: new Date('2022-12-31'), noInvalidDate: true });
const days = moments.map((at) => at.toISOString().slice(0, 10));

describe('a checkpoint that closes on a day', () => {
  const closing = closingOf(null, { active: true, closesOn: '2021-08-23' }, noon);

  it('takes who passes until the midnight after it in Viet Nam, and nobody from then on', () => {
    expect(isClosedAt(closing, new Date('2021-08-23T16:59:59.999Z'))).toBe(false);
    expect(isClosedAt(closing, new Date('2021-08-23T17:00:00Z'))).toBe(true);
  });

  it('says the day that was asked for, whichever it is', () => {
    fc.assert(
      fc.property(days, (day) => {
        expect(closesOn({ closesAt: endOfDay(day) })).toBe(day);
      }),
    );
    expect(closesOn({ closesAt: null })).toBeNull();
  });
});

describe('a checkpoint that is closed', () => {
  it('now takes nobody who passes later, and whoever passed before', () => {
    const closed = closingOf(null, { active: false, closesOn: null }, noon);
    fc.assert(
      fc.property(moments, (at) => {
        expect(isClosedAt(closed, at)).toBe(at >= noon);
      }),
    );
  });

  it('stays as it closed, however often it is saved as closed', () => {
    const known: fc.Arbitrary<Closing> = fc.record({ active: fc.boolean(), closesAt: fc.option(moments) });
    fc.assert(
      fc.property(known, moments, (before, at) => {
        const after = closingOf(before, { active: false, closesOn: null }, at);
        expect(isClosedAt(after, at)).toBe(true);
        if (isClosedAt(before, at)) expect(after).toEqual(before);
      }),
    );
  });

  it('opens again without an end', () => {
    const opened = closingOf({ active: false, closesAt: noon }, { active: true, closesOn: null }, noon);
    fc.assert(
      fc.property(moments, (at) => {
        expect(isClosedAt(opened, at)).toBe(false);
      }),
    );
  });

  it('of before closings had a moment takes nobody at all', () => {
    fc.assert(
      fc.property(moments, (at) => {
        expect(isClosedAt({ active: false, closesAt: null }, at)).toBe(true);
      }),
    );
  });
});
