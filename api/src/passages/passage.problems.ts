import type { Locale } from '../platform/graphql/locale.ts';
import type { FlagKind } from './passage.row.ts';

export const PassageRejection = {
  UNKNOWN_DECLARATION: 'UNKNOWN_DECLARATION',
  UNKNOWN_CITIZEN: 'UNKNOWN_CITIZEN',
  INVALID_PASS: 'INVALID_PASS',
  CHECKPOINT_CLOSED: 'CHECKPOINT_CLOSED',
  NOT_ASSIGNED: 'NOT_ASSIGNED',
  TOO_OLD: 'TOO_OLD',
  IN_FUTURE: 'IN_FUTURE',
  ID_REUSED: 'ID_REUSED',
  ALREADY_CORRECTED: 'ALREADY_CORRECTED',
  INVALID: 'INVALID',
} as const;
export type PassageRejection = keyof typeof PassageRejection;

type Texts = Record<Locale, string>;

export const rejectionTexts: Record<PassageRejection, Texts> = {
  UNKNOWN_DECLARATION: {
    vi: 'Chưa thấy tờ khai này. Nó có thể đang trên đường: hãy gửi lại sau.',
    en: 'This declaration is not known yet. It may be on its way: send again later.',
  },
  UNKNOWN_CITIZEN: {
    vi: 'Không có người này trong tỉnh của chốt.',
    en: 'This person is not known in the checkpoint’s province.',
  },
  INVALID_PASS: { vi: 'Mã QR không phải giấy qua chốt hợp lệ.', en: 'The QR code is not a pass that can be verified.' },
  CHECKPOINT_CLOSED: { vi: 'Chốt đã đóng.', en: 'The checkpoint is closed.' },
  NOT_ASSIGNED: { vi: 'Bạn không được phân công ở chốt này.', en: 'You are not assigned to this checkpoint.' },
  TOO_OLD: {
    vi: 'Lượt qua đã quá 14 ngày, không ghi được nữa.',
    en: 'The passage is over 14 days old and can no longer be recorded.',
  },
  IN_FUTURE: {
    vi: 'Giờ của máy nhanh hơn 5 phút. Hãy chỉnh lại giờ.',
    en: 'The device’s clock is over 5 minutes ahead. Set it right.',
  },
  ID_REUSED: { vi: 'Mã lượt này đã dùng cho một lượt khác.', en: 'This id already stands for another passage.' },
  ALREADY_CORRECTED: {
    vi: 'Lượt này đã được sửa rồi. Hãy tải lại và sửa bản mới nhất.',
    en: 'This passage was corrected already. Reload and correct the newest one.',
  },
  INVALID: { vi: 'Lượt qua chưa đủ hoặc chưa đúng dữ liệu.', en: 'The passage is not complete or not right.' },
};

/** What exactly is not right with an INVALID one. */
export const invalidTexts = {
  NOT_V7: { vi: 'Mã lượt phải là UUIDv7.', en: 'The id must be a UUIDv7.' },
  WHO: {
    vi: 'Cần đúng một trong: mã QR, tờ khai, người, số phiếu giấy.',
    en: 'Give exactly one of qrPayload, declarationId, citizenId, paperFormNumber.',
  },
  REASON_NEEDED: { vi: 'Từ chối thì phải ghi lý do.', en: 'A refusal needs a reason.' },
  REASON_LONG: { vi: 'Lý do tối đa 500 chữ.', en: 'A reason has at most 500 characters.' },
  REASON_UNSEEN: {
    vi: 'Lý do có ký tự không nhìn thấy được. Hãy gõ lại.',
    en: 'The reason holds characters that cannot be seen. Type it again.',
  },
  PLATE: { vi: 'Biển số có từ 4 đến 12 chữ và số.', en: 'A plate has 4 to 12 letters and digits.' },
  FORM_NUMBER: { vi: 'Số phiếu có từ 1 đến 40 chữ và số.', en: 'A form number has 1 to 40 letters and digits.' },
  ADVICE: {
    vi: 'Chỉ lượt quét mã khi mất mạng mới gửi kèm lời khuyên của máy.',
    en: 'The device’s advice is sent only with a pass that was scanned without network.',
  },
  VOID_CORRECTS: { vi: 'Chỉ lượt sửa mới hủy được một lượt.', en: 'VOID is for corrections only.' },
  CORRECTS_TIME: {
    vi: 'Mã lượt sửa phải mang giờ của lượt được sửa.',
    en: 'The id of a correction has the time of what it corrects.',
  },
  CORRECTS_UNKNOWN: {
    vi: 'Chưa thấy lượt được sửa ở chốt này. Hãy gửi nó trước.',
    en: 'What it corrects is not known at this checkpoint. Send that first.',
  },
} as const satisfies Record<string, Texts>;
export type InvalidDetail = keyof typeof invalidTexts;

export const flagTexts: Record<FlagKind, Texts> = {
  WATCH_LIST: {
    vi: 'Người này thuộc diện theo dõi dịch tễ: giữ lại, cách ly tại chỗ và gọi y tế.',
    en: 'This person is on the epidemic watch list: stop them, keep them apart and call the health station.',
  },
  NUMBER_CONTRADICTS: {
    vi: 'Số giấy tờ không khớp giới tính hoặc năm sinh.',
    en: 'The ID number contradicts sex or year of birth.',
  },
  PASS_REUSED: {
    vi: 'Mã này vừa được dùng ở đây hoặc ở chốt khác.',
    en: 'This pass was just used here or at another checkpoint.',
  },
  PASS_INVALID: {
    vi: 'Khi qua chốt, mã đã hết hạn hoặc đã rút.',
    en: 'The pass was expired or withdrawn when the person passed.',
  },
  ADVICE_OVERRIDDEN: {
    vi: 'Cho qua dù quy định khuyên từ chối.',
    en: 'Admitted although the rules advised to refuse.',
  },
  CLOCK_SKEW: { vi: 'Giờ của máy nhanh từ 2 đến 5 phút.', en: 'The device’s clock was 2 to 5 minutes ahead.' },
  DUPLICATE_PERSON: {
    vi: 'Người này vừa qua chốt bằng tờ khai khác.',
    en: 'This person just passed on another declaration.',
  },
  REGISTRY_MISMATCH: {
    vi: 'Cơ sở dữ liệu dân cư ghi khác hoặc không có người này: so kỹ với giấy tờ, rồi xử lý ở mục Cần kiểm tra.',
    en: 'The population database knows this person otherwise or not at all: compare closely with the card, then settle it under To check.',
  },
};
