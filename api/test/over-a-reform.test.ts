import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ReformDraft, bringTo, reformDay } from '#test/reform-desk.ts';
import { startServer, type TestServer } from '#test/server.ts';

// Of Quảng Xương, Thanh Hóa: 16438 takes in 16447 whole; 16453 is split between 16438 and 16456.
const draft = () => new ReformDraft().withoutDistricts('38').merge('16438', '16447').split('16453', '16438', '16456');

let server: TestServer;
beforeAll(async () => {
  server = await startServer();
  await bringTo(server, draft());
});
afterAll(() => server.stop());

describe('after a reform', () => {
  it('a sign that was hung up before it tells the unit of today', async () => {
    const { data } = await server.graphql<{ checkpointSign: { unit: { id: string; parent: { code: string } } } }>(
      'query ($id: ID!) { checkpointSign(id: $id) { unit { id parent { code } } } }',
      { id: server.checkpoints.cauGhep },
    );
    expect(data.checkpointSign.unit).toEqual({ id: `16438@${reformDay}`, parent: { code: '38' } });
  });
});
