import { describe, expect, it } from 'vitest';
import { markMatches } from './unit-search.ts';

const marked = (path: string, search: string) =>
  markMatches(path, search)
    .filter(({ match }) => match)
    .map(({ text }) => text);

describe('what was searched for is marked', () => {
  const path = 'Xã Quảng Bình, Quảng Xương, Thanh Hóa';

  it('without diacritics, as one phrase where it stands so', () => {
    expect(marked(path, 'quang xuo')).toEqual(['Quảng Xươ']);
  });

  it('word by word where the words stand apart', () => {
    expect(marked(path, 'binh thanh')).toEqual(['Bình', 'Thanh']);
  });

  it('with đ found by d, and nothing changed of the path', () => {
    expect(marked('Phường Đội Cấn, Ba Đình, Hà Nội', 'doi can')).toEqual(['Đội Cấn']);
    const pieces = markMatches(path, 'hoa');
    expect(pieces.map(({ text }) => text).join('')).toBe(path);
  });

  it('of what does not stand there nothing', () => {
    expect(marked(path, 'sai gon')).toEqual([]);
  });
});
