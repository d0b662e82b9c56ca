import { listTexts, type Texts } from '../../platform/spreadsheet/spreadsheet.problems.ts';
import { mostCases, type CaseField } from './case-columns.ts';

/** Why a row was not opened; `about` names another row. */
export interface RowProblem {
  code:
    | 'ID_NUMBER'
    | 'STATUS'
    | 'DAY'
    | 'FUTURE'
    | 'TWICE'
    | 'NOT_FOUND'
    | 'OTHER_NAME'
    | 'SEVERAL'
    | 'OPEN_ALREADY'
    | 'ID_REUSED';
  field?: CaseField;
  about?: string;
}

const days: Partial<Record<CaseField, Texts>> = {
  onsetOn: { vi: 'ngày khởi phát', en: 'onset' },
  sampledOn: { vi: 'ngày lấy mẫu', en: 'sample' },
  confirmedOn: { vi: 'ngày xác định', en: 'confirmation' },
};

const texts: Record<RowProblem['code'], (about: string, day: Texts) => Texts> = {
  ID_NUMBER: () => ({
    vi: 'Số giấy tờ phải có 12 hoặc 9 chữ số.',
    en: 'An ID number has 12 or 9 digits.',
  }),
  STATUS: () => ({
    vi: 'Kết luận là “Xác định” hoặc “Nghi ngờ”.',
    en: 'The status is “Confirmed” or “Suspected”.',
  }),
  DAY: (_, day) => ({
    vi: `Không đọc được ${day.vi}: ghi như 23/08/2021.`,
    en: `The day of the ${day.en} cannot be read: write it as 23/08/2021.`,
  }),
  FUTURE: (_, day) => ({ vi: `Chưa đến ${day.vi} này.`, en: `The day of the ${day.en} has not come yet.` }),
  TWICE: (about) => ({ vi: `Số giấy tờ này cũng ở dòng ${about}.`, en: `Row ${about} has this ID number too.` }),
  NOT_FOUND: () => ({
    vi: 'Không có ai mang số này trong phạm vi của bạn.',
    en: 'Nobody within your jurisdiction has this number.',
  }),
  OTHER_NAME: () => ({
    vi: 'Số này là của người mang tên khác. Hãy kiểm tra lại, hoặc mở ca từng người.',
    en: 'This number is of somebody of another name. Check it, or open the case by hand.',
  }),
  SEVERAL: () => ({
    vi: 'Số này có ở nhiều tỉnh. Hãy mở ca từng người.',
    en: 'This number is known in several provinces. Open the case by hand.',
  }),
  OPEN_ALREADY: () => ({ vi: 'Người này đang có ca bệnh chưa đóng.', en: 'This person has an open case already.' }),
  ID_REUSED: () => ({
    vi: 'Lần tải lên này đã được dùng cho một danh sách khác. Hãy tải lại từ đầu.',
    en: 'This upload was used for another list. Begin a new one.',
  }),
};
const noDay: Texts = { vi: '', en: '' };

export const rowProblemTexts = ({ code, field, about = '' }: RowProblem): Texts =>
  texts[code](about, (field && days[field]) ?? noDay);

export const caseFileTexts = listTexts(mostCases, { vi: 'Số giấy tờ', en: 'ID number' });
