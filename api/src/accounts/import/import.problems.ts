import { listTexts, type Texts } from '../../platform/spreadsheet/spreadsheet.problems.ts';
import { accountProblemTexts, type AccountProblemCode } from '../account.problems.ts';
import { mostRows, type ImportField } from './import-columns.ts';

type OwnCode = 'FORMULA' | 'UNKNOWN_ROLE' | 'UNKNOWN_UNIT' | 'AMBIGUOUS_UNIT' | 'TWICE' | 'UNKNOWN_CODE';
export type RowProblemCode = AccountProblemCode | OwnCode;

/** What is wrong with a cell; `about` names what of it: a code, another row. */
export interface RowProblem {
  path: ImportField;
  code: RowProblemCode;
  about?: string;
}

const ownTexts: Record<OwnCode, (about: string) => Texts> = {
  FORMULA: () => ({
    vi: 'Ô này bắt đầu như một công thức; hãy gõ lại thành chữ.',
    en: 'This cell begins like a formula; type it as text.',
  }),
  UNKNOWN_ROLE: (about) => ({
    vi: `Không có vai trò “${about}”. Dùng: Cán bộ chốt, Quản trị, Truy vết, Phân tích, Kiểm tra.`,
    en: `There is no role “${about}”. Use: Checkpoint officer, Administrator, Tracer, Analyst, Auditor.`,
  }),
  UNKNOWN_UNIT: () => ({
    vi: 'Không có đơn vị nào mang mã hoặc tên này trong địa bàn của bạn.',
    en: 'No unit of your jurisdiction has this code or name.',
  }),
  AMBIGUOUS_UNIT: () => ({
    vi: 'Có nhiều đơn vị mang tên này; hãy ghi mã, hoặc thêm huyện và tỉnh.',
    en: 'Several units have this name; write the code, or add district and province.',
  }),
  TWICE: (about) => ({
    vi: `Tên đăng nhập này cũng ở dòng ${about}.`,
    en: `Row ${about} has this user name too.`,
  }),
  UNKNOWN_CODE: (about) => ({
    vi: `Không có chốt mang mã ${about} trong tỉnh của đơn vị.`,
    en: `No checkpoint in the unit's province has the code ${about}.`,
  }),
};

export function rowProblemTexts({ code, about = '' }: RowProblem): Texts {
  return code in ownTexts ? ownTexts[code as OwnCode](about) : accountProblemTexts[code as AccountProblemCode];
}

export const fileProblemTexts = listTexts(mostRows, { vi: 'Họ và tên', en: 'Full name' });
