import { GraphQLError, type GraphQLFormattedError } from 'graphql';
import type { Locale } from './locale.ts';
import { Fault } from './problems.ts';

const requestFaults = new Set([
  'GRAPHQL_PARSE_FAILED',
  'GRAPHQL_VALIDATION_FAILED',
  'BAD_REQUEST',
  'TOO_COMPLEX',
  'OPERATION_RESOLUTION_FAILURE',
  'PERSISTED_QUERY_NOT_FOUND',
  'PERSISTED_QUERY_NOT_SUPPORTED',
]);
// The value that was sent must not come back: it may be a person's number. Suggestions would tell the schema.
const coercion =
  /^Variable "\$(\w+)" (?:got invalid value [\s\S]*?(?: at "([^"]+)")?; ([\s\S]*)|of (?:non-null|required) type .*)$/;

export function faultBehind(error: unknown): Fault | null {
  for (let cause = error; cause instanceof Error; cause = (cause as { originalError?: unknown }).originalError) {
    if (cause instanceof Fault) return cause;
  }
  return null;
}

/** Turns every error into its public form: texts in the reader's language, stable codes, nothing of our insides. */
export function formatError(
  formatted: GraphQLFormattedError,
  error: unknown,
  locale: Locale,
  requestId: string,
): GraphQLFormattedError {
  const fault = faultBehind(error);
  if (fault) return formatFault(fault, locale, formatted.path);
  if (coercion.test(formatted.message)) return formatCoercion(error, formatted.message, locale);
  const code = formatted.extensions?.['code'];
  if (typeof code === 'string' && requestFaults.has(code)) {
    return { message: stripInsides(formatted.message), ...place(formatted), extensions: { code } };
  }
  const message = locale === 'vi' ? 'Hệ thống gặp lỗi. Hãy thử lại.' : 'Something went wrong. Try again.';
  // Apollo cannot format the compiled executor's own errors and leaves their path behind.
  const path = formatted.path ?? (error instanceof GraphQLError ? error.path : undefined);
  return { message, ...(path ? { path } : {}), extensions: { code: 'INTERNAL', requestId } };
}

const place = ({ locations, path }: GraphQLFormattedError) => ({
  ...(locations ? { locations } : {}),
  ...(path ? { path } : {}),
});

/** Names of the schema stay, which help who writes a query; texts and numbers may be a person's. */
function stripInsides(message: string): string {
  return message
    .replace(/ ?Did you mean [\s\S]*$/, '')
    .replace(/"((?:\\.|[^"\\])*)"/g, (quoted, text: string) => (/^[$@]?[\w.![\]]{1,39}$/.test(text) ? quoted : '"…"'))
    .replace(/\d{6,}/g, '…')
    .replace(/Maximum call stack size exceeded/, 'Nested too deeply.');
}

function formatFault(fault: Fault, locale: Locale, path: GraphQLFormattedError['path']): GraphQLFormattedError {
  const { texts, ...extensions } = fault.extensions;
  const fields =
    texts &&
    Object.fromEntries(
      Object.entries(texts as Record<string, Record<Locale, string>>).map(([key, text]) => [key, text[locale]]),
    );
  return {
    message: fault.texts[locale],
    ...(path ? { path } : {}),
    extensions: { ...extensions, ...(fields ? { fields } : {}) },
  };
}

function formatCoercion(error: unknown, message: string, locale: Locale): GraphQLFormattedError {
  const [, variable = '', at, why = ''] = coercion.exec(message) ?? [];
  const path = (at ?? variable).replace(/\[(\d+)\]/g, '.$1');
  const expected = expectation(error, why, locale);
  const text = locale === 'vi' ? 'Dữ liệu chưa đúng, hãy xem từng mục.' : 'Some input is not right; see each field.';
  return { message: text, extensions: { code: 'BAD_USER_INPUT', fields: { [path]: expected } } };
}

function expectation(error: unknown, why: string, locale: Locale): string {
  const cause = error instanceof GraphQLError ? (error.originalError ?? error) : error;
  const texts =
    cause instanceof GraphQLError ? (cause.extensions['expected'] as Record<Locale, string> | undefined) : undefined;
  if (texts) return texts[locale];
  return expectationOf(why)[locale];
}

function expectationOf(why: string): Record<Locale, string> {
  const [, field] = /Field "(\w+)" of required/.exec(why) ?? [];
  if (field) return { vi: `Thiếu trường ${field}.`, en: `Field ${field} is missing.` };
  // Its name is the client's own text, and is not repeated.
  if (/is not defined by type/.test(why)) {
    return { vi: 'Có trường không được biết ở đây.', en: 'It has a field that is not known here.' };
  }
  const [, typeName] = /[Ee]xpected (?:non-nullable )?type "?([\w!\[\]]+)"?/.exec(why) ?? [];
  if (typeName) return { vi: `Cần kiểu ${typeName}.`, en: `Expected ${typeName}.` };
  return { vi: 'Thiếu giá trị hoặc sai kiểu.', en: 'A value is missing or of another type.' };
}
