import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fold } from '../../platform/shared/text.ts';
import type { RegistryRecord } from '../registry-port.ts';
import { differingFields, sameBirth, sameName, type AskedPerson } from './compare-record.ts';

const asked: AskedPerson = {
  fullName: 'Nguyễn Thị Thu Hà',
  dateOfBirth: '1990-05-17',
  sex: 'FEMALE',
  idNumber: '038190000001',
};
const record: RegistryRecord = {
  idNumber: '038190000001',
  formerIdNumber: '171000001',
  fullName: 'Nguyễn Thị Thu Hà',
  sex: 'FEMALE',
  dateOfBirth: '1990-05-17',
  permanent: null,
};
const differs = (known: Partial<RegistryRecord>, changes: Partial<AskedPerson> = {}) =>
  differingFields({ ...asked, ...changes }, { ...record, ...known });

describe('a record', () => {
  it('that says the same differs in nothing, and what it does not know differs from nothing', () => {
    expect(differs({})).toEqual([]);
    expect(differs({ sex: null, dateOfBirth: null, idNumber: null, formerIdNumber: null })).toEqual([]);
  });

  it.each([
    [{ fullName: 'Nguyễn Thị Thu Hằng' }, ['fullName']],
    [{ dateOfBirth: '1990-05-18' }, ['dateOfBirth']],
    [{ dateOfBirth: '1991' }, ['dateOfBirth']],
    [{ sex: 'MALE' as const }, ['sex']],
    [{ idNumber: '038190000002' }, ['idNumber']],
    [{ fullName: 'Lê An', sex: 'MALE' as const }, ['fullName', 'sex']],
  ])('%j differs in %j', (known, fields) => {
    expect(differs(known)).toEqual(fields);
  });

  it('is compared by the number that was asked by', () => {
    expect(differs({}, { idNumber: '171000001' })).toEqual([]);
    expect(differs({}, { idNumber: '171000002' })).toEqual(['idNumber']);
    expect(differs({ idNumber: '038190000009' }, { idNumber: '171000001' })).toEqual([]);
  });

  it('does not contradict a sex that is not stated', () => {
    expect(differs({ sex: 'MALE' }, { sex: 'OTHER' })).toEqual([]);
  });
});

describe('names', () => {
  it.each([
    ['NGUYEN THI THU HA', 'Nguyễn Thị Thu Hà'],
    ['Hà Nguyễn Thị Thu', 'Nguyễn Thị Thu Hà'],
    ['Nguyễn  Thị ThuHà', 'Nguyễn Thị Thu Hà'],
    ['Đỗ Văn Đức', 'do van duc'],
    ["Y'Ă Niê", 'Y Ă Niê'],
  ])('%s is %s', (one, other) => expect(sameName(one, other)).toBe(true));

  it.each([
    ['Nguyễn Thị Thu', 'Nguyễn Thị Thu Hà'],
    ['Nguyễn Thị Thị Hà', 'Nguyễn Thị Hà Hà'],
    ['Lê Văn An', 'Lê Văn Anh'],
  ])('%s is not %s', (one, other) => expect(sameName(one, other)).toBe(false));

  const word = fc.stringMatching(/^[A-ZĐ][a-zăâêôơưđáàảãạ]{0,6}$/);
  it('are the same however they are cased, spaced, marked and ordered; another word makes another name', () => {
    fc.assert(
      fc.property(
        fc.array(word, { minLength: 1, maxLength: 5 }),
        fc.infiniteStream(fc.double({ min: 0, max: 1, noNaN: true })),
        word,
        (words, random, other) => {
          const shuffled = words.toSorted(() => random.next().value - 0.5);
          expect(sameName(words.join(' '), ` ${fold(shuffled.join('  ')).toUpperCase()} `)).toBe(true);
          expect(sameName(words.join(' '), words.join(''))).toBe(true);
          expect(sameName(words.join(' '), [...words, other].join(' '))).toBe(false);
          expect(sameName(other, words.join(' '))).toBe(sameName(words.join(' '), other));
        },
      ),
    );
  });
});

describe('births', () => {
  it('are the same by the year where one side knows no more', () => {
    expect(sameBirth('1950', '1950-08-23')).toBe(true);
    expect(sameBirth('1950-08-23', '1950')).toBe(true);
    expect(sameBirth('1950-08-23', '1950-08-24')).toBe(false);
    expect(sameBirth('1950', '1951-08-23')).toBe(false);
  });
});
