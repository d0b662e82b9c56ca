import type { ListProblem } from './read-list.ts';

export interface Texts {
  vi: string;
  en: string;
}

const texts: Record<Exclude<ListProblem, 'TOO_MANY_ROWS' | 'NO_HEAD'>, Texts> = {
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

export type ListTexts = Record<ListProblem, Texts>;

/** Why the rows of a file could not be read, of a list of at most so many that needs a column. */
export const listTexts = (most: number, column: Texts): ListTexts => ({
  ...texts,
  TOO_MANY_ROWS: {
    vi: `Tối đa ${most} dòng một lần. Hãy chia thành nhiều tệp.`,
    en: `At most ${most} rows at a time. Split the file.`,
  },
  NO_HEAD: {
    vi: `Không thấy cột “${column.vi}”. Hãy dùng tệp mẫu, hoặc ghi tên cột ở dòng đầu.`,
    en: `There is no column “${column.en}”. Use the template, or name the columns in the first row.`,
  },
});
