import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newUuid7 } from '#api/platform/shared/uuid7.ts';
import { ReformDraft, bringTo, reformDay } from '#test/reform-desk.ts';
import { startServer, type TestServer } from '#test/server.ts';

// Of Thanh Hóa: 16438 takes in 16447 whole, 14812 stays what it was, 16453 is split, of 16462 nothing is known.
const draft = () =>
  new ReformDraft().withoutDistricts('38').merge('16438', '16447').split('16453', '16438', '16456').split('16462');

interface Post {
  id: string;
  kind: string;
  code: string;
  unit: { id: string };
  proposed: Array<{ code: string }>;
}
interface Outcome {
  __typename: string;
  id: string;
  unit?: { id: string };
  message?: string;
}

let server: TestServer;
let splitCheckpoint: string;
const ids: Record<string, string> = {};
beforeAll(async () => {
  server = await startServer();
  splitCheckpoint = newUuid7();
  await server.sql(
    `insert into checkpoint (id, code, name, unit_id, province_code, kind, latitude, longitude, active, created_at)
     values ($1, 'QX', 'Chốt Quảng Xương', '16453@2021', '38', 'ROAD', 19.7, 105.8, true, now())`,
    [splitCheckpoint],
  );
  for (const [name, role, unit] of [
    ['at.merged', 'AUDITOR', '16447@2021'],
    ['at.same', 'AUDITOR', '14812@2021'],
    ['at.split', 'ADMIN', '16453@2021'],
    ['officer.split', 'OFFICER', '16453@2021'],
    ['later.split', 'AUDITOR', '16453@2021'],
    ['at.unknown', 'AUDITOR', '16462@2021'],
  ] as const) {
    ids[name] = newUuid7();
    await server.sql(
      `insert into account (id, username, full_name, password_hash, must_change_password, roles, unit_id, province_code, active, demo, created_at)
       select $1, $2, 'Ngô Thị Chờ', password_hash, false, $3, $4, '38', true, false, now() from account where username = 'admin.38'`,
      [ids[name], name, [role], unit],
    );
    await server.signIn(name);
  }
  await server.sql('insert into account_checkpoint values ($1, $2)', [ids['officer.split'], splitCheckpoint]);
  await bringTo(server, draft());
});
afterAll(() => server.stop());

const unitOf = async (as: string) =>
  (
    await server.graphql<{ viewer: { account: { unit: { id: string } } } }>(
      '{ viewer { account { unit { id } } } }',
      {},
      { as },
    )
  ).data.viewer.account.unit.id;

const waiting = async (as = 'admin.38', first = 50, after: string | null = null) =>
  (
    await server.graphql<{
      unsettledPosts: {
        totalCount: number;
        pageInfo: { hasNextPage: boolean; endCursor: string };
        edges: Array<{ node: Post }>;
      };
    }>(
      `query ($first: Int!, $after: String) { unsettledPosts(first: $first, after: $after) {
         totalCount pageInfo { hasNextPage endCursor } edges { node { id kind code unit { id } proposed { id code fullName level parent { id name level parent { id name level } } } } } } }`,
      { first, after },
      { as },
    )
  ).data.unsettledPosts;
const codesWaiting = async (as?: string) => (await waiting(as)).edges.map(({ node }) => node.code);

const askSettle = (input: Array<{ id: string; unitCode: string }>, as = 'admin.38', reason = 'Trụ sở ở xã mới') =>
  server.graphql<{ settlePosts: Outcome[] }>(
    `mutation ($input: [PostDecisionInput!]!, $reason: String) { settlePosts(input: $input, reason: $reason) {
       __typename ... on PostSettled { id unit { id } } ... on PostNotSettled { id message } } }`,
    { input, reason },
    { as },
  );
const settle = async (input: Array<{ id: string | undefined; unitCode: string }>, as?: string) =>
  (
    await askSettle(
      input.map(({ id = '', unitCode }) => ({ id, unitCode })),
      as,
    )
  ).data.settlePosts;

const movesOf = (id: string | undefined) =>
  server.sql<{ action: string; reason: string; detail: unknown }>(
    `select action, reason, detail from audit_entry
     where action in ('account.update', 'checkpoint.change') and ($1 = any(subject_ids) or checkpoint_id = $1) order by id`,
    [id],
  );
const rowsStanding = () =>
  server.sql('select id, unit_id from account union all select id, unit_id from checkpoint order by id');

describe('after a reform', () => {
  it('who stood at a merged unit stands in the merged one, and who stood at one that stayed in that', async () => {
    expect(await unitOf('at.merged')).toBe(`16438@${reformDay}`);
    expect(await unitOf('at.same')).toBe(`14812@${reformDay}`);
  });

  it('who stood at a split unit keeps the old one, and reaches what happened there', async () => {
    expect(await unitOf('at.split')).toBe('16453@2021');
    const { data } = await server.graphql<{ checkpoints: { edges: Array<{ node: { code: string } }> } }>(
      '{ checkpoints { edges { node { code } } } }',
      {},
      { as: 'at.split' },
    );
    expect(data.checkpoints.edges.map(({ node }) => node.code)).toEqual(['QX']);
  });

  it('what awaits a decision is listed, checkpoints first, with what is proposed', async () => {
    const { edges, totalCount } = await waiting();
    expect(totalCount).toBe(6);
    const shown = Object.fromEntries(edges.map(({ node }) => [node.code, node]));
    expect(edges[0]?.node).toMatchObject({ kind: 'CHECKPOINT', code: 'QX', unit: { id: '16453@2021' } });
    expect(Object.keys(shown).toSorted()).toEqual([
      'QX',
      'admin.district',
      'at.split',
      'at.unknown',
      'later.split',
      'officer.split',
    ]);
    expect(shown['at.split']?.proposed.map(({ code }) => code).toSorted()).toEqual(['16438', '16456']);
    expect(shown['admin.district']?.proposed.map(({ code }) => code)).toContain('38');
  });

  it('is listed page by page', async () => {
    const seen: string[] = [];
    let after: string | null = null;
    do {
      const page = await waiting('admin.38', 2, after);
      seen.push(...page.edges.map(({ node }) => node.code));
      after = page.pageInfo.hasNextPage ? page.pageInfo.endCursor : null;
    } while (after);
    expect(seen).toEqual(await codesWaiting());
  });

  it('is not listed to another province, nor to who may not change accounts', async () => {
    expect(await codesWaiting('admin.01')).toEqual([]);
    const { errors } = await server.graphql('{ unsettledPosts { totalCount } }', {}, { as: 'auditor.38' });
    expect(errors?.[0]?.extensions['code']).toBe('FORBIDDEN');
  });
});

