import { textScalar } from '../platform/graphql/text-scalar.ts';
import { readBirthDate } from './shared/birth-date.ts';
import { readIdNumber } from './shared/id-number.ts';
import { readPhoneNumber } from './shared/phone-number.ts';

export const IdNumber = textScalar({
  name: 'IdNumber',
  description:
    'A 12-digit personal number (CCCD) or a 9-digit identity card number (CMND), digits only. Decree 137/2015/NĐ-CP.',
  read: readIdNumber,
  expected: {
    vi: 'Số giấy tờ có 12 chữ số (CCCD) hoặc 9 chữ số (CMND).',
    en: 'An ID number has 12 digits (CCCD) or 9 digits (CMND).',
  },
});

export const BirthDate = textScalar({
  name: 'BirthDate',
  description: 'A date of birth, 1950-08-23, or 1950 where only the year is known.',
  read: readBirthDate,
  expected: {
    vi: 'Ngày sinh dạng 1950-08-23, hoặc chỉ năm 1950.',
    en: 'A date of birth such as 1950-08-23, or only the year, 1950.',
  },
});

export const PhoneNumber = textScalar({
  name: 'PhoneNumber',
  description: 'A phone number in E.164, +84912345678; 0912345678 is read as Vietnamese.',
  read: readPhoneNumber,
  expected: { vi: 'Số điện thoại, ví dụ 0912345678.', en: 'A phone number such as 0912345678 or +84912345678.' },
});
