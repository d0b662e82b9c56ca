import { expect, it } from 'vitest';
import { isSamePerson } from './same-person.ts';

const hoa = { fullName: 'Đỗ Thị Hoa', dateOfBirth: '1990-05-17' };

it('a card and a declaration are of one person by name without diacritics and birth, as far as both know it', () => {
  expect(isSamePerson(hoa, { fullName: 'DO THI HOA', dateOfBirth: '1990-05-17' })).toBe(true);
  expect(isSamePerson(hoa, { ...hoa, dateOfBirth: '1990' })).toBe(true);
  expect(isSamePerson(hoa, { ...hoa, dateOfBirth: '1990-05-18' })).toBe(false);
  expect(isSamePerson(hoa, { ...hoa, fullName: 'Đỗ Thị Hòa Bình' })).toBe(false);
});
