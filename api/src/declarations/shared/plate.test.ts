import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatPlate, readPlate } from './plate.ts';

describe('number plate', () => {
  it('one plate is read alike however it is typed', () => {
    for (const typed of ['36B1-123.45', '36b1 12345', ' 36-B1 123.45 ', '36B112345'])
      expect(readPlate(typed)).toBe('36B112345');
    expect(readPlate('29MĐ1-123.45')).toBe('29MD112345');
  });

  it('what is no plate is not read', () => {
    for (const typed of [
      '',
      '36A',
      'ABCDE',
      '36B1-123.45-6789',
      '36B1_12345',
      '36B1😀12345',
      '車123456',
      '3'.repeat(70),
    ]) {
      expect(readPlate(typed)).toBeNull();
    }
  });

  it('it is shown as it stands on the vehicle', () => {
    expect(formatPlate('36B112345')).toBe('36B1-123.45');
    expect(formatPlate('36A12345')).toBe('36A-123.45');
    expect(formatPlate('36A1234')).toBe('36A-1234');
    expect(formatPlate('51LD12345')).toBe('51LD-123.45');
    expect(formatPlate('29MD112345')).toBe('29MD1-123.45');
    expect(formatPlate('TM1234')).toBe('TM1234');
  });

  it('what was read, and what is shown, is read again as the same', () => {
    const typed = fc.oneof(fc.stringMatching(/^\d\d[A-Z]{1,2}\d?[ .-]?\d{3}\.?\d{1,2}$/), fc.string());
    fc.assert(
      fc.property(typed, (text) => {
        const plate = readPlate(text);
        if (plate === null) return;
        expect(plate).toMatch(/^[A-Z0-9]{4,12}$/);
        expect(readPlate(formatPlate(plate))).toBe(plate);
      }),
    );
  });
});
