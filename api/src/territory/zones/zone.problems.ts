import type { Language } from '../../platform/shared/language.ts';
import type { LogicProblem, LogicProblemCode } from '../shared/movement-rules/check-logic.ts';

type Texts = Record<Language, string>;

export const zoneTexts = {
  id: { vi: 'Mã định danh phải là UUIDv7.', en: 'The id must be a UUIDv7.' },
  name: { vi: 'Cần tên vùng, tối đa 200 ký tự.', en: 'A name is needed, of at most 200 characters.' },
  line: { vi: 'Tối đa 200 ký tự.', en: 'At most 200 characters.' },
  phone: { vi: 'Số điện thoại có 3 đến 20 chữ số.', en: 'A telephone number has 3 to 20 digits.' },
  endsOn: { vi: 'Ngày kết thúc không được trước ngày bắt đầu.', en: 'The last day is not before the first.' },
  unitCodes: { vi: 'Chọn từ 1 đến 200 đơn vị.', en: 'Choose 1 to 200 units.' },
  unit: {
    vi: 'Chọn xã, huyện hoặc tỉnh nằm trong địa bàn của bạn.',
    en: 'Choose a commune, district or province within your jurisdiction.',
  },
  rules: { vi: 'Tối đa 20 quy định.', en: 'At most 20 rules.' },
  ruleTwice: { vi: 'Quy định này có hai lần.', en: 'This rule is there twice.' },
  ruleElsewhere: { vi: 'Quy định này thuộc vùng khác.', en: 'This rule belongs to another zone.' },
  description: {
    vi: 'Cần lời diễn giải cho người dân đọc, tối đa 200 ký tự.',
    en: 'A description that people can read is needed, of at most 200 characters.',
  },
  onFailure: { vi: 'Chọn xem xét hoặc từ chối.', en: 'Choose EXAMINE or REFUSE.' },
  validFrom: { vi: 'Hiệu lực trong vòng một năm tới.', en: 'In force within a year from now.' },
} satisfies Record<string, Texts>;

const logicTexts: Record<LogicProblemCode, Texts> = {
  SHAPE: { vi: 'Mỗi điều kiện cần đúng một phép toán.', en: 'A condition has exactly one operator.' },
  OPERATOR: { vi: 'Không dùng phép toán này được.', en: 'This operator is not among those allowed.' },
  FACT: { vi: 'Không có thông tin tên này.', en: 'There is no fact of this name.' },
  OPERANDS: { vi: 'Hai vế không so sánh với nhau được.', en: 'What is compared does not fit together.' },
  VALUE: { vi: 'Giá trị này không thể có.', en: 'This value is not possible.' },
  NOT_A_STATEMENT: { vi: 'Điều kiện phải có kết quả đúng hoặc sai.', en: 'The whole must be true or false.' },
  TOO_DEEP: { vi: 'Lồng nhau quá 6 bậc.', en: 'Nested more than 6 deep.' },
  TOO_LARGE: { vi: 'Quá dài: tối đa 200 phần.', en: 'Too large: 200 parts at most.' },
};

/** What is wrong with a rule's logic, and where in it. */
export function logicText({ at, code }: LogicProblem): Texts {
  const { vi, en } = logicTexts[code];
  return at ? { vi: `${vi} (${at})`, en: `${en} (${at})` } : { vi, en };
}
