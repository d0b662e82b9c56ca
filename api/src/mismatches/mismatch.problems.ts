import type { Locale } from '../platform/graphql/locale.ts';

type Texts = Record<Locale, string>;

export const settledText: Texts = {
  vi: 'Việc này đã có người xử lý hoặc đã có trả lời mới. Không có gì thay đổi; hãy xem lại tình trạng hiện nay.',
  en: 'Somebody has settled this, or a new answer came. Nothing was changed; look at how it stands now.',
};

export const invalidText: Texts = {
  vi: 'Hãy sửa các mục được đánh dấu rồi lưu lại. Chưa có gì thay đổi.',
  en: 'Correct what is marked, then save again. Nothing was changed yet.',
};

export const takenText: Texts = {
  vi: 'Số này đang là của một người khác trong tỉnh. Hãy xem lại số; nếu là cùng một người, hãy chuyển quản trị viên gộp lại.',
  en: 'Somebody else is known by this number in the province. Check the number; if it is one person, refer it to an administrator to merge.',
};

export const correctedNeeded: Texts = {
  vi: 'Sửa thông tin thì phải gửi thông tin đúng của người này.',
  en: 'CORRECTED needs the person as they really are.',
};

export const correctedUnwanted: Texts = {
  vi: 'Chỉ khi sửa thông tin mới gửi kèm thông tin đúng.',
  en: 'The corrected person is sent with CORRECTED only.',
};
