import websocket from '@fastify/websocket';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { ContextViewer } from '../graphql/context.ts';
import { readLocale } from '../graphql/locale.ts';
import { Unavailable } from '../graphql/problems.ts';
import { refusal } from '../http/refusal.ts';
import { isUpgrade } from '../http/security.ts';
import { sessionTokenOf } from '../http/server.ts';
import type { Opener } from './live-socket.ts';
import { RightsWatch, type RightsParts } from './rights-watch.ts';
import { SocketHall, type HallParts } from './socket-hall.ts';

export interface SocketParts extends HallParts, RightsParts {
  viewerOf(token: string): Promise<ContextViewer | null>;
}

const largestMessage = 64 * 1024;
const mostSocketsOfAccount = 100;

/**
 * Subscriptions by the protocol of graphql-ws, on the address and port of everything else. Who is not signed in is refused before
 * anything is upgraded, with a status as over HTTP.
 */
export async function serveSockets(app: FastifyInstance, parts: SocketParts): Promise<void> {
  const hall = new SocketHall(parts);
  const rights = new RightsWatch(hall.sockets, parts);
  const openers = new WeakMap<FastifyRequest, Opener>();
  await app.register(websocket, {
    // Compressed, every reader would need a frame of its own.
    options: { maxPayload: largestMessage, perMessageDeflate: false },
    preClose: (done) => {
      rights.stop();
      hall.drain();
      done();
    },
  });
  // An answer means that nothing was upgraded; left open, the connection would hold up the end of this node.
  app.addHook('onResponse', async (request) => {
    if (isUpgrade(request)) request.raw.socket.destroySoon();
  });
  app.route({
    method: 'GET',
    url: '/graphql',
    preValidation: async (request) => {
      if (isUpgrade(request)) openers.set(request, await openerOf(request, parts, hall));
    },
    // An address is written down by every proxy on the way: no query and no number stands in one.
    handler: async (_, reply) => {
      void reply.header('allow', 'POST');
      throw refusal(405);
    },
    wsHandler: (socket, request) => {
      const opener = openers.get(request);
      if (opener) hall.open(socket, opener);
      else socket.close();
    },
  });
}

async function openerOf(request: FastifyRequest, parts: SocketParts, hall: SocketHall): Promise<Opener> {
  const token = sessionTokenOf(request);
  const viewer = token ? await parts.viewerOf(token) : null;
  if (hall.isDraining) throw new Unavailable('This node is ending.');
  if (!token || !viewer) throw refusal(401);
  if (hall.held(viewer.accountId) >= mostSocketsOfAccount) throw refusal(429);
  return {
    token,
    viewer,
    locale: readLocale(request.headers['accept-language']),
    ip: request.ip,
    userAgent: request.headers['user-agent'] ?? '',
  };
}
