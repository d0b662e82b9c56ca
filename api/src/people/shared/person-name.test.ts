import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readPersonName } from './person-name.ts';

describe('name of a person', () => {
  it('names of any script are read, composed and with single blanks', () => {
    expect(readPersonName('  Nguyễn  Thị Bé '.normalize('NFD'))).toEqual({ ok: true, value: 'Nguyễn Thị Bé' });
    for (const name of ["Seán O'Brien-Smith", '王小明', 'Nguyễn Văn A (Tèo)', 'ສົມສະໄໝ', 'Y', 'H’Hen Niê']) {
      expect(readPersonName(name)).toEqual({ ok: true, value: name.normalize('NFC') });
    }
  });

  it('what is no name is told apart by what is wrong with it', () => {
    const wrong = (text: string) => {
      const read = readPersonName(text);
      return read.ok ? null : read.code;
    };
    expect(wrong('')).toBe('REQUIRED');
    expect(wrong(' \n ')).toBe('REQUIRED');
    expect(wrong('a'.repeat(226))).toBe('TOO_LONG');
    expect(wrong('a'.repeat(5_000_000))).toBe('TOO_LONG');
    expect(wrong('123 - 4')).toBe('NO_LETTER');
    expect(wrong('Lan\u0000')).toBe('HIDDEN_CHARACTER');
    expect(wrong('Lan\u202eAn')).toBe('HIDDEN_CHARACTER');
    for (const emoji of ['Lan 😀', 'An 👨‍👩‍👧', 'Bé ❤️', 'Tí 🇻🇳', 'Tư 1️⃣']) expect(wrong(emoji)).toBe('EMOJI');
  });

  it('225 code points are not too long, surrogate pairs and combining marks counted as people see them', () => {
    expect(readPersonName('𠮷'.repeat(225)).ok).toBe(true);
    expect(readPersonName('ễ'.normalize('NFD').repeat(225)).ok).toBe(true);
    expect(readPersonName('ễ'.repeat(226)).ok).toBe(false);
  });

  it('a name that was read is read again as the same', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        const read = readPersonName(text);
        if (read.ok) expect(readPersonName(read.value)).toEqual(read);
      }),
    );
  });
});
