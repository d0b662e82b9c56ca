import type { FastifyRequest } from 'fastify';

export type Sent = { kind: 'NONE' } | { kind: 'UNREADABLE' } | { kind: 'NO_TOKEN' } | { kind: 'TOKEN'; token: string };

const tokenForm = /^Bearer ([\w-]+\.[\w-]+\.[\w-]+)$/i;

/** The token of a request, by its one Authorization header; other schemes are none of ours. */
export function bearerOf({ headers, raw }: FastifyRequest): Sent {
  // Node keeps the first of two: whoever stands before us may have read the other.
  const times = raw.rawHeaders.filter((name, at) => at % 2 === 0 && name.toLowerCase() === 'authorization').length;
  if (times > 1) return { kind: 'UNREADABLE' };
  const { authorization } = headers;
  if (authorization === undefined || !/^\s*bearer\b/i.test(authorization)) return { kind: 'NONE' };
  const token = tokenForm.exec(authorization)?.[1];
  return token ? { kind: 'TOKEN', token } : { kind: 'NO_TOKEN' };
}

export const holdsTokenInAddress = (url: string): boolean => /[?&](access_token|authorization|token)=/i.test(url);
