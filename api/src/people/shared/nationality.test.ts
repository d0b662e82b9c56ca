import { describe, expect, it } from 'vitest';
import { isNationality, NATIONALITIES, nationalityName } from './nationality.ts';

describe('nationality', () => {
  it('the codes are the 249 of ISO 3166-1', () => {
    expect(new Set(NATIONALITIES).size).toBe(249);
    for (const code of ['VNM', 'LAO', 'KHM', 'CHN', 'USA', 'KOR']) expect(isNationality(code)).toBe(true);
    for (const code of ['', 'VN', 'vnm', 'XXX', 'ENG']) expect(isNationality(code)).toBe(false);
  });

  it('each has a name in both languages, none twice', () => {
    for (const language of ['vi', 'en'] as const) {
      const names = NATIONALITIES.map((code) => nationalityName(code, language));
      expect(new Set(names).size).toBe(249);
      for (const name of names) expect(name).not.toMatch(/^[A-Z]{2,3}$/);
    }
    expect(nationalityName('VNM', 'vi')).toBe('Việt Nam');
    expect(nationalityName('KHM', 'vi')).toBe('Campuchia');
    expect(nationalityName('AUT', 'en')).toBe('Austria');
    expect(nationalityName('XXX', 'en')).toBe('XXX');
  });
});
