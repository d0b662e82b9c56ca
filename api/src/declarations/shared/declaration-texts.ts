import type { Language } from '../../platform/shared/language.ts';
import type { ProblemCode } from './field-problems.ts';

type Text = Record<Language, string>;

const text = (vi: string, en: string): Text => ({ vi, en });

const TEXTS: Record<ProblemCode, Text> = {
  REQUIRED: text('Hãy điền mục này.', 'Please fill this in.'),
  TOO_LONG: text('Nội dung quá dài, hãy viết ngắn lại.', 'This is too long. Please shorten it.'),
  HIDDEN_CHARACTER: text('Có ký tự ẩn, hãy gõ lại.', 'There is a hidden character. Please type it again.'),
  CHOICE: text('Hãy chọn một mục trong danh sách.', 'Please choose one from the list.'),
  NO_LETTER: text('Họ và tên phải có chữ cái.', 'The name must contain letters.'),
  EMOJI: text('Hãy viết họ và tên không có biểu tượng cảm xúc.', 'Please write the name without emoji.'),
  BIRTH_DATE: text(
    'Hãy nhập ngày sinh đủ 8 số, ví dụ 23081950, hoặc chỉ năm sinh.',
    'Please enter the date of birth as 8 digits, such as 23081950, or the year alone.',
  ),
  BIRTH_IN_FUTURE: text(
    'Ngày sinh ở tương lai, hãy kiểm tra lại.',
    'The date of birth is in the future. Please check it.',
  ),
  BIRTH_TOO_LONG_AGO: text(
    'Ngày sinh cách đây hơn 130 năm, hãy kiểm tra lại.',
    'The date of birth is over 130 years ago. Please check it.',
  ),
  NATIONALITY: text('Hãy chọn quốc tịch trong danh sách.', 'Please choose the nationality from the list.'),
  ID_NUMBER: text(
    'Hãy nhập đủ 12 số CCCD hoặc 9 số CMND.',
    'Please enter all 12 digits of the CCCD or 9 digits of the CMND.',
  ),
  PASSPORT_NUMBER: text(
    'Hãy nhập số hộ chiếu gồm 5 đến 20 chữ và số.',
    'Please enter the passport number: 5 to 20 letters and digits.',
  ),
  DOCUMENT_REQUIRED: text(
    'Hãy nhập số CCCD, CMND hoặc hộ chiếu (trẻ dưới 14 tuổi không cần).',
    'Please enter an ID or passport number (not needed under 14).',
  ),
  DOCUMENT_OR_REASON_REQUIRED: text(
    'Hãy nhập số giấy tờ, hoặc ghi lý do không có.',
    'Please enter a document number, or the reason why there is none.',
  ),
  PHONE_NUMBER: text(
    'Hãy nhập số điện thoại như 0912 345 678, số nước ngoài bắt đầu bằng dấu +.',
    'Please enter a phone number such as 0912 345 678; from abroad, begin with +.',
  ),
  EMAIL: text(
    'Hãy nhập e-mail như ten@example.vn, hoặc để trống.',
    'Please enter an e-mail address such as name@example.vn, or leave it empty.',
  ),
  HEALTH_INSURANCE_NUMBER: text(
    'Hãy nhập số thẻ bảo hiểm y tế gồm 8 đến 17 chữ và số, hoặc để trống.',
    'Please enter the health-insurance number: 8 to 17 letters and digits, or leave it empty.',
  ),
  UNKNOWN_UNIT: text(
    'Không có địa danh này, hãy chọn trong danh sách.',
    'There is no such place. Please choose one from the list.',
  ),
  NOT_A_COMMUNE: text('Hãy chọn đến xã, phường hoặc thị trấn.', 'Please choose down to the commune or ward.'),
  OUTSIDE: text(
    'Xã, phường này không thuộc nơi đến đã chọn, hãy chọn lại.',
    'This commune is not in the chosen destination. Please choose again.',
  ),
  OUTSIDE_APP: text(
    'Ứng dụng này chỉ nhận tờ khai đến địa bàn của mình.',
    'This app takes declarations for its own area only.',
  ),
  DATE_TIME: text('Hãy nhập đủ ngày và giờ.', 'Please enter a date and a time.'),
  DEPARTED_TOO_LONG_AGO: text(
    'Ngày đi cách đây hơn 14 ngày, hãy kiểm tra lại.',
    'The departure is over 14 days ago. Please check it.',
  ),
  STAY_DAY: text('Nhập ngày như 23/08/2021, hoặc để trống.', 'Enter a day such as 23/08/2021, or leave it empty.'),
  STAY_PAST: text(
    'Ngày ở cuối cùng phải từ ngày đi trở đi.',
    'The last day of the stay is no earlier than the departure.',
  ),
  STAY_TOO_LONG: text(
    'Chỉ khai được đến một năm; ở lâu hơn thì để trống.',
    'At most a year; leave it empty for a longer stay.',
  ),
  DEPARTS_TOO_LATE: text(
    'Ngày đi còn hơn 30 ngày nữa, hãy khai báo gần ngày đi hơn.',
    'The departure is over 30 days ahead. Please declare nearer to the day.',
  ),
  PLATE: text(
    'Hãy nhập biển số gồm 4 đến 12 chữ và số, ví dụ 36A-123.45.',
    'Please enter the plate: 4 to 12 letters and digits, such as 36A-123.45.',
  ),
  TEST_IN_FUTURE: text('Giờ xét nghiệm ở tương lai, hãy kiểm tra lại.', 'The test is in the future. Please check it.'),
  TEST_TOO_LONG_AGO: text(
    'Xét nghiệm đã hơn một năm, hãy để trống.',
    'The test is over a year old. Please leave it out.',
  ),
  TEST_RESULT_REQUIRED: text('Hãy chọn kết quả xét nghiệm.', 'Please choose how the test came out.'),
  TEST_TIME_REQUIRED: text('Hãy cho biết xét nghiệm lúc nào.', 'Please say when the test was taken.'),
  DOSES: text('Hãy nhập số mũi tiêm từ 0 đến 10.', 'Please enter 0 to 10 doses.'),
  TOO_MANY: text('Hãy chọn nhiều nhất 20 nơi.', 'Please choose 20 places at most.'),
  ID: text(
    'Tờ khai bị lỗi, hãy tải lại trang rồi gửi lại.',
    'The form is damaged. Please reload the page and send it again.',
  ),
  CLOCK: text(
    'Đồng hồ của máy bị sai, hoặc tờ khai đã quá 14 ngày. Hãy chỉnh giờ, tải lại trang rồi gửi lại.',
    'The clock of this device is wrong, or the form is over 14 days old. Please set the clock, reload the page and send it again.',
  ),
  ID_REUSED: text(
    'Tờ khai này đã gửi với nội dung khác. Hãy tạo tờ khai mới.',
    'This form was sent before with other content. Please make a new one.',
  ),
  RECEIPT_SECRET: text(
    'Tờ khai bị lỗi, hãy tải lại trang rồi gửi lại.',
    'The form is damaged. Please reload the page and send it again.',
  ),
  WRONG_PROVINCE: text(
    'Nơi đến đã đổi sang tỉnh khác, hãy gửi lại tờ khai.',
    'The destination has changed to another province. Please send the form again.',
  ),
  OTHER_PROVINCE: text(
    'Người đi cùng phải đến cùng một tỉnh, hãy khai riêng cho người đến tỉnh khác.',
    'Companions must go to the same province. Please declare separately for another one.',
  ),
  DUPLICATE: text('Tờ khai này bị gửi hai lần, hãy xoá một tờ.', 'This form is there twice. Please remove one.'),
  FORM_NUMBER: text(
    'Hãy nhập số phiếu gồm chữ, số, dấu chấm, gạch ngang, tối đa 40 ký tự.',
    'Please enter the form number: letters, digits, dots and dashes, 40 characters at most.',
  ),
  FORM_NUMBER_USED: text(
    'Phiếu mang số này đã được nhập rồi. Hãy so lại số trên phiếu.',
    'A form with this number was keyed in before. Please compare the number on the form.',
  ),
  PAPER_ONLY: text(
    'Chỉ phiếu giấy do cán bộ chốt nhập mới có số phiếu.',
    'Only a paper form that an officer keys in has a number.',
  ),
  UNKNOWN_PROVINCE: text(
    'Số CCCD bắt đầu bằng mã tỉnh hoặc mã nước không rõ, hãy so với thẻ.',
    'The number begins with an unknown province or country code. Compare it with the card.',
  ),
  CONTRADICTS_SEX: text(
    'Số CCCD không khớp giới tính đã khai, hãy so với thẻ.',
    'The number does not fit the declared sex. Compare it with the card.',
  ),
  CONTRADICTS_BIRTH_YEAR: text(
    'Số CCCD không khớp năm sinh đã khai, hãy so với thẻ.',
    'The number does not fit the declared year of birth. Compare it with the card.',
  ),
};

