import { GraphQLScalarType } from 'graphql';
import { notExpected } from './text-scalar.ts';

const base64 = /^[A-Za-z0-9+/]+={0,2}$/;

function parse(value: unknown): Buffer {
  if (typeof value === 'string' && base64.test(value)) return Buffer.from(value, 'base64');
  throw notExpected({ vi: 'Không nhận được tệp. Hãy chọn lại.', en: 'The file did not arrive. Choose it again.' });
}

/** As long as a request may be: the bound of other texts is not for it (input-bounds.ts). */
export const FileContent = new GraphQLScalarType<Buffer, string>({
  name: 'FileContent',
  description: 'The bytes of a file as base64, sent as a variable; the whole request is 1 MB at most.',
  serialize: (value) => (value as Buffer).toString('base64'),
  parseValue: parse,
  parseLiteral: () => parse(undefined),
});
