import type { FastifyInstance } from 'fastify';
import type { GraphQLSchema } from 'graphql';
import type { Registry } from 'prom-client';
import type { Sessions } from './accounts/sessions/sessions.service.ts';
import type { Config } from './config.ts';
import type { Parts } from './declarations/declarations.service.ts';
import type { PassIssuer } from './passes/pass-issuer.service.ts';
import type { Bus } from './platform/bus/bus.ts';
import { NatsBus } from './platform/bus/nats-bus.ts';
import { Notices } from './platform/bus/notices.ts';
import { ownBus } from './platform/bus/own-bus.ts';
import type { Database } from './platform/database/database.ts';
import type { Logger } from './platform/observability/logger.ts';
import { serveSockets } from './platform/sockets/serve-sockets.ts';
import { rightsOf, type Viewer } from './policy/viewer.ts';
import { contextOfSocket, type ContextParts } from './request-context.ts';
import { TrafficHub } from './traffic/traffic-hub.ts';

/** What this node hears and tells, and what it makes of it for screens. */
export interface Live {
  /** What this node tells the others. */
  bus: Bus;
  /** What the worker tells all nodes. */
  notices: Notices;
  hub: TrafficHub;
}

interface LiveParts {
  database: Database;
  /** Where notices are heard: a connection of their own. */
  databaseUrl: string;
  parts: Parts;
  issuer: PassIssuer;
  logger: Logger;
  registry: Registry;
}

/** Opens the bus, the notices and the flow; in a demo, people begin to pass. */
export async function openLive(
  config: Config,
  { database, databaseUrl, parts, issuer, logger, registry }: LiveParts,
  stops: Array<() => Promise<void>>,
): Promise<Live> {
  const bus = config.busUrl ? new NatsBus(config.busUrl, logger) : ownBus(logger);
  stops.push(() => bus.close());
  const notices = new Notices(databaseUrl, logger);
  stops.push(() => notices.close());
  const hub = new TrafficHub({
    database,
    bus,
    notices,
    logger,
    registry,
    // The units of today, also after a reform was brought.
    get territory() {
      return parts.territory;
    },
  });
  stops.push(() => hub.stop());
  if (config.demoTraffic > 0) {
    const { DemoTraffic } = await import('./demo/move-traffic.ts');
    const { territory } = parts;
    const moving = new DemoTraffic({ database, keys: config.keys, territory, issuer, bus, logger }, config.demoTraffic);
    stops.push(() => moving.stop());
  }
  return { bus, notices, hub };
}

interface LiveDoorParts extends ContextParts {
  schema: GraphQLSchema;
  sessions: Sessions;
  logger: Logger;
  registry: Registry;
}

/** The door of subscriptions: who comes in, and as whom they are served. */
export const serveLive = (
  app: FastifyInstance,
  { schema, sessions, logger, registry, ...context }: LiveDoorParts,
): Promise<void> =>
  serveSockets(app, {
    schema,
    logger,
    registry,
    viewerOf: (token) => sessions.viewerOf(token, new Date()),
    standing: (tokens) => sessions.viewersOf(tokens, new Date()),
    rightsOf: (viewer) => rightsOf(viewer as Viewer),
    contextOf: (opener) => contextOfSocket(context, opener),
  });