// Where a field's own words are plainer than "fill this in". Keyed by the end of the path: addresses stand in many places.
const REQUIRED_TEXTS: Record<string, Text> = {
  fullName: text('Hãy nhập họ và tên như trên giấy tờ.', 'Please enter the full name as on the document.'),
  dateOfBirth: text(
    'Hãy nhập ngày sinh, hoặc năm sinh nếu không nhớ ngày.',
    'Please enter the date of birth, or the year if the day is not known.',
  ),
  sex: text('Hãy chọn giới tính.', 'Please choose the sex.'),
  nationality: text('Hãy chọn quốc tịch.', 'Please choose the nationality.'),
  unitCode: text('Hãy chọn xã, phường hoặc thị trấn.', 'Please choose the commune or ward.'),
  line: text('Hãy nhập số nhà, đường, thôn hoặc xóm.', 'Please enter the house number, street or hamlet.'),
  purpose: text('Hãy chọn mục đích đi.', 'Please choose the purpose of the journey.'),
  originCode: text('Hãy chọn nơi đi.', 'Please choose where the journey begins.'),
  destinationCode: text('Hãy chọn nơi đến.', 'Please choose where the journey ends.'),
  departsAt: text('Hãy nhập ngày và giờ đi.', 'Please enter the day and time of departure.'),
  vehicle: text('Hãy chọn phương tiện.', 'Please choose the vehicle.'),
  plate: text('Hãy nhập biển số xe.', 'Please enter the number plate.'),
  symptoms: text('Hãy cho biết có triệu chứng nào không.', 'Please say whether there are any symptoms.'),
  contactWithCase: text('Hãy chọn Có hoặc Không.', 'Please choose yes or no.'),
  contactWithSymptomatic: text('Hãy chọn Có hoặc Không.', 'Please choose yes or no.'),
  contactFromAffectedArea: text('Hãy chọn Có hoặc Không.', 'Please choose yes or no.'),
  visitedEpidemicArea: text('Hãy chọn Có hoặc Không.', 'Please choose yes or no.'),
  vaccineDoses: text(
    'Hãy nhập số mũi vắc-xin đã tiêm, chưa tiêm thì nhập 0.',
    'Please enter the number of vaccine doses, 0 if none.',
  ),
};

