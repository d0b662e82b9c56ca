import cookie from '@fastify/cookie';
import { fastifyApolloHandler } from '@as-integrations/fastify';
import type { ApolloServer } from '@apollo/server';
import Fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import type { CookieWriter, RequestContext } from '../graphql/context.ts';
import { Unavailable } from '../graphql/problems.ts';
import type { Logger } from '../observability/logger.ts';
import { refusal } from './refusal.ts';
import { refuseForeignOrigins, securityHeaders, setSecurityHeaders } from './security.ts';

/** Room for 500 passages with their passes' texts; anything larger is refused while it is read. */
const largestBody = 1_000_000;

export interface HttpOptions {
  apollo: ApolloServer<RequestContext>;
  logger: Logger;
  publicOrigin: string | null;
  trustProxy: boolean | string;
  /** Who comes with a token instead of a cookie: judged before the body is read. */
  door: (request: FastifyRequest, reply: FastifyReply) => Promise<void>;
  context: (
    request: FastifyRequest,
    reply: FastifyReply,
    cookies: CookieWriter,
    token: string | null,
  ) => Promise<RequestContext>;
}

const cookieName = 'cordon_session';

/** What a browser brings as its session; null where it brings none. */
export const sessionTokenOf = (request: FastifyRequest): string | null => request.cookies[cookieName] ?? null;

const deviceCookieName = 'cordon_device';

export async function createHttpServer(options: HttpOptions): Promise<FastifyInstance> {
  const { apollo, logger, publicOrigin } = options;
  const secure = publicOrigin?.startsWith('https:') ?? false;
  const app: FastifyInstance = Fastify({
    // What fails is logged below, in our words: the framework's own lines would carry the request.
    logger: false,
    bodyLimit: largestBody,
    trustProxy: options.trustProxy,
    requestTimeout: 30_000,
    // Who sends a byte now and then holds a connection no longer than that; Node looks every 30 s by itself.
    http: { headersTimeout: 10_000, connectionsCheckingInterval: 2_000 },
    frameworkErrors: (_error, request, reply) => sendFault(400, request, reply.headers(securityHeaders(secure))),
    // While it drains, an accepted request is still answered; a new connection is refused by the closed socket.
    return503OnClosing: false,
    forceCloseConnections: 'idle',
    // A server's own ids only: a client's text would reach the logs.
    requestIdHeader: false,
    genReqId: () => crypto.randomUUID(),
  });
  await app.register(cookie);
  setSecurityHeaders(app, secure);
  refuseForeignOrigins(app, publicOrigin);
  answerFaults(app, logger);
  letGoWhileDraining(app);

  await apollo.start();
  app.route({
    method: 'POST',
    url: '/graphql',
    onRequest: options.door,
    handler: fastifyApolloHandler(apollo, {
      context: (request, reply) =>
        options.context(request, reply, cookiesOf(request, reply, secure), sessionTokenOf(request)),
    }),
  });
  return app;
}

const longestDrainMs = 9_000;

/**
 * A connection that was busy when the draining began is closed after its answer: kept alive, it would hold up the end. Who
 * has not sent a whole request by the end of the longest transaction is cut off.
 */
function letGoWhileDraining(app: FastifyInstance): void {
  app.addHook('preClose', async () => void setTimeout(() => app.server.closeAllConnections(), longestDrainMs).unref());
  app.addHook('onSend', async (_, reply) => {
    if (!app.server.listening) void reply.header('connection', 'close');
  });
}

function cookiesOf(request: FastifyRequest, reply: FastifyReply, secure: boolean): CookieWriter {
  const attributes = { httpOnly: true, sameSite: 'strict', secure, path: '/' } as const;
  return {
    set: (token, expires) => void reply.setCookie(cookieName, token, { ...attributes, expires }),
    clear: () => void reply.clearCookie(cookieName, attributes).header('clear-site-data', '"cache"'),
    device: request.cookies[deviceCookieName] ?? null,
    setDevice: (value, expires) => void reply.setCookie(deviceCookieName, value, { ...attributes, expires }),
  };
}

const faultTexts: Record<number, { vi: string; en: string }> = {
  400: { vi: 'Yêu cầu không đọc được.', en: 'The request could not be read.' },
  401: { vi: 'Mã truy cập không hợp lệ hoặc đã hết hạn.', en: 'The access token is not valid, or no longer.' },
  403: { vi: 'Không có trang này.', en: 'There is no such page.' },
  404: { vi: 'Không có trang này.', en: 'There is no such page.' },
  405: { vi: 'Chỉ nhận yêu cầu POST.', en: 'Only POST is accepted.' },
  413: {
    vi: 'Yêu cầu quá lớn (tối đa 1 MB). Hãy gửi thành nhiều phần.',
    en: 'The request is too large (1 MB at most). Send it in parts.',
  },
  415: { vi: 'Cần gửi dạng JSON.', en: 'Send JSON.' },
  429: { vi: 'Đã gửi quá nhiều yêu cầu. Hãy đợi.', en: 'Too many requests. Wait a moment.' },
  503: new Unavailable('').texts,
};

const faultCodes: Record<number, string> = {
  401: 'UNAUTHENTICATED',
  413: 'TOO_LARGE',
  429: 'RATE_LIMITED',
  500: 'INTERNAL',
  503: 'UNAVAILABLE',
};

/** What fails before GraphQL answers in the same form as GraphQL, in the language asked for. */
function answerFaults(app: FastifyInstance, logger: Logger): void {
  // The framework's own answer would repeat the address.
  app.setNotFoundHandler(() => {
    throw refusal(404);
  });
  app.setErrorHandler(
    (error: { statusCode?: number; retryAfter?: number; name: string; code?: string }, request, reply) => {
      const status = statusOf(error);
      if (status >= 500)
        logger.error({ requestId: request.id, error: error.name, code: error.code }, 'a request failed');
      sendFault(status, request, reply, error.retryAfter);
    },
  );
}

function statusOf(error: { statusCode?: number }): number {
  if (error instanceof Unavailable) return 503;
  return error.statusCode && error.statusCode >= 400 && error.statusCode < 500 ? error.statusCode : 500;
}

function sendFault(status: number, request: FastifyRequest, reply: FastifyReply, retryAfter?: number): void {
  const english = (request.headers['accept-language'] ?? '').trimStart().toLowerCase().startsWith('en');
  const text = faultTexts[status] ?? { vi: 'Hệ thống gặp lỗi. Hãy thử lại.', en: 'Something went wrong. Try again.' };
  const extensions = {
    code: faultCodes[status] ?? 'BAD_REQUEST',
    ...(status === 500 ? { requestId: request.id } : {}),
    ...(retryAfter === undefined ? {} : { retryAfter }),
  };
  void reply.status(status).send({ errors: [{ message: english ? text.en : text.vi, extensions }] });
}
