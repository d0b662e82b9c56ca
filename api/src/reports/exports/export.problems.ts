import { Fault } from '../../platform/graphql/problems.ts';
import type { Locale } from '../../platform/graphql/locale.ts';
import type { ExportFailure } from './export.row.ts';

type Texts = Record<Locale, string>;

export const failureTexts: Record<ExportFailure, Texts> = {
  NO_RIGHT: {
    vi: 'Khi máy chủ làm tệp, tài khoản này không còn quyền xem danh sách.',
    en: 'When the file was to be made, this account could no longer see the list.',
  },
  TOO_MANY_ROWS: {
    vi: 'Các điều kiện tìm thấy quá nhiều dòng cho một tệp. Hãy thêm điều kiện, ví dụ ít ngày hơn.',
    en: 'The conditions find too many rows for one file. Add a condition, for example fewer days.',
  },
  INTERRUPTED: {
    vi: 'Máy chủ làm tệp không xong sau nhiều lần thử. Hãy yêu cầu lại.',
    en: 'The file could not be made after several tries. Ask for it again.',
  },
};

export const notV7Text: Texts = { vi: 'Mã phải là UUIDv7.', en: 'The id must be a UUIDv7.' };
export const idReusedText: Texts = {
  vi: 'Mã này đã dùng cho một tệp khác.',
  en: 'This id stands for another file.',
};

/** Nobody fills the disk with files: the oldest is deleted, or expires, before another is made. */
export const tooManyFiles = (most: number) =>
  new Fault(
    'RATE_LIMITED',
    {
      vi: `Bạn đang có ${most} tệp. Hãy xóa một tệp hoặc đợi tệp cũ hết hạn.`,
      en: `You have ${most} files already. Delete one, or wait until one expires.`,
    },
    { retryAfter: 60 },
  );
