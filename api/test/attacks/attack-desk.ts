import { connect } from 'node:net';
import type { GraphQLAnswer, TestServer } from '../server.ts';

/** The stable code of the first error, undefined where there is none. */
export const codeOf = (answer: Pick<GraphQLAnswer<unknown>, 'errors'>): unknown =>
  answer.errors?.[0]?.extensions['code'];

export const isOurs = (code: unknown): boolean => code === 'INTERNAL' || code === 'UNAVAILABLE';

export const post = (server: TestServer, body: string, headers: Record<string, string> = {}): Promise<Response> =>
  fetch(`${server.url}/graphql`, { method: 'POST', headers: { 'content-type': 'application/json', ...headers }, body });

/** `field { field { … leaf } }`, so many levels deep. */
export const nested = (levels: number, field: string, leaf: string): string =>
  `${`${field} { `.repeat(levels)}${leaf}${' }'.repeat(levels)}`;

/** Sends bytes as they are, what no client library would send, and answers all that came until the connection ended. */
export function sendBytes(server: TestServer, bytes: string): Promise<string> {
  return new Promise((resolve) => {
    let answer = '';
    const socket = connect(Number(new URL(server.url).port), '127.0.0.1', () => socket.write(bytes));
    socket.setEncoding('utf8').on('data', (text: string) => (answer += text));
    socket.on('error', () => undefined).on('close', () => resolve(answer));
  });
}

export const statusOf = (answer: string): number => Number(/^HTTP\/1\.1 (\d{3})/.exec(answer)?.[1]);

/** A request of raw bytes with a body of JSON. */
export const jsonRequest = (body: string, headers = `content-length: ${Buffer.byteLength(body)}`): string =>
  [
    `POST /graphql HTTP/1.1`,
    'host: localhost',
    'connection: close',
    'content-type: application/json',
    headers,
    '',
    body,
  ].join('\r\n');
