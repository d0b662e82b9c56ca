import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { declared } from '#test/builders.ts';
import { aPartnerApp, asApp, askForToken, codesOf, createApp, createAppDocument, tokenOf } from '#test/partner-desk.ts';
import { startServer, type TestServer } from '#test/server.ts';

let server: TestServer;
beforeAll(async () => (server = await startServer()));
afterAll(() => server.stop());

const list = '{ declarations { edges { node { id person { fullName } } } } }';

describe('an app', () => {
  it('gets a token for its id and secret, and reads with it what lies in its unit, masked', async () => {
    const here = await declared(server);
    await declared(server, {}, '01');
    const app = await createApp(server);
    const answer = await askForToken(server, app);
    expect(answer.body).toMatchObject({
      token_type: 'Bearer',
      expires_in: 600,
      scope: 'declarations:read declarations:write statistics:read',
    });
    const read = await asApp(server, answer.body.access_token ?? '', list);
    expect(read.data).toEqual({
      declarations: { edges: [{ node: { id: here.id, person: { fullName: 'Nguyễn T. H.' } } }] },
    });
  });

  it('does no more than its scopes say', async () => {
    const app = await createApp(server, { scopes: ['declarations:write'] });
    const answer = await asApp(server, await tokenOf(server, app), list);
    expect(codesOf(answer)).toEqual(['FORBIDDEN']);
    expect(
      (await askForToken(server, app, { body: 'grant_type=client_credentials&scope=declarations:read' })).body,
    ).toMatchObject({
      error: 'invalid_scope',
    });
  });

  it('is created for the own unit or below only, by an administrator', async () => {
    const create = (as: string, unitCode: string) =>
      server.graphql(createAppDocument, { input: aPartnerApp({ unitCode, scopes: ['declarations:read'] }) }, { as });
    expect(codesOf(await create('admin.38', '01'))).toEqual(['BAD_USER_INPUT']);
    expect(codesOf(await create('admin.district', '38'))).toEqual(['BAD_USER_INPUT']);
    expect(codesOf(await create('analyst.38', '38'))).toEqual(['FORBIDDEN']);
    expect(codesOf(await create('admin.district', '380'))).toEqual([]);
  });
});
