import { readBirthDate } from '../people/shared/birth-date.ts';
import { nfc } from '../platform/shared/text.ts';
import type { RegistryRecord } from './registry-port.ts';

/** What an adapter reads, element by element: XML and JSON look alike from here. */
export interface Fields {
  /** The text of a field that has no parts. */
  text(name: string): string | null;
  part(name: string): Fields | null;
}

/** One person of a collection, by the fields we may know: those of parents, spouse and head of household are never asked for. */
export function readRecord(person: Fields): RegistryRecord | null {
  const fullName = readName(person);
  if (fullName === '') return null;
  return {
    idNumber: digits(person.text('SoDinhDanh'), 12),
    formerIdNumber: digits(person.text('SoCMND'), 9),
    fullName,
    sex: sexes[nfc(person.text('GioiTinh') ?? '').toLowerCase()] ?? null,
    dateOfBirth: readDate(person),
    permanent: readAddress(person.part('ThuongTru')),
  };
}

/** Family, middle and given name, or all of it in one piece, in an element of the three or in none. */
function readName(person: Fields): string {
  const parts = person.part('HoVaTen');
  const pieces = parts ? ['Ho', 'ChuDem', 'Ten'].map((name) => parts.text(name)) : [person.text('HoVaTen')];
  return nfc(pieces.filter((piece) => piece !== null).join(' '));
}

// The national list of sexes: 0 not known, 1 male, 2 female.
const sexes: Readonly<Record<string, RegistryRecord['sex']>> = {
  '1': 'MALE',
  nam: 'MALE',
  '2': 'FEMALE',
  nữ: 'FEMALE',
};

const digits = (text: string | null, count: number) =>
  text !== null && /^\d+$/.test(text) && text.length === count ? text : null;

function readDate(person: Fields): string | null {
  const parts = person.part('NgayThangNamSinh');
  const written = parts ? (parts.text('NgayThangNam') ?? parts.text('Nam')) : person.text('NgayThangNamSinh');
  const [, year, month, day] = /^(\d{4})-?(\d{2})-?(\d{2})$/.exec(written ?? '') ?? [];
  if (!year) return readBirthDate(written ?? '');
  // 19500000: only the year is known.
  return readBirthDate(`${year}-${month}-${day}`) ?? readBirthDate(year);
}

function readAddress(address: Fields | null): RegistryRecord['permanent'] {
  if (!address) return null;
  const codes = ['MaPhuongXa', 'MaQuanHuyen', 'MaTinhThanh'].map((name) => address.text(name));
  const unitCode = codes.find((code) => code !== null && /^\d{2,5}$/.test(code)) ?? null;
  return { unitCode, line: nfc(address.text('ChiTiet') ?? '') || null };
}
