import { locale } from '../session/locale.ts';

const texts = {
  unitHint: {
    vi: 'Gõ vài chữ tên xã, huyện hoặc tỉnh, không cần dấu',
    en: 'Type a few letters of the commune, district or province',
  },
  unitNone: {
    vi: 'Không tìm thấy. Thử tên khác, ví dụ “quang xuong”.',
    en: 'Nothing found. Try another name, such as “quang xuong”.',
  },
  unitOffline: {
    vi: 'Chưa có mạng nên chưa tìm được. Hãy thử lại.',
    en: 'No network, so nothing can be searched. Try again.',
  },
  unitFormerly: { vi: 'trước là {name}', en: 'formerly {name}' },
  unitPick: { vi: 'Hãy chọn một nơi trong danh sách.', en: 'Choose a place from the list.' },
  unitFound: { vi: 'Có {count} kết quả', en: '{count} results' },
  optional: { vi: 'không bắt buộc', en: 'optional' },
} as const;

/** The few words that shared components say themselves, for surfaces with i18n of their own. */
export function uiText(key: keyof typeof texts, count?: number, name = ''): string {
  return texts[key][locale.value].replace('{count}', String(count ?? '')).replace('{name}', name);
}
