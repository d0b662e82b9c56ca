import { locale } from '../session/locale.ts';

const texts = {
  username: { vi: 'Tên đăng nhập', en: 'User name' },
  password: { vi: 'Mật khẩu', en: 'Password' },
  signIn: { vi: 'Đăng nhập', en: 'Sign in' },
  usernameMissing: { vi: 'Hãy nhập tên đăng nhập.', en: 'Enter your user name.' },
  passwordMissing: { vi: 'Hãy nhập mật khẩu.', en: 'Enter your password.' },
  offline: {
    vi: 'Chưa liên lạc được với máy chủ. Kiểm tra mạng rồi thử lại.',
    en: 'The server cannot be reached. Check the network, then try again.',
  },
  waitSeconds: { vi: 'Thử lại được sau {count} giây.', en: 'You can try again in {count} s.' },
  choosePassword: { vi: 'Đặt mật khẩu của bạn', en: 'Choose your own password' },
  choosePasswordWhy: {
    vi: 'Mật khẩu được cấp chỉ dùng một lần. Đặt mật khẩu mới mà chỉ bạn biết, rồi bắt đầu.',
    en: 'The password you were given works once. Choose one that only you know, then begin.',
  },
  changePassword: { vi: 'Đổi mật khẩu', en: 'Change password' },
  current: { vi: 'Mật khẩu hiện tại', en: 'Current password' },
  given: { vi: 'Mật khẩu được cấp', en: 'The password you were given' },
  next: { vi: 'Mật khẩu mới', en: 'New password' },
  nextHint: {
    vi: 'Ít nhất 10 ký tự; một câu ngắn dễ nhớ là tốt.',
    en: 'At least 10 characters; a short sentence is good.',
  },
  again: { vi: 'Nhập lại mật khẩu mới', en: 'The new password again' },
  tooShort: { vi: 'Cần ít nhất 10 ký tự.', en: 'At least 10 characters are needed.' },
  differs: { vi: 'Hai lần nhập chưa giống nhau.', en: 'The two are not the same.' },
  same: { vi: 'Hãy chọn mật khẩu khác mật khẩu cũ.', en: 'Choose another one than before.' },
  save: { vi: 'Lưu mật khẩu', en: 'Save password' },
  code: { vi: 'Mã xác thực', en: 'Code' },
  codeHint: {
    vi: '6 chữ số trong ứng dụng xác thực trên điện thoại của bạn.',
    en: '6 digits, in the authenticator app on your phone.',
  },
  codeMissing: { vi: 'Hãy nhập 6 chữ số.', en: 'Enter the 6 digits.' },
  recoveryCode: { vi: 'Mã khôi phục', en: 'Recovery code' },
  recoveryCodeHint: {
    vi: 'Một trong 10 mã bạn đã ghi lại; mỗi mã chỉ dùng một lần.',
    en: 'One of the 10 that you wrote down; each works once.',
  },
  recoveryCodeMissing: { vi: 'Hãy nhập một mã khôi phục.', en: 'Enter a recovery code.' },
  useRecoveryCode: { vi: 'Không có điện thoại? Dùng mã khôi phục', en: 'Without your phone? Use a recovery code' },
  useApp: { vi: 'Dùng mã trong ứng dụng', en: 'Use a code of the app' },
  somebodyElse: { vi: 'Đăng nhập bằng tài khoản khác', en: 'Sign in with another account' },
  show: { vi: 'Hiện mật khẩu', en: 'Show the password' },
} as const;

export function signInText(key: keyof typeof texts, count?: number): string {
  return texts[key][locale.value].replace('{count}', String(count ?? ''));
}
