import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { auditDesk } from '#test/audit-desk.ts';
import { aDeclaration, declared, submitDocument, type Submitted } from '#test/builders.ts';
import { copyDeclaration } from '#test/copy-declaration.ts';
import { asApp, codesOf, createApp, tokenOf } from '#test/partner-desk.ts';
import { startServer, type TestServer } from '#test/server.ts';

let server: TestServer;
beforeAll(async () => (server = await startServer()));
afterAll(() => server.stop());

const entriesOf = (appId: string, action: string) =>
  server.sql<{ subject_ids: string[]; role: string; reason: string; detail: Record<string, unknown> }>(
    'select subject_ids, role, reason, detail from audit_entry where actor_id = $1 and action = $2 order by id',
    [appId, action],
  );

interface Page {
  declarations: { edges: Array<{ node: { id: string } }>; pageInfo: { hasNextPage: boolean; endCursor: string } };
}
const pageDocument = `query ($after: String) {
  declarations(first: 100, after: $after) { edges { node { id } } pageInfo { hasNextPage endCursor } }
}`;

describe('an app submits for its user', () => {
  const send = (token: string, input: unknown[]) =>
    asApp<{ submitDeclarations: Submitted[] }>(server, token, submitDocument, { input });

  it('and gets the receipt with the pass, the same however often it sends; who submitted is kept', async () => {
    const app = await createApp(server);
    const token = await tokenOf(server, app);
    const input = aDeclaration();
    const answers = [await send(token, [input]), await send(token, [input])].map(
      ({ data }) => data.submitDeclarations[0],
    );
    expect(answers[0]).toMatchObject({
      __typename: 'DeclarationSubmitted',
      receipt: { qrPayload: expect.stringMatching(/^CDN1:/) as string },
    });
    expect(answers[1]?.declaration.code).toBe(answers[0]?.declaration.code);
    const rows = await server.sql('select channel, recorded_by from declaration where id = $1', [input.id]);
    expect(rows).toEqual([{ channel: 'PARTNER', recorded_by: app.id }]);
    const other = await send(token, [{ ...input, journey: { ...input.journey, plate: '36B199999' } }]);
    expect(other.data.submitDeclarations[0]).toMatchObject({ fields: [{ path: 'id', code: 'ID_REUSED' }] });
    expect(await entriesOf(app.id, 'declaration.submit')).toMatchObject([
      {
        subject_ids: [input.id],
        role: 'PARTNER',
        reason: 'Nhắc người dân khai lại trước khi hết hạn',
        detail: { app: 'Sổ sức khỏe Hoa Sen' },
      },
      { subject_ids: [input.id] },
    ]);
  });

  it('to its own units only, and with declarations:write only', async () => {
    const app = await createApp(server, { unitCode: '380', scopes: ['declarations:read', 'declarations:write'] });
    const away = await send(await tokenOf(server, app), [aDeclaration()]);
    expect(away.data.submitDeclarations[0]).toMatchObject({
      fields: [{ path: 'journey.destinationAddress.unitCode', code: 'OUTSIDE_APP' }],
    });
    const reader = await tokenOf(server, app, 'declarations:read');
    expect(codesOf(await send(reader, [aDeclaration()]))).toEqual(['FORBIDDEN']);
  });

  it('with a receipt secret, without which the person could not see who looked', async () => {
    const token = await tokenOf(server, await createApp(server));
    const { receiptSecret: _, ...input } = aDeclaration();
    const answer = await send(token, [input]);
    expect(answer.data.submitDeclarations[0]).toMatchObject({ fields: [{ path: 'receiptSecret', code: 'REQUIRED' }] });
  });
});

describe('what an app reads', () => {
  it('is one entry a page with its ids, and stands on the receipt with the app’s name and purpose', async () => {
    const mine = await declared(server);
    const app = await createApp(server);
    const token = await tokenOf(server, app);
    const { data } = await asApp<Page>(server, token, pageDocument);
    const [entry, ...others] = await entriesOf(app.id, 'declarations.read');
    expect(others).toEqual([]);
    expect(entry?.subject_ids.toSorted()).toEqual(data.declarations.edges.map(({ node }) => node.id).toSorted());
    const single = `{ declaration(id: "${mine.id}") { id person { fullName } } }`;
    expect((await asApp(server, token, single)).text).toContain('Nguyễn T. H.');
    expect(await entriesOf(app.id, 'declarations.read')).toHaveLength(2);
    const sealing = await auditDesk(server.ownerUrl);
    await sealing.seal();
    await sealing.stop();
    const receipt = await server.graphql(
      `{ receipt(secret: "${mine.secret}") { accesses { role app reason action } } }`,
    );
    expect(receipt.data).toEqual({
      receipt: {
        accesses: Array.from({ length: 2 }, () => ({
          role: 'PARTNER',
          app: 'Sổ sức khỏe Hoa Sen',
          reason: 'Nhắc người dân khai lại trước khi hết hạn',
          action: 'declarations.read',
        })),
      },
    });
  });

  it('comes in pages that survive new rows: of 10,000 none twice and none missed', { timeout: 180_000 }, async () => {
    const app = await createApp(server, { unitCode: '406', scopes: ['declarations:read'] });
    const token = await tokenOf(server, app);
    const { id } = await declared(server);
    await copyDeclaration(server, id, 10_000);
    const before = (
      await server.sql<{ id: string }>(`select id from declaration where destination_address_unit_id = '16438@2021'`)
    ).map((row) => row.id);
    expect(before.length).toBeGreaterThan(10_000);
    const seen: string[] = [];
    let added = 0;
    for (let after: string | null = null; ;) {
      const { data }: { data: Page } = await asApp<Page>(server, token, pageDocument, { after });
      seen.push(...data.declarations.edges.map(({ node }) => node.id));
      if (!data.declarations.pageInfo.hasNextPage) break;
      after = data.declarations.pageInfo.endCursor;
      if (seen.length % 2_000 === 0) added += (await declared(server)).id.length > 0 ? 1 : 0;
    }
    expect(added).toBeGreaterThan(3);
    expect(new Set(seen).size).toBe(seen.length);
    expect(before.filter((one) => !new Set(seen).has(one))).toEqual([]);
  });
});
