import type { Locale } from '../../platform/graphql/locale.ts';
import { SecondFactorRequired, SignInFailed } from '../account-results.entity.ts';
import type { NotProven } from './prove-identity.ts';

const texts = {
  PASSWORD: {
    vi: 'Tên đăng nhập hoặc mật khẩu chưa đúng.',
    en: 'The user name or the password is not right.',
  },
  CODE: {
    vi: 'Mã xác thực chưa đúng hoặc đã dùng rồi. Hãy đợi mã mới, hoặc dùng một mã khôi phục.',
    en: 'The code is not right, or was used before. Wait for the next one, or use a recovery code.',
  },
  CODE_NEEDED: {
    vi: 'Nhập mã trong ứng dụng xác thực, hoặc một mã khôi phục.',
    en: 'Enter the code of your authenticator app, or a recovery code.',
  },
} as const;

const waitText = (seconds: number, locale: Locale) =>
  locale === 'vi' ? `Hãy đợi ${seconds} giây rồi thử lại.` : `Wait ${seconds} s, then try again.`;

export function toProblem(outcome: NotProven, locale: Locale): SignInFailed | SecondFactorRequired {
  if (outcome.kind === 'CODE_NEEDED')
    return Object.assign(new SecondFactorRequired(), { message: texts.CODE_NEEDED[locale] });
  const { wrong, retryAfter } = outcome;
  const wait = retryAfter === null ? [] : [waitText(retryAfter, locale)];
  return Object.assign(new SignInFailed(), { message: [texts[wrong][locale], ...wait].join(' '), retryAfter });
}
