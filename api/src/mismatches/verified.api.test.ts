import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CheckDesk } from '#test/check-desk.ts';
import { follow } from '#test/live-desk.ts';
import { startServer, type TestServer } from '#test/server.ts';

let server: TestServer;
let desk: CheckDesk;
beforeAll(async () => {
  server = await startServer();
  desk = await CheckDesk.open(server);
});
afterAll(async () => {
  await desk.database.close();
  await server.stop();
});

const nobody = { lookUp: async () => ({ kind: 'NOT_FOUND' as const }) };
interface Told {
  registryVerified: { id: string; fullName: string; idNumber: string | null; verification: { status: string } };
}
const document = `subscription ($checkpointId: ID!) { registryVerified(checkpointId: $checkpointId) {
  id fullName idNumber verification { status } } }`;
const waitFor = (as: string, checkpointId: string) => follow<Told>(server, as, document, { checkpointId });

describe('an answer of the population database', () => {
  it('is told to the officers of the checkpoint, masked, though another process wrote it', async () => {
    const screen = await waitFor('officer.38', server.checkpoints.docXay);
    const other = await waitFor('officer.38', server.checkpoints.cauGhep);
    // Nothing says that a subscription stands; what is asked twice is answered twice.
    await expect
      .poll(
        async () => {
          await desk.waiting();
          await desk.worker(nobody).drain();
          return screen.received.length;
        },
        { timeout: 15_000 },
      )
      .toBeGreaterThan(0);
    const told = screen.received[0]?.registryVerified;
    expect(told).toMatchObject({ idNumber: null, verification: { status: 'NOT_FOUND' } });
    expect(told?.fullName).toMatch(/^\p{L}+ \p{L}\. \p{L}\.$/u);
    expect(other.received).toEqual([]);
    screen.stop();
    other.stop();
  });

  it.each([
    ['officer.cg', 'docXay', 'NOT_FOUND'],
    ['admin.01', 'docXay', 'NOT_FOUND'],
    ['admin.district', 'docXay', 'NOT_FOUND'],
    ['analyst.38', 'docXay', 'FORBIDDEN'],
  ] as const)('is for nobody else: %s at %s', async (as, checkpoint, code) => {
    const screen = await waitFor(as, server.checkpoints[checkpoint]);
    await expect.poll(() => screen.errors.length, { timeout: 5_000 }).toBe(1);
    expect(JSON.stringify(screen.errors)).toContain(code);
    await screen.client.dispose();
  });
});
