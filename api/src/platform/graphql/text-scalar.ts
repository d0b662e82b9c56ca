import { GraphQLError, GraphQLScalarType, Kind } from 'graphql';
import type { Locale } from './locale.ts';

/** A scalar whose wire form is a string, read by one function that answers null for what it does not accept. */
export function textScalar(options: {
  name: string;
  description: string;
  read: (text: string) => string | null;
  /** What to write instead, in both languages; the value itself never comes back in an error. */
  expected: Record<Locale, string>;
}): GraphQLScalarType<string, string> {
  const parse = (value: unknown): string => {
    const read = typeof value === 'string' && value.length <= 64 ? options.read(value) : null;
    if (read === null) throw notExpected(options.expected);
    return read;
  };
  return new GraphQLScalarType({
    name: options.name,
    description: options.description,
    serialize: (value) => String(value),
    parseValue: parse,
    parseLiteral: (node) => parse(node.kind === Kind.STRING ? node.value : undefined),
  });
}

export function notExpected(expected: Record<Locale, string>): GraphQLError {
  return new GraphQLError(expected.en, { extensions: { code: 'BAD_USER_INPUT', expected } });
}
