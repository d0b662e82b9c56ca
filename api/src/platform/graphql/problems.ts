import { GraphQLError } from 'graphql';
import type { Locale } from './locale.ts';

type Texts = Record<Locale, string>;

/**
 * A fault with a stable code. Its texts are in both languages, and one place (format-error.ts) picks the reader's.
 * Everything else that is thrown is a bug or an outage and leaves as INTERNAL with a request id and nothing else.
 */
export class Fault extends GraphQLError {
  readonly texts: Texts;

  constructor(code: string, texts: Texts, extensions: Record<string, unknown> = {}, cause?: unknown) {
    super(texts.en, {
      extensions: { code, ...extensions },
      ...(cause instanceof Error ? { originalError: cause } : {}),
    });
    this.texts = texts;
  }
}

export const unauthenticated = () =>
  new Fault('UNAUTHENTICATED', { vi: 'Hãy đăng nhập rồi thử lại.', en: 'Sign in, then try again.' });

export const forbidden = () =>
  new Fault('FORBIDDEN', { vi: 'Tài khoản này không được làm việc đó.', en: 'This account may not do that.' });

export const notFound = () =>
  new Fault('NOT_FOUND', { vi: 'Không tìm thấy trong phạm vi của bạn.', en: 'Not found within your jurisdiction.' });

export const rateLimited = (retryAfter: number) =>
  new Fault(
    'RATE_LIMITED',
    { vi: `Quá nhiều lần thử. Hãy đợi ${retryAfter} giây.`, en: `Too many tries. Wait ${retryAfter} seconds.` },
    { retryAfter },
  );

/** Bad input: one message a path, in the reader's language. */
export const badInput = (fields: Record<string, Texts>) =>
  new Fault(
    'BAD_USER_INPUT',
    { vi: 'Dữ liệu chưa đúng, hãy xem từng mục.', en: 'Some input is not right; see each field.' },
    { texts: fields },
  );

export class Unavailable extends Fault {
  constructor(reason: string, options: { cause?: unknown } = {}) {
    super(
      'UNAVAILABLE',
      { vi: 'Hệ thống đang bận. Hãy thử lại sau ít giây.', en: 'The system is busy. Try again in a few seconds.' },
      {},
      options.cause ?? new Error(reason),
    );
  }
}
