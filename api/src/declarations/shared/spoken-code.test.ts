import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatSpokenCode, newSpokenCode, readSpokenCode } from './spoken-code.ts';

const ALPHABET = '0123456789ACDEFGHJKMNPQRTVWXY';
const aCode = fc.stringMatching(/^\d\d$/).map(newSpokenCode);

describe('spoken code', () => {
  it('a new code begins with its province, has nine characters and is read', () => {
    fc.assert(
      fc.property(aCode, (code) => {
        expect(code).toMatch(/^\d{2}[0-9ACDEFGHJKMNPQRTVWXY]{7}$/);
        expect(readSpokenCode(code)).toBe(code);
      }),
    );
    expect(newSpokenCode('38')).toMatch(/^38/);
    expect(() => newSpokenCode('038')).toThrow(RangeError);
  });

  it('every single wrong character is found', () => {
    fc.assert(
      fc.property(aCode, fc.nat(8), fc.constantFrom(...ALPHABET), (code, at, wrong) => {
        fc.pre(code[at] !== wrong);
        expect(readSpokenCode(code.slice(0, at) + wrong + code.slice(at + 1))).toBeNull();
      }),
    );
  });

  it('every swap of neighbours is found', () => {
    fc.assert(
      fc.property(aCode, fc.nat(7), (code, at) => {
        fc.pre(code[at] !== code[at + 1]);
        expect(readSpokenCode(code.slice(0, at) + code[at + 1] + code[at] + code.slice(at + 2))).toBeNull();
      }),
    );
  });

  it('it is read from groups, in small letters, and with look-alikes for what was meant', () => {
    const looks: Record<string, string> = { 0: 'o', 1: 'l', 8: 'b', 5: 's', 2: 'z', V: 'u' };
    fc.assert(
      fc.property(aCode, (code) => {
        expect(readSpokenCode(` ${formatSpokenCode(code)} `)).toBe(code);
        expect(readSpokenCode(formatSpokenCode(code).replaceAll(' ', '-').toLowerCase())).toBe(code);
        expect(readSpokenCode([...code].map((character) => looks[character] ?? character).join(''))).toBe(code);
        expect(readSpokenCode(code.replaceAll('1', 'I'))).toBe(code);
      }),
    );
  });

  it('nine digits are a CMND and never a code', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^\d{9}$/), (cmnd) => {
        expect(readSpokenCode(cmnd)).toBeNull();
      }),
    );
  });

  it('what is no code is not read', () => {
    for (const text of ['', '38', '38A C7F 2K', 'A'.repeat(9), '38ACD7F2KMM', '38À C7F 2KM', ' '.repeat(100)])
      expect(readSpokenCode(text)).toBeNull();
  });

  it('it is shown in groups of three', () => {
    expect(formatSpokenCode('38AC7F2KM')).toBe('38A C7F 2KM');
  });

  it('codes of one province differ', () => {
    expect(new Set(Array.from({ length: 1000 }, () => newSpokenCode('38'))).size).toBeGreaterThan(998);
  });
});
