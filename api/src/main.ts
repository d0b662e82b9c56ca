import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { FastifyRequest } from 'fastify';
import pg from 'pg';
import { notePartnerErrors } from './accounts/partner-apps/note-errors.plugin.ts';
import { PartnerDoor } from './accounts/partner-apps/partner-door.ts';
import { serveTokens } from './accounts/partner-apps/serve-tokens.ts';
import { createSessions, type Sessions } from './accounts/sessions/sessions.service.ts';
import { announce } from './announce.ts';
import { composeSchema } from './compose.ts';
import type { Config } from './config.ts';
import type { SimulatorAddresses } from './demo/registry/start-simulator.ts';
import { entities } from './entities.ts';
import { holdKeys } from './hold-keys.ts';
import { refuseDemoData } from './demo/refuse-demo-data.ts';
import type { Parts } from './declarations/declarations.service.ts';
import { SubmissionLoad } from './declarations/submission-load.ts';
import { WorkToll } from './declarations/work-toll.ts';
import { serveReportFiles } from './reports/files/serve-report-files.service.ts';
import { serveExports } from './reports/exports/serve-exports.service.ts';
import { closeDaysOf } from './partners/close-days.service.ts';
import { PassIssuer } from './passes/pass-issuer.service.ts';
import { serveTrustList } from './passes/trust-list.route.ts';
import { TrustLists } from './passes/trust-list.service.ts';
import { TokenKeys } from './platform/crypto/token-keys.ts';
import type { KeyHolder } from './platform/crypto/key-holders.ts';
import { AuditWriter } from './platform/audit/audit-writer.ts';
import { RequestTrail } from './platform/audit/request-trail.ts';
import { NatsBus } from './platform/bus/nats-bus.ts';
import { Notices } from './platform/bus/notices.ts';
import { ownBus } from './platform/bus/own-bus.ts';
import { openDatabase, withRole, type Database } from './platform/database/database.ts';
import { startEmbeddedPostgres } from './platform/database/embedded-postgres.ts';
import { migrate } from './platform/database/migrate.ts';
import { openRegistry } from './open-registry.ts';
import { createApollo } from './platform/graphql/apollo.ts';
import type { CookieWriter } from './platform/graphql/context.ts';
import { Loaders } from './platform/graphql/loaders.ts';
import { readLocale } from './platform/graphql/locale.ts';
import { unauthenticated } from './platform/graphql/problems.ts';
import { RequestTransactions } from './platform/graphql/request-transactions.ts';
import { serveHealth } from './platform/http/health.ts';
import { servePages } from './platform/http/pages.ts';
import { createHttpServer } from './platform/http/server.ts';
import type { Logger } from './platform/observability/logger.ts';
import { Metrics, operationMetrics } from './platform/observability/metrics.ts';
import { serveSockets } from './platform/sockets/serve-sockets.ts';
import { auditActorOf, rightsOf, type Context, type Viewer } from './policy/viewer.ts';
import { seedUnits } from './territory/seed-units.ts';
import { TerritoryWatch } from './territory/territory-watch.service.ts';
import { TrafficHub } from './traffic/traffic-hub.ts';
import { startWorkerRole } from './worker-role.ts';

export interface Running {
  url: string;
  /** The owner's connection, for tests and the demo. */
  ownerUrl: string;
  /** The demo's population database, where it was started. */
  simulator: SimulatorAddresses | null;
  stop(): Promise<void>;
}

const builtPages = fileURLToPath(new URL('../../admin-ui/dist/', import.meta.url));

