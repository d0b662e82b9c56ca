import type { FastifyRequest } from 'fastify';
import type { PartnerDoor } from './accounts/partner-apps/partner-door.ts';
import type { Sessions } from './accounts/sessions/sessions.service.ts';
import type { AuditWriter } from './platform/audit/audit-writer.ts';
import { RequestTrail } from './platform/audit/request-trail.ts';
import type { Database } from './platform/database/database.ts';
import type { CookieWriter } from './platform/graphql/context.ts';
import { Loaders } from './platform/graphql/loaders.ts';
import { readLocale } from './platform/graphql/locale.ts';
import { unauthenticated } from './platform/graphql/problems.ts';
import { RequestTransactions } from './platform/graphql/request-transactions.ts';
import type { Opener } from './platform/sockets/live-socket.ts';
import { auditActorOf, type Context, type Viewer } from './policy/viewer.ts';

export interface ContextParts {
  database: Database;
  writer: AuditWriter;
}

interface RequestParts extends ContextParts {
  sessions: Sessions;
  door: PartnerDoor;
}

/** What resolvers are given of a request: who asks, by cookie or by a partner app's token, and how. */
export async function contextOfRequest(
  { sessions, door, ...parts }: RequestParts,
  request: FastifyRequest,
  cookies: CookieWriter,
  token: string | null,
): Promise<Context> {
  const at = new Date();
  const visit = door.visitOf(request);
  const viewer = visit?.viewer ?? (token ? await sessions.viewerOf(token, at) : null);
  return contextOf(parts, {
    requestId: request.id,
    locale: readLocale(request.headers['accept-language']),
    ip: request.ip,
    userAgent: request.headers['user-agent'] ?? '',
    at,
    viewer,
    sessionToken: token,
    cookies,
    metered: visit,
  });
}

/** What only a request has, and an event has not. */
const ofSockets = {
  sessionToken: null,
  metered: null,
  cookies: { set: () => undefined, clear: () => undefined, device: null, setDevice: () => undefined },
};

/** The same for a subscription and each of its events, by who opened the socket. */
export const contextOfSocket = (parts: ContextParts, { locale, ip, userAgent, viewer }: Opener): Context =>
  contextOf(parts, {
    requestId: crypto.randomUUID(),
    locale,
    ip,
    userAgent,
    at: new Date(),
    viewer: viewer as Viewer,
    ...ofSockets,
  });

type Asking = Omit<Context, 'transactions' | 'loaders' | 'trail' | 'transaction'>;

function contextOf({ database, writer }: ContextParts, asking: Asking): Context {
  const { viewer } = asking;
  const transactions = new RequestTransactions(database);
  return {
    ...asking,
    transactions,
    loaders: new Loaders(),
    trail: new RequestTrail(viewer && auditActorOf(viewer), writer, asking.ip),
    transaction(scope) {
      const rowScope = scope ?? viewer?.rowScope;
      if (!rowScope) throw unauthenticated();
      return transactions.within(rowScope);
    },
  };
}
