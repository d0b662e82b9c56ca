import { PartnerDoor } from './accounts/partner-apps/partner-door.ts';
import { createSessions } from './accounts/sessions/sessions.service.ts';
import { announce } from './announce.ts';
import { composeSchema } from './compose.ts';
import type { Config } from './config.ts';
import type { Parts } from './declarations/declarations.service.ts';
import { SubmissionLoad } from './declarations/submission-load.ts';
import { WorkToll } from './declarations/work-toll.ts';
import type { DemoParts } from './demo/demo-parts.ts';
import { entities } from './entities.ts';
import { openLive } from './open-live.ts';
import { closeDaysOf } from './partners/close-days.service.ts';
import type { Decision } from './passages/passage.entity.ts';
import { PassIssuer } from './passes/pass-issuer.service.ts';
import { TrustLists } from './passes/trust-list.service.ts';
import { AuditWriter } from './platform/audit/audit-writer.ts';
import { TokenKeys } from './platform/crypto/token-keys.ts';
import { openDatabase, withRole } from './platform/database/database.ts';
import type { Logger } from './platform/observability/logger.ts';
import { serveApi } from './serve-api.ts';
import type { Starting } from './starting.ts';
import { TerritoryWatch } from './territory/territory-watch.service.ts';

/** Opens what ROLES=api is for, as the role that owns nothing, and serves it; answers its address. */
export async function startApiRole(starting: Starting): Promise<string> {
  const { config, holder, logger, metrics, ownerUrl, stops } = starting;
  const databaseUrl = withRole(ownerUrl, 'cordon_api', config.rolePasswords.api);
  const { database, writer } = await openDatabases(databaseUrl, config.poolSize, logger, stops);
  stops.push(() => holder.stop());
  await holder.reportThrough(database.pool);

  const { keys, secondFactorObligatory } = config;
  const units = await TerritoryWatch.begin(database, logger);
  stops.push(() => units.stop());
  const parts: Parts = { keys, territory: units.territory };
  units.onChange((territory) => (parts.territory = territory));
  const issuer = new PassIssuer(keys.signing);
  const trustLists = new TrustLists(database, issuer, parts);
  const sessions = createSessions(database, parts, secondFactorObligatory);
  const waiting = () => database.pool.waitingCount / config.poolSize;
  const load = new SubmissionLoad(config.flood.busyPerSecond, waiting);
  const toll = new WorkToll(keys, load, config.flood.workBits, () => metrics.workAsked.inc());
  if (config.demoData) await loadDemo(config, ownerUrl, { database, keys, territory: parts.territory, issuer });

  let url = '';
  // Where no origin is set, it is known once the server listens.
  const tokenIssuer = () => `${config.publicOrigin ?? url}/oauth`;
  const tokenKeys = new TokenKeys(keys.session);
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
  const { registry } = metrics;
  const live = await openLive(config, { database, databaseUrl, parts, issuer, logger, registry }, stops);
  announce('Opening the doors …');
  const { reloadZones } = units;
  const countRecorded = (decision: Decision) => metrics.passages.inc({ decision });
  const schema = composeSchema({
    parts,
    issuer,
    trustLists,
    toll,
    secondFactorObligatory,
    reloadZones,
    countRecorded,
    ...live,
  });
  const served = {
    schema,
    database,
    writer,
    sessions,
    parts,
    door,
    tokenKeys,
    tokenIssuer,
    trustLists,
    metrics,
    logger,
  };
  url = await serveApi(config, served, stops);
  return url;
}

/** That of requests, and one for what is entered in the audit trail whatever becomes of them. */
async function openDatabases(url: string, poolSize: number, logger: Logger, stops: Array<() => Promise<void>>) {
  const onError = (error: Error) =>
    logger.warn({ code: (error as { code?: string }).code }, 'a database connection was lost');
  const database = await openDatabase({ url, onError, poolSize, entities });
  stops.push(() => database.close());
  const trail = await openDatabase({ url, onError, poolSize: 2, entities: [] });
  stops.push(() => trail.close());
  return { database, writer: new AuditWriter(trail) };
}

async function loadDemo(config: Config, ownerUrl: string, parts: DemoParts): Promise<void> {
  const { loadDemoProvince } = await import('./demo/load-demo-province.ts');
  announce('Loading the demo province …');
  const { demoPassword, sandboxSecret } = config;
  await loadDemoProvince(ownerUrl, parts, { password: demoPassword ?? '', sandboxSecret, closeDays: closeDaysOf });
}
