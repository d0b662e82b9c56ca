import type { FastifyInstance } from 'fastify';
import type { TrustLists } from './trust-list.service.ts';

/** GET /trust.json for devices: 304 while nothing changed. */
export function serveTrustList(app: FastifyInstance, lists: TrustLists): void {
  app.get('/trust.json', async (request, reply) => {
    const { list, etag } = await lists.current(new Date());
    void reply.headers({ etag, 'cache-control': 'no-cache', 'access-control-allow-origin': '*' });
    return request.headers['if-none-match'] === etag ? reply.status(304).send() : reply.send(list);
  });
}
