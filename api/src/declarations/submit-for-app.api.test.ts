import { afterAll, beforeAll, expect, it } from 'vitest';
import { newUuid7 } from '#api/platform/shared/uuid7.ts';
import { vietnamDate } from '#api/platform/shared/vietnam-date.ts';
import { aDeclaration, submitDocument, type Submitted } from '#test/builders.ts';
import { asApp, createApp, tokenOf } from '#test/partner-desk.ts';
import { bringTo, ReformDraft } from '#test/reform-desk.ts';
import { startServer, type TestServer } from '#test/server.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startServer();
  const today = vietnamDate(new Date());
  await bringTo(server, new ReformDraft().withoutDistricts('38').merge('16438', '16447'), today);
});
afterAll(() => server.stop());

it('what an app kept since before a reform goes to the commune of its own day', async () => {
  const token = await tokenOf(server, await createApp(server));
  const send = async (id: string) => {
    const input = aDeclaration({ id, journey: { destinationAddress: { unitCode: '16447' } } });
    const answer = await asApp<{ submitDeclarations: Submitted[] }>(server, token, submitDocument, { input: [input] });
    return answer.data.submitDeclarations[0];
  };
  expect(await send(newUuid7(Date.now() - 25 * 3_600_000))).toMatchObject({ __typename: 'DeclarationSubmitted' });
  expect(await send(newUuid7())).toMatchObject({ __typename: 'InvalidDeclaration' });
});
