import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ageOn, birthYear, formatBirthDate, readBirthDate } from './birth-date.ts';

const calendarDay = fc
  .date({ min: new Date('1000-01-01'), max: new Date('2999-12-31'), noInvalidDate: true })
  .map((date) => date.toISOString().slice(0, 10));

describe('date of birth', () => {
  it('a full date is read as it is typed', () => {
    for (const typed of ['1950-08-23', '23081950', '23/08/1950', '23.8.1950', '23-08-1950', ' 23 8 1950 ']) {
      expect(readBirthDate(typed)).toBe('1950-08-23');
    }
  });

  it('a year alone is kept a year', () => {
    expect(readBirthDate('1950')).toBe('1950');
  });

  it('only days of the calendar are read', () => {
    expect(readBirthDate('29022000')).toBe('2000-02-29');
    for (const typed of [
      '29022001',
      '31/04/1990',
      '1990-04-31',
      '00/01/1990',
      '1990-13-01',
      '29/02/1900',
      '19500823',
      '50',
      '0950',
      '',
    ]) {
      expect(readBirthDate(typed)).toBeNull();
    }
    for (const typed of ['1950-08-23T00:00', '23/08/50', '1950-8-23', 'abc', '２３/08/1950', '23081950\n1'])
      expect(readBirthDate(typed)).toBeNull();
  });

  it('every day of the calendar is read from its ISO form, from eight digits and from what is shown', () => {
    fc.assert(
      fc.property(calendarDay, (day) => {
        expect(readBirthDate(day)).toBe(day);
        expect(readBirthDate(formatBirthDate(day))).toBe(day);
        expect(readBirthDate(formatBirthDate(day).replaceAll('/', ''))).toBe(day);
      }),
    );
  });

  it('it is shown day first, a year alone as the year', () => {
    expect(formatBirthDate('1950-08-23')).toBe('23/08/1950');
    expect(formatBirthDate('1950')).toBe('1950');
    expect(birthYear('1950-08-23')).toBe(1950);
  });

  it('one is a year older from the birthday on', () => {
    expect(ageOn('2007-08-24', '2021-08-23')).toBe(13);
    expect(ageOn('2007-08-23', '2021-08-23')).toBe(14);
    expect(ageOn('2004-02-29', '2021-02-28')).toBe(16);
    expect(ageOn('2004-02-29', '2021-03-01')).toBe(17);
  });

  it('who knows only the year is taken as young as may be', () => {
    expect(ageOn('2007', '2021-08-23')).toBe(13);
    expect(ageOn('2007', '2021-12-31')).toBe(14);
    expect(ageOn('2021', '2021-08-23')).toBe(-1);
  });
});
