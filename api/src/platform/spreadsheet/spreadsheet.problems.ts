import type { SpreadsheetProblem } from './read-spreadsheet.ts';

export interface Texts {
  vi: string;
  en: string;
}

/** Why the rows of a file could not be read, whatever they are of. */
export const spreadsheetTexts: Record<Exclude<SpreadsheetProblem, 'TOO_MANY_ROWS'> | 'EMPTY', Texts> = {
  UNREADABLE: {
    vi: 'Tệp này không phải bảng tính đọc được. Hãy lưu lại dạng .xlsx hoặc CSV UTF-8.',
    en: 'This is no spreadsheet that can be read. Save it as .xlsx or CSV UTF-8.',
  },
  LOCKED: {
    vi: 'Tệp có mật khẩu hoặc là Excel đời cũ (.xls). Hãy lưu lại dạng .xlsx không mật khẩu.',
    en: 'The file has a password or is old Excel (.xls). Save it as .xlsx without a password.',
  },
  MACROS: {
    vi: 'Tệp có macro. Hãy lưu lại dạng .xlsx, không macro.',
    en: 'The file holds macros. Save it as .xlsx, without them.',
  },
  ENCODING: {
    vi: 'Chữ trong tệp không phải UTF-8. Khi lưu CSV hãy chọn “CSV UTF-8”, hoặc lưu dạng .xlsx.',
    en: 'The text is not UTF-8. Choose “CSV UTF-8” when saving, or save as .xlsx.',
  },
  TOO_LARGE: {
    vi: 'Tệp này quá lớn khi mở ra. Hãy chép các dòng sang một bảng tính mới.',
    en: 'The file is too large when unpacked. Copy the rows into a new spreadsheet.',
  },
  EMPTY: { vi: 'Bảng tính chưa có dòng nào.', en: 'The spreadsheet has no rows yet.' },
};

export const tooManyRowsText = (most: number): Texts => ({
  vi: `Tối đa ${most} dòng một lần. Hãy chia thành nhiều tệp.`,
  en: `At most ${most} rows at a time. Split the file.`,
});
