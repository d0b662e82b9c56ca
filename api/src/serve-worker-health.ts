import fastify from 'fastify';
import type { Database } from './platform/database/database.ts';
import { serveHealth } from './platform/http/health.ts';
import type { Metrics } from './platform/observability/metrics.ts';

// Events are picked up within a second: so much behind, something is wrong.
const mostLagSeconds = 60;

/** /healthz, /readyz and /metrics of a process that serves no API. */
export async function serveWorkerHealth(
  address: { host: string; port: number },
  database: Database,
  metrics: Metrics,
): Promise<() => Promise<void>> {
  const app = fastify({ forceCloseConnections: true });
  serveHealth(app, database, metrics, () => metrics.outbox.lagSeconds > mostLagSeconds);
  await app.listen(address);
  return () => app.close();
}
