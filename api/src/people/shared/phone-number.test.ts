import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readPhoneNumber } from './phone-number.ts';

describe('phone number', () => {
  it('a Vietnamese number is read however it is written', () => {
    for (const typed of [
      '0912345678',
      '0912 345 678',
      '0912.345.678',
      '+84 912 345 678',
      '84912345678',
      '0084912345678',
      '+84 (0)912-345-678',
    ]) {
      expect(readPhoneNumber(typed)).toBe('+84912345678');
    }
    expect(readPhoneNumber('0237 3852 123')).toBe('+842373852123');
  });

  it('mobile numbers that begin with 84 are not taken for the country code', () => {
    expect(readPhoneNumber('0841234567')).toBe('+84841234567');
    expect(readPhoneNumber('84841234567')).toBe('+84841234567');
  });

  it('a number from abroad keeps its country', () => {
    expect(readPhoneNumber('+856 20 5555 1234')).toBe('+8562055551234');
    expect(readPhoneNumber('00 44 20 7946 0958')).toBe('+442079460958');
  });

  it('what is no number is not read', () => {
    for (const typed of [
      '',
      '912345678',
      '091234567',
      '09123456789',
      '0112345678',
      '+8491234567',
      '+1234567',
      '+1234567890123456',
      '+0123456789',
      '0912345678x',
      '++84912345678',
      '٠٩١٢٣٤٥٦٧٨',
    ]) {
      expect(readPhoneNumber(typed)).toBeNull();
    }
  });

  it('what was read is read again as the same', () => {
    const typed = fc.oneof(fc.stringMatching(/^0[35789]\d{8}$/), fc.stringMatching(/^\+?\d{8,15}$/), fc.string());
    fc.assert(
      fc.property(typed, (text) => {
        const number = readPhoneNumber(text);
        if (number === null) return;
        expect(number).toMatch(/^\+[1-9]\d{7,14}$/);
        expect(readPhoneNumber(number)).toBe(number);
      }),
    );
  });
});