const TOO_LONG_TEXTS: Record<string, Text> = {
  fullName: text(
    'Họ và tên dài quá 225 ký tự, hãy viết ngắn lại.',
    'The name is over 225 characters. Please shorten it.',
  ),
  line: text('Địa chỉ dài quá 255 ký tự, hãy viết ngắn lại.', 'The address is over 255 characters. Please shorten it.'),
  noDocumentReason: text(
    'Lý do dài quá 500 ký tự, hãy viết ngắn lại.',
    'The reason is over 500 characters. Please shorten it.',
  ),
  email: text(
    'E-mail dài quá 254 ký tự, hãy kiểm tra lại.',
    'The e-mail address is over 254 characters. Please check it.',
  ),
};

const BY_FIELD = new Map<ProblemCode, Map<string, Text>>([
  ['REQUIRED', new Map(Object.entries(REQUIRED_TEXTS))],
  ['TOO_LONG', new Map(Object.entries(TOO_LONG_TEXTS))],
]);

/** Plain words that say what to do; with the field's path, in the words of that field where there are such. */
export function problemText(code: ProblemCode, language: Language, path = ''): string {
  const field = path.slice(path.lastIndexOf('.') + 1);
  return (BY_FIELD.get(code)?.get(field) ?? TEXTS[code])[language];
}
