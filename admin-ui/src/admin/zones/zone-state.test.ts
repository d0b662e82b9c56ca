import { describe, expect, it } from 'vitest';
import { inOrder, stateOf } from './zone-state.ts';

describe('a zone on a day', () => {
  it('is in force from its first day to the end of its last', () => {
    const zone = { startsOn: '2021-08-20', endsOn: '2021-08-23' };
    expect(['2021-08-19', '2021-08-20', '2021-08-23', '2021-08-24'].map((day) => stateOf(zone, day))).toEqual([
      'COMING',
      'NOW',
      'NOW',
      'ENDED',
    ]);
    expect(stateOf({ startsOn: '2021-08-20', endsOn: null }, '2030-01-01')).toBe('NOW');
  });

  it('stands in the list by what matters now', () => {
    const zones = [
      { startsOn: '2021-07-01', endsOn: '2021-07-31', level: 'LEVEL_4' as const, name: 'July' },
      { startsOn: '2021-09-01', endsOn: null, level: 'LEVEL_4' as const, name: 'September' },
      { startsOn: '2021-08-01', endsOn: null, level: 'LEVEL_2' as const, name: 'two' },
      { startsOn: '2021-06-01', endsOn: '2021-06-30', level: 'LEVEL_4' as const, name: 'June' },
      { startsOn: '2021-08-01', endsOn: null, level: 'LEVEL_4' as const, name: 'four' },
    ];
    const names = inOrder(zones, '2021-08-23').map(({ name }) => name);
    expect(names).toEqual(['four', 'two', 'September', 'July', 'June']);
  });
});
