import type { Locale } from '../platform/graphql/locale.ts';

type Texts = Record<Locale, string>;

export const ruledOutText: Texts = {
  vi: 'Không mở ca bệnh đã loại trừ.',
  en: 'A case that is ruled out is not opened.',
};
export const closedAsSuspectedText: Texts = {
  vi: 'Đóng ca bệnh với kết luận: xác định hoặc loại trừ.',
  en: 'Close a case as confirmed or ruled out.',
};
export const idReusedText: Texts = {
  vi: 'Mã này đã dùng cho một ca bệnh khác.',
  en: 'This id stands for another case.',
};
export const openAlreadyText: Texts = {
  vi: 'Người này đang có một ca bệnh chưa đóng. Hãy mở ca đó.',
  en: 'This person has a case that is still open. Open that one.',
};
export const futureText: Texts = { vi: 'Ngày này chưa đến.', en: 'This day has not come yet.' };
export const periodText: Texts = {
  vi: 'Thời gian lây phải kết thúc sau khi bắt đầu, và dài tối đa 60 ngày.',
  en: 'The infectious period ends after it begins, at most 60 days later.',
};
export const notV7Text: Texts = { vi: 'Mã phải là UUIDv7.', en: 'The id must be a UUIDv7.' };
export const closedText: Texts = { vi: 'Ca bệnh này đã đóng.', en: 'This case is closed.' };
export const generationsText: Texts = { vi: 'Từ 1 đến 4 vòng.', en: 'From 1 to 4 generations.' };
export const windowText: Texts = { vi: 'Từ 1 đến 60 phút.', en: 'From 1 to 60 minutes.' };
export const maxNodesText: Texts = { vi: 'Từ 1 đến 10.000 người.', en: 'From 1 to 10,000 nodes.' };
export const notWaitingText: Texts = {
  vi: 'Không có truy vết nào chờ bạn duyệt. Người yêu cầu không tự duyệt được: cần người khác, của đơn vị này hoặc cấp trên.',
  en: 'No trace waits for your approval. Whoever asked for it cannot approve it: another tracer does, of this unit or of one above.',
};
export const metAtText: Texts = { vi: 'Thời điểm gặp phải ở trong quá khứ.', en: 'They met in the past.' };
export const samePersonText: Texts = { vi: 'Đây là cùng một người.', en: 'These are the same person.' };
export const notesText: Texts = { vi: 'Ghi chú tối đa 1.000 ký tự.', en: 'Notes have at most 1,000 characters.' };
export const isolatedAtText: Texts = {
  vi: 'Thời điểm bắt đầu cách ly chưa đến.',
  en: 'Isolation cannot have begun in the future.',
};
