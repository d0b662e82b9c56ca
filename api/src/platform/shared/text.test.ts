import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fold, holdsUnseenCharacters, lengthInCodePoints, nfc, trigrams } from './text.ts';

describe('text', () => {
  it('a text typed with combining marks equals the composed one', () => {
    expect(nfc('Nguyễn'.normalize('NFD'))).toBe('Nguyễn'.normalize('NFC'));
  });

  it('white space around and inside is made one blank', () => {
    expect(nfc(' \t Trần\u00a0 Văn\n\nAn ')).toBe('Trần Văn An');
  });

  it('normalising twice changes nothing more', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(nfc(nfc(text))).toBe(nfc(text));
        expect(fold(fold(text))).toBe(fold(text));
      }),
    );
  });

  it('a search finds "thanh hoa", "THANH HÓA" and "Thanh Hoá" alike, and Đ as D', () => {
    for (const typed of ['thanh hoa', 'THANH HÓA', 'Thanh Hoá', ' Thanh  Hóa'.normalize('NFD')])
      expect(fold(typed)).toBe('thanh hoa');
    expect(fold('Đặng Đình Đô')).toBe('dang dinh do');
    expect(fold('Ưởng')).toBe('uong');
  });

  it('the keys of a word are those of pg_trgm', () => {
    expect(trigrams('word')).toEqual(['  W', ' WO', 'ORD', 'RD ', 'WOR']);
    expect(trigrams('Đỗ Ý')).toEqual(['  D', '  Y', ' DO', ' Y ', 'DO ']);
  });

  it('the keys of a name are distinct, sorted and three characters long, however it is written', () => {
    expect(trigrams('An, an; AN!')).toEqual(['  A', ' AN', 'AN ']);
    expect(trigrams('nguyễn thị bé')).toEqual(trigrams('NGUYEN THI BE'));
    expect(trigrams(' - ')).toEqual([]);
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (name) => {
        const keys = trigrams(name);
        expect([...new Set(keys)].sort()).toEqual(keys);
        for (const key of keys) expect(lengthInCodePoints(key)).toBe(3);
      }),
    );
  });

  it('characters that cannot be seen are found, letters of any script are not taken for them', () => {
    for (const bad of ['a\u0000', '\u202eab', '\ud800', 'a\u00adb', '\u2066'])
      expect(holdsUnseenCharacters(bad)).toBe(true);
    for (const good of ['Nguyễn', '𠮷', 'می\u200cخواهم', "O'Brien-Śmith"])
      expect(holdsUnseenCharacters(good)).toBe(false);
  });
});