describe('a decision', () => {
  it('of another province, or into one, changes nothing', async () => {
    const before = await rowsStanding();
    const input = [
      { id: splitCheckpoint, unitCode: '00001' },
      { id: ids['at.split'], unitCode: '00001' },
    ];
    for (const as of ['admin.01', 'admin.38'])
      expect((await settle(input, as)).map(({ __typename }) => __typename)).toEqual([
        'PostNotSettled',
        'PostNotSettled',
      ]);
    expect(await rowsStanding()).toEqual(before);
  });

  it('into a unit that is gone, of who waits for nothing, or of nobody is refused beside one that is taken', async () => {
    const officer = await server.sql<{ id: string }>(`select id from account where username = 'officer.38'`);
    const outcomes = await settle([
      { id: ids['later.split'], unitCode: '16453' },
      { id: officer[0]?.id, unitCode: '16438' },
      { id: newUuid7(), unitCode: '16438' },
      { id: ids['at.unknown'], unitCode: '16456' },
    ]);
    expect(outcomes.map(({ __typename }) => __typename)).toEqual([
      'PostNotSettled',
      'PostNotSettled',
      'PostNotSettled',
      'PostSettled',
    ]);
    expect(outcomes[3]).toMatchObject({ id: ids['at.unknown'], unit: { id: `16456@${reformDay}` } });
    expect(await codesWaiting()).not.toContain('at.unknown');
  });

  it('is refused to who may not change accounts, and for none or more than 100', async () => {
    const one = { id: splitCheckpoint, unitCode: '16438' };
    const codeOf = async (input: Array<typeof one>, as?: string) =>
      (await askSettle(input, as)).errors?.[0]?.extensions['code'];
    expect(await codeOf([one], 'auditor.38')).toBe('FORBIDDEN');
    expect((await askSettle([one], 'admin.38', 'vì')).errors?.[0]?.extensions['fields']).toHaveProperty('reason');
    expect(await codeOf([])).toBe('BAD_USER_INPUT');
    expect(await codeOf(Array.from({ length: 101 }, () => one))).toBe('BAD_USER_INPUT');
  });

  it('in bulk moves checkpoints before those who work there, ends their sessions, and is audited', async () => {
    const cookie = await server.signIn('officer.split');
    const outcomes = await settle([
      { id: ids['officer.split'], unitCode: '16456' },
      { id: ids['at.split'], unitCode: '16438' },
      { id: splitCheckpoint, unitCode: '16456' },
    ]);
    expect(outcomes.map(({ __typename, unit }) => `${__typename} ${unit?.id}`)).toEqual([
      `PostSettled 16456@${reformDay}`,
      `PostSettled 16438@${reformDay}`,
      `PostSettled 16456@${reformDay}`,
    ]);
    const { data } = await server.graphql<{ viewer: null }>('{ viewer { account { id } } }', {}, { cookie });
    expect(data.viewer).toBeNull();
    const renewed = await server.signIn('officer.split');
    const answer = await server.graphql<{ viewer: { account: { unit: { id: string }; checkpoints: object[] } } }>(
      '{ viewer { account { unit { id } checkpoints { id } } } }',
      {},
      { cookie: renewed },
    );
    expect(answer.data.viewer.account).toEqual({
      unit: { id: `16456@${reformDay}` },
      checkpoints: [{ id: splitCheckpoint }],
    });
    expect(await movesOf(ids['officer.split'])).toMatchObject([
      {
        action: 'account.update',
        reason: 'Trụ sở ở xã mới',
        detail: {
          changed: ['unit'],
          before: { unitId: '16453@2021' },
          after: { unitId: `16456@${reformDay}` },
        },
      },
    ]);
    expect(await movesOf(splitCheckpoint)).toMatchObject([{ action: 'checkpoint.change', reason: 'Trụ sở ở xã mới' }]);
  });

  it('sent again changes nothing, enters nothing, and says that nothing waits', async () => {
    const before = [await rowsStanding(), await movesOf(ids['officer.split'])];
    const [again] = await settle([{ id: ids['officer.split'], unitCode: '16438' }]);
    expect(again).toMatchObject({ __typename: 'PostNotSettled', id: ids['officer.split'] });
    expect(again?.message).toContain('Không chờ quyết định');
    expect([await rowsStanding(), await movesOf(ids['officer.split'])]).toEqual(before);
  });

  it('leaves what was not decided where it stood', async () => {
    expect((await codesWaiting()).toSorted()).toEqual(['admin.district', 'later.split']);
    expect(await unitOf('later.split')).toBe('16453@2021');
  });
});
