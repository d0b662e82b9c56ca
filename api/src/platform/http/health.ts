import type { FastifyInstance } from 'fastify';
import type { Database } from '../database/database.ts';
import type { Metrics } from '../observability/metrics.ts';

/** /healthz: the process answers. /readyz: Postgres does too, and it is fit for work. /metrics: this machine only. */
export function serveHealth(app: FastifyInstance, database: Database, metrics: Metrics, isUnfit: () => boolean): void {
  app.get('/healthz', async () => ({ status: 'ok' }));
  app.get('/readyz', async (_, reply) => {
    const answered = await database.pool.query('select 1').then(
      () => true,
      () => false,
    );
    const ready = answered && !isUnfit();
    return reply.status(ready ? 200 : 503).send({ status: ready ? 'ready' : 'not ready' });
  });
  app.get('/metrics', async (request, reply) => {
    // What a proxy on this machine passes on comes from elsewhere.
    const passedOn = 'x-forwarded-for' in request.headers || 'forwarded' in request.headers;
    if (passedOn || !['127.0.0.1', '::1', '::ffff:127.0.0.1'].includes(request.socket.remoteAddress ?? ''))
      return reply.status(404).send();
    return reply.type(metrics.registry.contentType).send(await metrics.registry.metrics());
  });
}
