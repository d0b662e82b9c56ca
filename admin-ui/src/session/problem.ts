import type { GraphqlError } from './graphql-client.ts';

/** What went wrong with a request, in the reader's words where the server gave some. */
export interface RequestProblem {
  /** OFFLINE: no answer came. Else `errors[].extensions.code`: UNAUTHENTICATED, FORBIDDEN, BAD_USER_INPUT, RATE_LIMITED… */
  code: string;
  message: string;
  /** Of BAD_USER_INPUT: a text for each path of the input. */
  fields: Record<string, string>;
  retryAfterSeconds: number | null;
  requestId: string | null;
}

/** No answer came at all. */
export const unanswered: RequestProblem = {
  code: 'OFFLINE',
  message: '',
  fields: {},
  retryAfterSeconds: null,
  requestId: null,
};

export function readProblem(error: GraphqlError): RequestProblem {
  const [first] = error.graphQLErrors;
  const { code, fields, retryAfter, requestId } = first?.extensions ?? {};
  return {
    code: typeof code === 'string' ? code : error.networkError ? 'OFFLINE' : 'INTERNAL',
    message: first?.message ?? '',
    fields: isTexts(fields) ? fields : {},
    retryAfterSeconds: typeof retryAfter === 'number' ? retryAfter : null,
    requestId: typeof requestId === 'string' ? requestId : null,
  };
}

function isTexts(value: unknown): value is Record<string, string> {
  return typeof value === 'object' && value !== null && Object.values(value).every((text) => typeof text === 'string');
}
