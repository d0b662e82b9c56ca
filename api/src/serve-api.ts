import { fileURLToPath } from 'node:url';
import type { GraphQLSchema } from 'graphql';
import { notePartnerErrors } from './accounts/partner-apps/note-errors.plugin.ts';
import type { PartnerDoor } from './accounts/partner-apps/partner-door.ts';
import { serveTokens } from './accounts/partner-apps/serve-tokens.ts';
import type { Sessions } from './accounts/sessions/sessions.service.ts';
import type { Config } from './config.ts';
import type { Parts } from './declarations/declarations.service.ts';
import { serveLive } from './open-live.ts';
import { serveTrustList } from './passes/trust-list.route.ts';
import type { TrustLists } from './passes/trust-list.service.ts';
import type { AuditWriter } from './platform/audit/audit-writer.ts';
import type { TokenKeys } from './platform/crypto/token-keys.ts';
import type { Database } from './platform/database/database.ts';
import { createApollo } from './platform/graphql/apollo.ts';
import { serveHealth } from './platform/http/health.ts';
import { servePages } from './platform/http/pages.ts';
import { createHttpServer } from './platform/http/server.ts';
import type { Logger } from './platform/observability/logger.ts';
import { operationMetrics, type Metrics } from './platform/observability/metrics.ts';
import { serveExports } from './reports/exports/serve-exports.service.ts';
import { serveReportFiles } from './reports/files/serve-report-files.service.ts';
import { contextOfRequest } from './request-context.ts';

const builtPages = fileURLToPath(new URL('../../admin-ui/dist/', import.meta.url));

export interface ServedParts {
  schema: GraphQLSchema;
  database: Database;
  writer: AuditWriter;
  sessions: Sessions;
  parts: Parts;
  door: PartnerDoor;
  tokenKeys: TokenKeys;
  tokenIssuer: () => string;
  trustLists: TrustLists;
  metrics: Metrics;
  logger: Logger;
}

/** Everything that is served, on one port; answers its address. */
export async function serveApi(
  config: Config,
  served: ServedParts,
  stops: Array<() => Promise<void>>,
): Promise<string> {
  const { schema, database, writer, sessions, parts, door, logger, metrics } = served;
  const { keys, publicOrigin, trustProxy } = config;
  const apollo = createApollo({
    schema,
    introspection: config.mode !== 'production',
    logger,
    plugins: [operationMetrics(metrics), notePartnerErrors],
  });
  const app = await createHttpServer({
    apollo,
    logger,
    publicOrigin,
    trustProxy,
    door: (request, reply) => door.enter(request, reply),
    context: (request, _reply, cookies, token) =>
      contextOfRequest({ database, sessions, writer, door }, request, cookies, token),
  });
  await serveLive(app, { schema, database, sessions, writer, logger, registry: metrics.registry });
  const secure = publicOrigin?.startsWith('https:') ?? false;
  const { tokenKeys, tokenIssuer: issuer } = served;
  await serveTokens(app, { database, keys: tokenKeys, writer, issuer, logger }, secure);
  let draining = false;
  serveHealth(app, database, metrics, () => draining);
  serveTrustList(app, served.trustLists);
  serveExports(app, { database, sessions, writer, keys });
  serveReportFiles(app, { database, sessions, writer, keys, territory: () => parts.territory });
  await servePages(app, builtPages);
  const address = await app.listen({ port: config.port, host: config.host });
  stops.push(async () => {
    draining = true;
    await app.close();
    await apollo.stop();
  });
  return address.replace('[::1]', 'localhost').replace('127.0.0.1', 'localhost');
}
