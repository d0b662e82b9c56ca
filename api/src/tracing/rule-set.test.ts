import { describe, expect, it } from 'vitest';
import { infectiousPeriod } from './rule-set.ts';

const rules = { daysBefore: 2, daysAfter: 10 };
const today = '2021-08-20';
const of = (days: Parameters<typeof infectiousPeriod>[1]) => {
  const { from, until } = infectiousPeriod(rules, days, today);
  return [from.toISOString(), until.toISOString()];
};

describe('the infectious period', () => {
  it('is counted from the onset, in days of Viet Nam, the last one whole', () => {
    expect(of({ onsetOn: '2021-08-10', sampledOn: '2021-08-12' })).toEqual([
      '2021-08-07T17:00:00.000Z',
      '2021-08-20T17:00:00.000Z',
    ]);
  });

  it('without symptoms it is counted from the sample, then from the confirmation, then from today', () => {
    expect(of({ sampledOn: '2021-08-12', confirmedOn: '2021-08-13' })[0]).toBe('2021-08-09T17:00:00.000Z');
    expect(of({ confirmedOn: '2021-08-13' })[0]).toBe('2021-08-10T17:00:00.000Z');
    expect(of({})[0]).toBe('2021-08-17T17:00:00.000Z');
  });
});
