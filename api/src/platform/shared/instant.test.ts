import { describe, expect, it } from 'vitest';
import { readInstant } from './instant.ts';
import { vietnamDate } from './vietnam-date.ts';

describe('a moment', () => {
  it('is read from RFC 3339 with an offset, or is a Date already', () => {
    const at = Date.parse('2021-08-23T07:05:00Z');
    for (const text of ['2021-08-23T07:05Z', '2021-08-23T07:05:00.000Z', '2021-08-23T14:05:00+07:00'])
      expect(readInstant(text)).toBe(at);
    expect(readInstant(new Date(at))).toBe(at);
  });

  it('is on a day of the calendar', () => {
    for (const text of [
      '2021-02-31T07:05Z',
      '2021-13-01T07:05Z',
      '2021-08-23T25:05Z',
      '2021-08-23T07:05',
      '2021-08-23',
      'mai',
      '',
    ]) {
      expect(readInstant(text)).toBeNull();
    }
    expect(readInstant(new Date(Number.NaN))).toBeNull();
  });

  it('lies on a day in Viet Nam, which begins seven hours before that of UTC', () => {
    expect(vietnamDate(new Date('2021-08-23T16:59:59Z'))).toBe('2021-08-23');
    expect(vietnamDate(new Date('2021-08-23T17:00:00Z'))).toBe('2021-08-24');
  });
});