/** Starts what ROLES asks for: Postgres where none is given, migrations, the API, the worker. Stops it all in reverse. */
export async function startCordon(config: Config, logger: Logger): Promise<Running> {
  const stops: Array<() => Promise<void>> = [];
  const stop = async () => {
    for (const end of stops.splice(0).reverse()) await end();
  };
  try {
    const opening = openRegistry(config.roles.has('worker') ? config.registry : { kind: 'none' }, stops);
    // Read below; PostgreSQL's failure comes first.
    opening.catch(() => undefined);
    const ownerUrl = await findDatabase(config, stops);
    if (config.migrateAtStart) {
      announce('Bringing the database up to date …');
      await migrate(ownerUrl, config.rolePasswords, seedUnits);
    }
    if (config.mode === 'production') await refuseDemo(ownerUrl);
    const holder = holdKeys(config, logger, stops);
    const metrics = new Metrics();
    const { settings, simulator } = await opening;
    const reports = config.roles.has('worker')
      ? await startWorkerRole(config, holder, logger, ownerUrl, stops, metrics, settings)
      : null;
    const url = config.roles.has('api') ? await startApi(config, holder, logger, ownerUrl, stops, metrics) : '';
    reports?.begin();
    return { url, ownerUrl, simulator, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function findDatabase(config: Config, stops: Array<() => Promise<void>>): Promise<string> {
  if (config.databaseUrl) return config.databaseUrl;
  announce('Starting PostgreSQL …');
  const postgres = await startEmbeddedPostgres({
    directory: join(config.dataDir, 'postgres'),
    password: config.embeddedPassword,
  });
  stops.push(() => postgres.stop());
  return postgres.url;
}

async function refuseDemo(ownerUrl: string): Promise<void> {
  const owner = new pg.Client({ connectionString: ownerUrl });
  await owner.connect();
  try {
    await refuseDemoData(owner);
  } finally {
    await owner.end();
  }
}

async function startApi(
  config: Config,
  holder: KeyHolder,
  logger: Logger,
  ownerUrl: string,
  stops: Array<() => Promise<void>>,
  metrics: Metrics,
): Promise<string> {
  const connecting = {
    url: withRole(ownerUrl, 'cordon_api', config.rolePasswords.api),
    onError: (error: Error) =>
      logger.warn({ code: (error as { code?: string }).code }, 'a database connection was lost'),
  };
  const database = await openDatabase({ ...connecting, poolSize: config.poolSize, entities });
  stops.push(() => database.close());
  const trailDatabase = await openDatabase({ ...connecting, poolSize: 2, entities: [] });
  stops.push(() => trailDatabase.close());
  const writer = new AuditWriter(trailDatabase);
  stops.push(() => holder.stop());
  await holder.reportThrough(database.pool);

  const { keys, secondFactorObligatory } = config;
  const units = await TerritoryWatch.begin(database, logger);
  stops.push(() => units.stop());
  const parts: Parts = { keys, territory: units.territory };
  units.onChange((territory) => (parts.territory = territory));
  const issuer = new PassIssuer(config.keys.signing);
  const trustLists = new TrustLists(database, issuer, parts);
  const sessions = createSessions(database, parts, secondFactorObligatory);
  const waiting = () => database.pool.waitingCount / config.poolSize;
  const load = new SubmissionLoad(config.flood.busyPerSecond, waiting);
  const toll = new WorkToll(config.keys, load, config.flood.workBits, () => metrics.workAsked.inc());

  if (config.demoData) {
    const { loadDemoProvince } = await import('./demo/load-demo-province.ts');
    announce('Loading the demo province …');
    await loadDemoProvince(
      ownerUrl,
      { database, keys: config.keys, territory: parts.territory, issuer },
      { password: config.demoPassword ?? '', sandboxSecret: config.sandboxSecret, closeDays: closeDaysOf },
    );
  }

  const tokenKeys = new TokenKeys(keys.session);
  let url = '';
  // Where no origin is set, it is known once the server listens.
  const tokenIssuer = () => `${config.publicOrigin ?? url}/oauth`;
  const door = new PartnerDoor({
    database,
    keys: tokenKeys,
    issuer: tokenIssuer,
    logger,
    // The units of today, also after a reform was brought.
    get territory() {
      return parts.territory;
    },
  });

  const bus = config.busUrl ? new NatsBus(config.busUrl, logger) : ownBus(logger);
  stops.push(() => bus.close());
  const notices = new Notices(connecting.url, logger);
  stops.push(() => notices.close());
  const hub = new TrafficHub({
    database,
    bus,
    notices,
    logger,
    get territory() {
      return parts.territory;
    },
  });
  stops.push(() => hub.stop());
  if (config.demoTraffic) {
    const { DemoTraffic } = await import('./demo/move-traffic.ts');
    const { territory } = parts;
    const moving = new DemoTraffic({ database, keys: config.keys, territory, issuer, bus, logger });
    stops.push(() => moving.stop());
  }

  announce('Opening the doors …');
  const { reloadZones } = units;
  const schema = composeSchema({
    parts,
    issuer,
    trustLists,
    toll,
    secondFactorObligatory,
    reloadZones,
    bus,
    notices,
    hub,
  });
  const apollo = createApollo({
    schema,
    introspection: config.mode !== 'production',
    logger,
    plugins: [operationMetrics(metrics), notePartnerErrors],
  });
  let draining = false;
  const app = await createHttpServer({
    apollo,
    logger,
    publicOrigin: config.publicOrigin,
    trustProxy: config.trustProxy,
    door: (request, reply) => door.enter(request, reply),
    context: (request, _reply, cookies, token) =>
      contextOf({ database, sessions, writer, door }, request, cookies, token),
  });
  await serveSockets(app, {
    schema,
    logger,
    viewerOf: (token) => sessions.viewerOf(token, new Date()),
    standing: (tokens) => sessions.viewersOf(tokens, new Date()),
    rightsOf: (viewer) => rightsOf(viewer as Viewer),
    contextOf: ({ viewer, ...opener }) =>
      contextFor({ database, writer }, { ...opener, viewer: viewer as Viewer, ...ofSockets }),
  });
  const secure = config.publicOrigin?.startsWith('https:') ?? false;
  await serveTokens(app, { database, keys: tokenKeys, writer, issuer: tokenIssuer, logger }, secure);
  serveHealth(app, database, metrics, () => draining);
  serveTrustList(app, trustLists);
  serveExports(app, { database, sessions, writer, keys });
  serveReportFiles(app, { database, sessions, writer, keys, territory: () => parts.territory });
  await servePages(app, builtPages);
  const address = await app.listen({ port: config.port, host: config.host });
  url = address.replace('[::1]', 'localhost').replace('127.0.0.1', 'localhost');
  stops.push(async () => {
    draining = true;
    await app.close();
    await apollo.stop();
  });
  return url;
}

interface ContextParts {
  database: Database;
  sessions: Sessions;
  writer: AuditWriter;
  door: PartnerDoor;
}

async function contextOf(
  { database, sessions, writer, door }: ContextParts,
  request: FastifyRequest,
  cookies: CookieWriter,
  token: string | null,
): Promise<Context> {
  const at = new Date();
  const visit = door.visitOf(request);
  const viewer = visit?.viewer ?? (token ? await sessions.viewerOf(token, at) : null);
  return contextFor(
    { database, writer },
    {
      requestId: request.id,
      locale: readLocale(request.headers['accept-language']),
      ip: request.ip,
      userAgent: request.headers['user-agent'] ?? '',
      at,
      viewer,
      sessionToken: token,
      cookies,
      metered: visit,
    },
  );
}

/** What only a request has, and an event has not. */
const ofSockets = {
  sessionToken: null,
  metered: null,
  cookies: { set: () => undefined, clear: () => undefined, device: null, setDevice: () => undefined },
};

type Asking = Omit<Context, 'transactions' | 'loaders' | 'trail' | 'transaction' | 'at' | 'requestId'> &
  Partial<Pick<Context, 'at' | 'requestId'>>;

function contextFor({ database, writer }: Pick<ContextParts, 'database' | 'writer'>, asking: Asking): Context {
  const { viewer } = asking;
  const transactions = new RequestTransactions(database);
  return {
    at: new Date(),
    requestId: crypto.randomUUID(),
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
