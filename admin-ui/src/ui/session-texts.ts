import { locale } from '../session/locale.ts';

const texts = {
  unknownDevice: { vi: 'Thiết bị không rõ', en: 'Unknown device' },
  here: { vi: 'Thiết bị này', en: 'This device' },
  wall: { vi: 'Màn hình tường', en: 'Wall screen' },
  lastSeen: { vi: 'Dùng lần cuối {moment}', en: 'Last used {moment}' },
  since: { vi: 'đăng nhập {moment}', en: 'signed in {moment}' },
  end: { vi: 'Đăng xuất', en: 'Sign out' },
  endNamed: { vi: 'Đăng xuất {device}', en: 'Sign out {device}' },
  endOthers: { vi: 'Đăng xuất mọi thiết bị khác', en: 'Sign out all other devices' },
  ended: { vi: 'Đã đăng xuất {device}.', en: '{device} is signed out.' },
  endedOthers: { vi: 'Đã đăng xuất {count} thiết bị khác.', en: 'Other devices signed out: {count}.' },
  alone: {
    vi: 'Không có nơi nào khác đang đăng nhập bằng tài khoản này.',
    en: 'Nobody is signed in to this account anywhere else.',
  },
  loading: { vi: 'Đang tải…', en: 'Loading…' },
  offline: {
    vi: 'Chưa liên lạc được với máy chủ nên chưa biết. Kiểm tra mạng rồi thử lại.',
    en: 'The server cannot be reached, so it is not known. Check the network, then try again.',
  },
  again: { vi: 'Thử lại', en: 'Try again' },
} as const;

export function sessionText(key: keyof typeof texts, values: Record<string, string | number> = {}): string {
  return texts[key][locale.value].replace(/\{(\w+)\}/g, (_, name: string) => String(values[name] ?? ''));
}
