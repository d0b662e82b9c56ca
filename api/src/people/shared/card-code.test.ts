import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readCardCode, type CardRead } from './card-code.ts';
import { syntheticIdNumber } from './id-number.ts';

const number = syntheticIdNumber({ provinceCode3: '038', sex: 'FEMALE', birthYear: 1990, serial: 1 });
const card = `${number}|171234567|Nguyễn Thị Hoa|17051990|Nữ|Thôn 3, Quảng Bình, Quảng Xương, Thanh Hóa|01052021`;
const hoa = {
  idNumber: number,
  formerIdNumber: '171234567',
  passportNumber: null,
  fullName: 'Nguyễn Thị Hoa',
  dateOfBirth: '1990-05-17',
  sex: 'FEMALE',
  address: 'Thôn 3, Quảng Bình, Quảng Xương, Thanh Hóa',
  issuedOn: '2021-05-01',
};
const without = (text: string, part: string, instead = '') => readCardCode(text.replace(part, instead));
const damage = (read: CardRead | null) => (read?.kind === 'DAMAGED' ? read.damage : read);

const day = fc
  .date({ min: new Date('1900-01-01'), max: new Date('2021-12-31'), noInvalidDate: true })
  .map((date) => date.toISOString().slice(0, 10));
const onCard = (iso: string) => iso.split('-').reverse().join('');
const people = fc.record({
  serial: fc.nat(999_999),
  former: fc.constantFrom('', '171234567'),
  name: fc.constantFrom('Lò Thị Ế', 'H’Hen Niê', 'Trần Đức Ưu', 'Y'),
  born: day,
  sex: fc.constantFrom('MALE' as const, 'FEMALE' as const),
  address: fc.constantFrom('', 'Số 5, Phố Mới', 'Bản Pù, Xã Mường'),
  issued: day,
  tail: fc.stringMatching(/^(\|[0-9A-Za-zà-ỹ ]{0,12}){0,6}$/),
});
const written = people.map(({ serial, former, name, born, sex, address, issued, tail }) => {
  const birthYear = Number(born.slice(0, 4));
  const idNumber = syntheticIdNumber({ provinceCode3: '038', sex, birthYear, serial });
  const whole = [idNumber, former, name, onCard(born), sex === 'MALE' ? 'Nam' : 'Nữ', address, onCard(issued)].join(
    '|',
  );
  const person = { idNumber, formerIdNumber: former || null, passportNumber: null, fullName: name, dateOfBirth: born };
  return { whole, tail, person: { ...person, sex, address: address || null, issuedOn: issued } };
});

describe('the code of a chip card', () => {
  it('of 2021 has seven fields', () => {
    expect(readCardCode(card)).toEqual({ kind: 'CARD', card: hoa });
    expect(readCardCode(`${card.normalize('NFD')}\r\n`)).toEqual({ kind: 'CARD', card: hoa });
  });

  it('has an empty one where there was no CMND: empties are never collapsed', () => {
    expect(without(card, '171234567')).toEqual({ kind: 'CARD', card: { ...hoa, formerIdNumber: null } });
  });

  it('of July 2024 on has a tail, which is neither looked at nor kept', () => {
    for (const tail of ['||||', '|Nguyễn Văn Cha|Lê Thị Mẹ||', '|0|1|2|3|4|5'])
      expect(readCardCode(card + tail)).toEqual({ kind: 'CARD', card: hoa });
  });

  it('may say only the year of birth', () => {
    for (const born of ['1990', '00001990'])
      expect(without(card, '17051990', born)).toEqual({ kind: 'CARD', card: { ...hoa, dateOfBirth: '1990' } });
  });

  it('any person that is written so is read back, whatever follows', () => {
    fc.assert(
      fc.property(written, ({ whole, tail, person }) => {
        expect(readCardCode(whole + tail)).toEqual({ kind: 'CARD', card: person });
      }),
    );
  });

  it('cut off anywhere, it is damaged or no card: never another person', () => {
    fc.assert(
      fc.property(written, fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }), ({ whole }, part) => {
        expect(readCardCode(whole.slice(0, Math.floor(whole.length * part)))?.kind).not.toBe('CARD');
      }),
    );
  });

  it('says what of it cannot be right', () => {
    expect(damage(without(card, '|01052021'))).toBe('FIELDS');
    expect(damage(without(card, number, number.slice(1)))).toBe('NUMBER');
    expect(damage(without(card, '171234567', '17123'))).toBe('NUMBER');
    expect(damage(without(card, 'Nguyễn Thị Hoa'))).toBe('NAME');
    expect(damage(without(card, '17051990', '31021990'))).toBe('BIRTH_DATE');
    expect(damage(without(card, '|Nữ|', '|N?|'))).toBe('SEX');
    expect(damage(without(card, '01052021', '0105'))).toBe('ISSUED_ON');
  });
});

describe('the personal QR v1.1', () => {
  const personal = `${number}|NGUYEN THI HOA|1990-05-17|0|9f2c|`;
  const nothingElse = { formerIdNumber: null, passportNumber: null, sex: null, address: null, issuedOn: null };
  const read = { ...nothingElse, idNumber: number, fullName: 'NGUYEN THI HOA', dateOfBirth: '1990-05-17' };

  it('is told from a card by how it writes the date', () => {
    expect(readCardCode(personal)).toEqual({ kind: 'CARD', card: read });
    expect(without(personal, '|0|', '|1|')).toEqual({ kind: 'CARD', card: read });
  });

  it('may name a CMND or a passport', () => {
    expect(without(personal, number, '171234567')).toMatchObject({ card: { idNumber: '171234567' } });
    expect(without(personal, number, 'B1234567')).toMatchObject({
      card: { idNumber: null, passportNumber: 'B1234567' },
    });
  });

  it('says what of it cannot be right', () => {
    expect(damage(without(personal, '|0|9f2c|'))).toBe('FIELDS');
    expect(damage(without(personal, '|0|', '|7|'))).toBe('FIELDS');
    expect(damage(without(personal, number, '12345678'))).toBe('NUMBER');
    expect(damage(without(personal, 'NGUYEN THI HOA'))).toBe('NAME');
    expect(damage(without(personal, '1990-05-17', '1990-02-31'))).toBe('BIRTH_DATE');
  });
});

describe('the code of something else', () => {
  it('is no card', () => {
    for (const text of ['', '|', 'a|b|c', 'https://example.com/menu|1', 'CDN1:AB', number, 'xin chào', 'WIFI:S:x|y;;'])
      expect(readCardCode(text)).toBeNull();
  });

  it('never throws, whatever is read', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => void readCardCode(`${text}|${text}`)));
  });
});
