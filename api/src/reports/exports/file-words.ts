import type { Locale } from '../../platform/graphql/locale.ts';

type Texts = Record<Locale, string>;

/** What stands in a cell for a word of the API, as the lists of the pages say it. */
export const words = {
  direction: { IN: { vi: 'Vào', en: 'In' }, OUT: { vi: 'Ra', en: 'Out' } },
  decision: {
    ADMITTED: { vi: 'Cho qua', en: 'Admitted' },
    REFUSED: { vi: 'Từ chối', en: 'Refused' },
    ISOLATED: { vi: 'Cách ly', en: 'Isolated' },
    VOID: { vi: 'Hủy', en: 'Void' },
  },
  advice: {
    ADMIT: { vi: 'Cho qua', en: 'Admit' },
    EXAMINE: { vi: 'Kiểm tra thêm', en: 'Examine' },
    REFUSE: { vi: 'Từ chối', en: 'Refuse' },
  },
  channel: {
    ONLINE: { vi: 'Trực tuyến', en: 'Online' },
    PAPER: { vi: 'Giấy', en: 'Paper' },
    ASSISTED: { vi: 'Khai hộ', en: 'Assisted' },
    PARTNER: { vi: 'Ứng dụng khác', en: 'Another app' },
  },
  vehicle: {
    ON_FOOT: { vi: 'Đi bộ', en: 'On foot' },
    BICYCLE: { vi: 'Xe đạp', en: 'Bicycle' },
    MOTORBIKE: { vi: 'Xe máy', en: 'Motorbike' },
    CAR: { vi: 'Ô tô con', en: 'Car' },
    COACH: { vi: 'Xe khách', en: 'Coach' },
    TRUCK: { vi: 'Xe tải', en: 'Truck' },
    TRAIN: { vi: 'Tàu hỏa', en: 'Train' },
    BOAT: { vi: 'Tàu thuyền', en: 'Boat' },
    AIRCRAFT: { vi: 'Máy bay', en: 'Aircraft' },
  },
  evidence: {
    QR_AND_CARD: { vi: 'Mã QR và giấy tờ', en: 'QR code and card' },
    CARD_ONLY: { vi: 'Chỉ giấy tờ', en: 'Card only' },
    PAPER_AND_CARD: { vi: 'Tờ khai giấy và giấy tờ', en: 'Paper form and card' },
    NO_CARD: { vi: 'Không có giấy tờ', en: 'No card' },
  },
  purpose: {
    WORK: { vi: 'Công việc', en: 'Work' },
    HOME: { vi: 'Về nhà', en: 'Going home' },
    MEDICAL: { vi: 'Khám chữa bệnh', en: 'Medical care' },
    GOODS: { vi: 'Chở hàng', en: 'Carrying goods' },
    OFFICIAL: { vi: 'Công vụ', en: 'Official duty' },
    STUDY: { vi: 'Học tập', en: 'Study' },
    FAMILY: { vi: 'Việc gia đình', en: 'Family matters' },
    OTHER: { vi: 'Việc khác', en: 'Other' },
  },
} as const satisfies Record<string, Record<string, Texts>>;

export const yes: Texts = { vi: 'Có', en: 'Yes' };
