import type { FastifyInstance, FastifyRequest } from 'fastify';

// wasm-unsafe-eval: the code reader of the officer's page is WebAssembly (findings/libraries.md row 7a).
const contentPolicy = [
  "default-src 'self'",
  "script-src 'self' 'wasm-unsafe-eval'",
  "style-src 'self'",
  "img-src 'self' data: blob:",
  "connect-src 'self'",
  "worker-src 'self' blob:",
  "object-src 'none'",
  "base-uri 'none'",
  "form-action 'self'",
  "frame-ancestors 'none'",
].join('; ');

/** What every answer has, that of an address which could not be read too. */
export const securityHeaders = (secure: boolean): Record<string, string> => ({
  'content-security-policy': contentPolicy,
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'x-frame-options': 'DENY',
  'permissions-policy': 'camera=(self), geolocation=(self), microphone=()',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  ...(secure ? { 'strict-transport-security': 'max-age=31536000; includeSubDomains' } : {}),
});

export function setSecurityHeaders(app: FastifyInstance, secure: boolean): void {
  app.addHook('onRequest', async (request, reply) => {
    reply.headers(securityHeaders(secure));
    if (request.url.startsWith('/graphql')) reply.header('cache-control', 'no-store');
  });
}

export const isUpgrade = ({ headers }: FastifyRequest): boolean => headers.upgrade?.toLowerCase() === 'websocket';

/**
 * A browser tells where a POST or a WebSocket comes from: one from elsewhere is refused before it is read. Apps send no Origin.
 */
export function refuseForeignOrigins(app: FastifyInstance, publicOrigin: string | null): void {
  app.addHook('onRequest', async (request, reply) => {
    const { origin, host } = request.headers;
    if (!origin || (request.method !== 'POST' && !isUpgrade(request))) return;
    const own = publicOrigin ?? `${request.protocol}://${host}`;
    if (origin === own) return;
    await reply
      .status(403)
      .send({ errors: [{ message: 'Requests from another site are refused.', extensions: { code: 'FORBIDDEN' } }] });
  });
}
