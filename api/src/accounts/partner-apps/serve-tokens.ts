import middie from '@fastify/middie';
import type { FastifyInstance } from 'fastify';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { securityHeaders } from '../../platform/http/security.ts';
import { TokenEndpoint, type TokenParts } from './token-endpoint.ts';
import { TokenTries } from './token-tries.ts';

/** POST /oauth/token: client credentials by client_secret_basic. No other address of the provider is reached. */
export async function serveTokens(app: FastifyInstance, parts: TokenParts, secure: boolean): Promise<void> {
  const endpoint = new TokenEndpoint(parts);
  const tries = new TokenTries();
  const headers = { ...securityHeaders(secure), 'cache-control': 'no-store' };
  await app.register(middie);
  app.use('/oauth', (request: IncomingMessage & { ip?: string }, response: ServerResponse, next: () => void) => {
    if (request.url !== '/token' || request.method !== 'POST') return next();
    for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
    void answer(request, response);
  });

  async function answer(request: IncomingMessage & { ip?: string }, response: ServerResponse): Promise<void> {
    const attempt = await tries.begin(request.ip ?? '', request.headers.authorization ?? '');
    if (attempt.wait !== null) return refuse(response, attempt.wait);
    response.once('finish', () => void (response.statusCode === 401 ? attempt.failed() : undefined));
    await endpoint.handle(request, response);
  }
}

function refuse(response: ServerResponse, retryAfter: number): void {
  response.writeHead(429, { 'content-type': 'application/json; charset=utf-8', 'retry-after': String(retryAfter) });
  response.end(JSON.stringify({ error: 'slow_down', error_description: `too many tries, wait ${retryAfter} seconds` }));
}
