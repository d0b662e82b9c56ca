import type { Locale } from '../platform/graphql/locale.ts';
import type { CardDamage } from '../people/shared/card-code.ts';
import type { InvalidPassCode } from './passage-results.entity.ts';

export const invalidPassTexts: Record<InvalidPassCode, Record<Locale, string>> = {
  UNREADABLE: {
    vi: 'Không đọc được mã này. Hãy quét lại, hoặc gõ mã đọc, số giấy tờ hay số điện thoại.',
    en: 'This could not be read. Scan again, or type the spoken code, the ID number or the phone number.',
  },
  BAD_SIGNATURE: {
    vi: 'Mã bị sửa hoặc giả. Hãy kiểm tra giấy tờ và gõ số giấy tờ.',
    en: 'The pass was altered or forged. Check the card and type the ID number.',
  },
  UNKNOWN_ISSUER: {
    vi: 'Mã do nơi khác cấp, hệ thống chưa biết. Hãy gõ số giấy tờ.',
    en: 'The pass is of an issuer not known here. Type the ID number.',
  },
  EXPIRED: {
    vi: 'Tờ khai đã hết hạn. Người này cần khai lại.',
    en: 'The declaration has expired. The person needs to declare again.',
  },
  WITHDRAWN: {
    vi: 'Người khai đã rút tờ khai này. Người này cần khai lại.',
    en: 'The declaration was withdrawn. The person needs to declare again.',
  },
  NOT_FOUND: {
    vi: 'Không tìm thấy tờ khai còn hạn. Hãy thử cách khác hoặc khai trên giấy.',
    en: 'No open declaration was found. Try another way, or use a paper form.',
  },
};

const damagedPart: Record<CardDamage, Record<Locale, string>> = {
  FIELDS: { vi: 'thiếu mất phần sau', en: 'a part of it is missing' },
  NUMBER: { vi: 'số giấy tờ không đúng', en: 'the number cannot be right' },
  NAME: { vi: 'không có họ tên đọc được', en: 'there is no readable name' },
  BIRTH_DATE: { vi: 'ngày sinh không đúng', en: 'the date of birth cannot be right' },
  SEX: { vi: 'giới tính không đọc được', en: 'the sex cannot be read' },
  ISSUED_ON: { vi: 'ngày cấp không đúng', en: 'the date of issue cannot be right' },
};
const foreign: Record<Locale, string> = {
  vi: 'Không đọc được: đây là mã của thứ khác, không phải mã khai báo hay mã trên thẻ. Hãy xin đúng mã, hoặc gõ số giấy tờ.',
  en: 'This could not be read: it is a code of something else, neither a pass nor a card. Ask for the right one, or type the ID number.',
};

/** What an unreadable code looks like. */
export function looksLikeText(looksLike: CardDamage | 'FOREIGN', locale: Locale): string {
  if (looksLike === 'FOREIGN') return foreign[locale];
  const part = damagedPart[looksLike][locale];
  return locale === 'vi'
    ? `Không đọc được: trông như mã trên thẻ căn cước hoặc mã cá nhân, nhưng bị hỏng (${part}). Hãy quét lại, hoặc gõ số trên thẻ.`
    : `This could not be read: it looks like the code of an ID card or a personal code, but damaged (${part}). Scan again, or type the number on the card.`;
}
