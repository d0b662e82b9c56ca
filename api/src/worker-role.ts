import type { Config } from './config.ts';
import { declaredPersons } from './declarations/declared-persons.service.ts';
import { AuditHeads } from './platform/audit/heads.ts';
import { Sealer } from './platform/audit/sealer.ts';
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
import type { Starting } from './starting.ts';
import { startWorker, type Job } from './platform/jobs/worker.ts';
import type { Logger } from './platform/observability/logger.ts';
import { OutboxDispatcher } from './platform/outbox/outbox-dispatcher.ts';
import { watchListHits } from './traffic/watch-list-hits.service.ts';

const longestMs = 600_000;
const now = () => new Date();

/**
 * Starts what ROLES=worker is for: the jobs of all rooms and the sealing of the audit trail, as the role that owns nothing. Who
 * makes the reports begins when all is there that they count.
 */
export async function startWorkerRole(starting: Starting, registry: RegistrySettings | null): Promise<ReportWorker> {
  const { config, holder, logger, metrics, ownerUrl, stops } = starting;
  const url = withRole(ownerUrl, 'cordon_worker', config.rolePasswords.worker);
  const database = await openWorkerDatabase(url, logger);
  stops.push(() => database.close());
  stops.push(() => holder.stop());
  await holder.reportThrough(database.pool);
  const reports = new ReportWorker({ database, logger, now, hour: config.reportHour });
  const worker = await startWorker(url, ownerUrl, jobsOf(config, database, reports), logger);
  stops.push(() => worker.stop());

  if (!config.roles.has('api') && config.healthPort) {
    const { host, healthPort: port } = config;
    stops.push(await serveWorkerHealth({ host, port }, database, metrics));
  }
  for (const runner of runnersOf(starting, database, registry)) {
    runner.start();
    stops.push(() => runner.stop());
  }
  stops.push(() => reports.stop());
  return reports;
}

const openWorkerDatabase = (url: string, logger: Logger): Promise<Database> =>
  openDatabase({
    url,
    poolSize: 6,
    entities: [],
    longestMs,
    onError: ({ name }) => logger.warn({ error: name }, 'a database connection of the worker was lost'),
  });

/** Runs from when it is started until it is stopped. */
interface Runner {
  start(): void;
  stop(): Promise<void>;
}

function runnersOf(
  { config, logger, metrics }: Starting,
  database: Database,
  registry: RegistrySettings | null,
): Runner[] {
  const { keys, exports, secondFactorObligatory } = config;
  const common = { database, logger, now };
  const checks = { keys, declaredPersons, settings: config.registryChecks, random: Math.random };
  return [
    new OutboxDispatcher({
      ...common,
      // The rollups last: whoever counts the same waits for the others' part as well.
      handlers: [passageChecks(now), followArrivals, watchListHits(now), contactsElsewhere(now), keepRollups(now)],
      metrics: metrics.outbox,
    }),
    ...(registry
      ? [
          new CheckWorker({
            ...common,
            ...checks,
            metrics: new CheckMetrics(metrics.registry),
            registry: createRegistry(registry),
          }),
        ]
      : []),
    new TraceWorker({ ...common, mostUnapproved: config.traceApprovalPeople }),
    new ExportWorker({ ...common, keys, secondFactorObligatory, ...exports }),
    new Sealer({ database, logger, heads: new AuditHeads(config.auditHeads), keys: new SigningKeys(keys.signing) }),
  ];
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
