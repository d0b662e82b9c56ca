import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addDays, formatDay, isDay, readDay, startOfDay } from './days.ts';

const days = fc
  .date({ min: new Date('2000-01-01'), max: new Date('2099-12-31'), noInvalidDate: true })
  .map((date) => date.toISOString().slice(0, 10));

describe('a day', () => {
  it('is read as it is written', () => {
    fc.assert(
      fc.property(days, (day) => {
        expect(readDay(formatDay(day))).toBe(day);
      }),
    );
    for (const none of ['31/02/2021', '2021-08-23', '23/8/2021', '']) expect(readDay(none)).toBeNull();
    expect(isDay('2021-02-29')).toBe(false);
  });

  it('begins in Viet Nam seven hours before it does in UTC, and has 24 hours', () => {
    expect(startOfDay('2021-08-23')).toBe('2021-08-22T17:00:00.000Z');
    fc.assert(
      fc.property(days, (day) => {
        expect(Date.parse(startOfDay(addDays(day, 1))) - Date.parse(startOfDay(day))).toBe(24 * 3_600_000);
      }),
    );
  });
});
