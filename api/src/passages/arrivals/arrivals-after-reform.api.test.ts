import { afterAll, beforeAll, expect, it } from 'vitest';
import { declared } from '#test/builders.ts';
import { bringTo, ReformDraft } from '#test/reform-desk.ts';
import { startServer, type TestServer } from '#test/server.ts';
import { aZone, saveZone } from '#test/zones.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startServer();
});
afterAll(() => server.stop());

it('a zone over a commune of before holds who comes to the commune that took it in', async () => {
  const zone = aZone({ unitCodes: ['16447'] });
  await saveZone(server, zone);
  await declared(server);
  const arrivals = async () => {
    const answer = await server.graphql<{ arrivals: { edges: Array<{ node: { id: string } }> } }>(
      'query ($zoneId: ID) { arrivals(list: COMING, zoneId: $zoneId) { edges { node { id } } } }',
      { zoneId: zone.id },
      { as: 'admin.38' },
    );
    return answer.data.arrivals.edges.map(({ node }) => node.id);
  };
  expect(await arrivals()).toEqual([]);
  await bringTo(server, new ReformDraft().withoutDistricts('38').merge('16438', '16447'));
  const after = await declared(server);
  expect(await arrivals()).toEqual([after.id]);
});
