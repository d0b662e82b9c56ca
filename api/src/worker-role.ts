import type { Config } from './config.ts';
import { declaredPersons } from './declarations/declared-persons.service.ts';
import { AuditHeads } from './platform/audit/heads.ts';
import { Sealer } from './platform/audit/sealer.ts';
import type { KeyHolder } from './platform/crypto/key-holders.ts';
import { SigningKeys } from './platform/crypto/signing.ts';
import { followArrivals } from './passages/arrivals/follow-arrivals.service.ts';
import { passageChecks } from './passages/passage-checks.service.ts';
import { inTransaction, noRows } from './platform/database/transaction.ts';
import { openDatabase, withRole, type Database } from './platform/database/database.ts';
import { CheckMetrics } from './registry/checks/check-metrics.ts';
import { CheckWorker } from './registry/checks/check-worker.ts';
import { createRegistry } from './registry/create-registry.ts';
import type { RegistrySettings } from './registry/registry-settings.ts';
import { seekDoubles } from './people/seek-doubles.service.ts';
import { provinceCodes } from './territory/provinces.service.ts';
import { keepRollups } from './reports/keep-rollups.service.ts';
import { ReportWorker } from './reports/report-worker.service.ts';
import { closeDays } from './partners/close-days.service.ts';
import { applyRetention } from './retention/apply-retention.ts';
import { expireExports } from './reports/exports/expire-exports.service.ts';
import { ExportWorker } from './reports/exports/export-worker.service.ts';
import { contactsElsewhere } from './tracing/contacts-elsewhere.service.ts';
import { TraceWorker } from './tracing/trace/trace-worker.service.ts';
import { serveWorkerHealth } from './serve-worker-health.ts';
import { startWorker, type Job } from './platform/jobs/worker.ts';
import type { Logger } from './platform/observability/logger.ts';
import type { Metrics } from './platform/observability/metrics.ts';
import { OutboxDispatcher } from './platform/outbox/outbox-dispatcher.ts';
import { watchListHits } from './traffic/watch-list-hits.service.ts';

const longestMs = 600_000;

/**
 * Starts what ROLES=worker is for: the jobs of all rooms and the sealing of the audit trail, as the role that owns nothing. Who
 * makes the reports begins when all is there that they count.
 */
export async function startWorkerRole(
  config: Config,
  holder: KeyHolder,
  logger: Logger,
  ownerUrl: string,
  stops: Array<() => Promise<void>>,
  metrics: Metrics,
  registry: RegistrySettings | null,
): Promise<ReportWorker> {
  const url = withRole(ownerUrl, 'cordon_worker', config.rolePasswords.worker);
  const database = await openDatabase({
    url,
    poolSize: 6,
    entities: [],
    longestMs,
    onError: ({ name }) => logger.warn({ error: name }, 'a database connection of the worker was lost'),
  });
  stops.push(() => database.close());
  stops.push(() => holder.stop());
  await holder.reportThrough(database.pool);
  const now = () => new Date();
  const reports = new ReportWorker({ database, logger, now, hour: config.reportHour });
  const worker = await startWorker(url, ownerUrl, jobsOf(config, database, reports), logger);
  stops.push(() => worker.stop());

  if (!config.roles.has('api') && config.healthPort) {
    const { host, healthPort: port } = config;
    stops.push(await serveWorkerHealth({ host, port }, database, metrics));
  }
  const outbox = new OutboxDispatcher({
    database,
    // The rollups last: whoever counts the same waits for the others' part as well.
    handlers: [passageChecks(now), followArrivals, watchListHits(now), contactsElsewhere(now), keepRollups(now)],
    logger,
    metrics: metrics.outbox,
    now,
  });
  outbox.start();
  stops.push(() => outbox.stop());
  if (registry) {
    const checks = new CheckWorker({
      database,
      keys: config.keys,
      declaredPersons,
      settings: config.registryChecks,
      metrics: new CheckMetrics(metrics.registry),
      now,
      registry: createRegistry(registry),
      logger,
      random: Math.random,
    });
    checks.start();
    stops.push(() => checks.stop());
  }

  const traces = new TraceWorker({ database, logger, now, mostUnapproved: config.traceApprovalPeople });
  traces.start();
  stops.push(() => traces.stop());

  const { secondFactorObligatory, exports } = config;
  const files = new ExportWorker({ database, keys: config.keys, secondFactorObligatory, logger, now, ...exports });
  files.start();
  stops.push(() => files.stop());

  const heads = new AuditHeads(config.auditHeads);
  const sealer = new Sealer({ database, heads, keys: new SigningKeys(config.keys.signing), logger });
  sealer.start();
  stops.push(() => sealer.stop());
  stops.push(() => reports.stop());
  return reports;
}

function jobsOf({ retention, keys }: Config, database: Database, reports: ReportWorker): Job[] {
  // At half past one in the night in Vietnam.
  const nightly = '30 18 * * * ?fill=1d';
  const hourly = '7 * * * * ?fill=1h';
  const seek = async () => {
    const provinces = await inTransaction(database, noRows, provinceCodes);
    await seekDoubles(database, keys, provinces, new Date());
  };
  return [
    { name: 'apply_retention', when: nightly, run: () => applyRetention(database, retention, new Date()) },
    { name: 'seek_doubles', when: '*/5 * * * *', run: seek },
    { name: 'expire_exports', when: '*/5 * * * *', run: () => expireExports(database, new Date()) },
    { name: 'count_due_days', when: '* * * * *', run: () => reports.countDue() },
    { name: 'mend_rollups', when: '50 18 * * * ?fill=1d', run: () => reports.mend() },
    { name: 'make_reports', when: '2 * * * * ?fill=1h', run: () => reports.makeDue() },
    { name: 'close_partner_days', when: hourly, run: () => closePartnerDays(database) },
  ];
}

/** What partner apps may count, for every province. */
async function closePartnerDays(database: Database): Promise<void> {
  await closeDays(database, await inTransaction(database, noRows, provinceCodes), new Date());
}
