import { GraphQLScalarType, Kind } from 'graphql';
import { notExpected, textScalar } from './text-scalar.ts';

const localDatePattern = /^\d{4}-\d{2}-\d{2}$/;
const instantPattern = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,9})?)?(Z|[+-]\d{2}:\d{2})$/;

export const LocalDate = textScalar({
  name: 'LocalDate',
  description: 'A day of the calendar in Asia/Ho_Chi_Minh, for example 2021-08-23.',
  expected: { vi: 'Cần một ngày, ví dụ 2021-08-23.', en: 'Expected a day such as 2021-08-23.' },
  read: (text) =>
    localDatePattern.test(text) && new Date(`${text}T00:00:00Z`).toJSON()?.slice(0, 10) === text ? text : null,
});

function readInstant(value: unknown): Date {
  const instant = typeof value === 'string' && instantPattern.test(value) ? new Date(value) : null;
  if (!instant || Number.isNaN(instant.getTime())) {
    throw notExpected({
      vi: 'Cần một thời điểm, ví dụ 2021-08-23T07:05:00Z.',
      en: 'Expected a moment such as 2021-08-23T07:05:00Z.',
    });
  }
  return instant;
}

export const DateTime = new GraphQLScalarType<Date, string>({
  name: 'DateTime',
  description: 'A moment, RFC 3339 in UTC, for example 2021-08-23T07:05:00.000Z.',
  serialize: (value) => (value instanceof Date ? value.toISOString() : String(value)),
  parseValue: readInstant,
  parseLiteral: (node) => readInstant(node.kind === Kind.STRING ? node.value : undefined),
});
