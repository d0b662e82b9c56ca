import { describe, expect, it } from 'vitest';
import { birthDate, moment, timeOfDay } from './moments.ts';
import { inGroups, spokenPhone, unitPath } from './words.ts';

describe('what an officer compares with the card', () => {
  it('reads as on the card', () => {
    expect(inGroups('038190012234')).toBe('038 190 012 234');
    expect(inGroups('172345678')).toBe('172 345 678');
    expect(inGroups('*********234')).toBe('*********234');
    expect(birthDate('1990-05-17')).toBe('17/05/1990');
    expect(birthDate('1950')).toBe('1950');
    expect(spokenPhone('+84912345678')).toBe('0912 345 678');
  });

  it('tells times of Viet Nam wherever the device is', () => {
    expect(moment('2021-08-23T18:05:31Z')).toBe('24/08/2021 01:05');
    expect(timeOfDay('2021-08-23T18:05:31Z')).toBe('01:05:31');
  });

  it('names a unit with those above it, but not the nation', () => {
    const unit = {
      fullName: 'Xã Quảng Bình',
      parent: { name: 'Quảng Xương', level: 'DISTRICT', parent: { name: 'Thanh Hóa', level: 'PROVINCE' } },
    };
    expect(unitPath(unit as never)).toBe('Xã Quảng Bình, Quảng Xương, Thanh Hóa');
    expect(unitPath({ fullName: 'Thành phố Hà Nội', parent: { name: 'Việt Nam', level: 'NATION' } } as never)).toBe(
      'Thành phố Hà Nội',
    );
  });
});
