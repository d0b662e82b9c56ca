import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newUuid7 } from '#api/platform/shared/uuid7.ts';
import { anIdNumber, aPassage, declared, record } from '#test/builders.ts';
import { startServer, type TestServer } from '#test/server.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startServer();
});
afterAll(() => server.stop());

const reason = 'rà soát hành trình một người';
interface Page {
  totalCount: number | null;
  pageInfo: { hasNextPage: boolean; endCursor: string | null };
  edges: Array<{ node: { id: string; person?: { fullName: string }; citizen: { id: string } | null } }>;
}
interface Person {
  id: string;
  fullName: string;
  passages: Page;
  declarations: Page;
}
const page = 'totalCount pageInfo { hasNextPage endCursor }';
const document = `query ($id: ID!, $reason: String!, $first: Int, $passagesAfter: String, $declarationsAfter: String) {
  citizen(id: $id, reason: $reason) { id fullName
    passages(first: $first, after: $passagesAfter) { ${page} edges { node { id citizen { id } checkpoint { code } } } }
    declarations(first: $first, after: $declarationsAfter) { ${page} edges { node { id citizen { id } person { fullName } } } } } }`;
const look = (id: string, more: Record<string, unknown> = {}, as = 'admin.38') =>
  server.graphql<{ citizen: Person | null }>(document, { id, reason, ...more }, { as });
const personOf = async (id: string, more: Record<string, unknown> = {}, as = 'admin.38') => {
  const answer = await look(id, more, as);
  if (!answer.data.citizen) throw new Error(answer.text);
  return answer.data.citizen;
};
const idsOf = ({ edges }: Page) => edges.map(({ node }) => node.id);

interface Somebody {
  citizenId: string;
  idNumber: string;
  declarationIds: string[];
  passageIds: string[];
}
/** Somebody with as many declarations, each with a passage, the oldest first. */
async function somebody(times: number): Promise<Somebody> {
  const idNumber = anIdNumber();
  const [declarationIds, passageIds]: [string[], string[]] = [[], []];
  for (let each = 0; each < times; each += 1) {
    const { id: declarationId } = await declared(server, { person: { idNumber, fullName: 'Thiều Thị Đi' } });
    const passage = aPassage(server.checkpoints.docXay, {
      id: newUuid7(Date.now() - (times - each) * 60_000),
      declarationId,
    });
    await record(server, [passage]);
    declarationIds.push(declarationId);
    passageIds.push(passage.id);
  }
  const [row] = await server.sql<{ citizen_id: string }>('select citizen_id from declaration where id = $1', [
    declarationIds[0],
  ]);
  return { citizenId: row?.citizen_id ?? '', idNumber, declarationIds, passageIds };
}

describe('the passages and declarations of a person', () => {
  it('come newest first, in pages, with how many there are', async () => {
    const one = await somebody(5);
    const whole = await personOf(one.citizenId);
    expect(idsOf(whole.passages)).toEqual(one.passageIds.toReversed());
    expect(idsOf(whole.declarations)).toEqual(one.declarationIds.toReversed());
    expect([whole.passages.totalCount, whole.declarations.totalCount]).toEqual([5, 5]);
    const first = await personOf(one.citizenId, { first: 3 });
    const rest = await personOf(one.citizenId, {
      first: 3,
      passagesAfter: first.passages.pageInfo.endCursor,
      declarationsAfter: first.declarations.pageInfo.endCursor,
    });
    expect(first.passages.pageInfo.hasNextPage && first.declarations.pageInfo.hasNextPage).toBe(true);
    expect([...idsOf(first.passages), ...idsOf(rest.passages)]).toEqual(idsOf(whole.passages));
    expect([...idsOf(first.declarations), ...idsOf(rest.declarations)]).toEqual(idsOf(whole.declarations));
    const foreign = await look(one.citizenId, { passagesAfter: first.declarations.pageInfo.endCursor });
    expect(foreign.errors?.[0]?.extensions['code']).toBe('BAD_USER_INPUT');
  });

  it('are masked where the person is shown whole, and as corrected', async () => {
    const one = await somebody(2);
    await record(server, [
      aPassage(server.checkpoints.docXay, {
        id: newUuid7(Number.parseInt((one.passageIds[0] ?? '').replaceAll('-', '').slice(0, 12), 16)),
        corrects: one.passageIds[0] ?? '',
        decision: 'VOID',
        reason: 'Ghi nhầm người',
      }),
    ]);
    const whole = await personOf(one.citizenId);
    expect(whole.fullName).toBe('Thiều Thị Đi');
    expect(whole.declarations.edges[0]?.node.person?.fullName).toBe('Thiều T. Đ.');
    expect(idsOf(whole.passages)).toEqual([one.passageIds[1]]);
    expect(whole.passages.totalCount).toBe(1);
  });

  it('are of everybody who is merged into them, and of each alone after that', async () => {
    const [keep, other] = [await somebody(2), await somebody(1)];
    const change = (mutation: string, variables: Record<string, unknown>) =>
      server.graphql<Record<string, Person>>(mutation, { ...variables, reason }, { as: 'admin.38' });
    const merged = await change(
      `mutation ($keep: ID!, $merge: ID!, $reason: String!) { mergeCitizens(keep: $keep, merge: $merge, reason: $reason) {
         id passages { edges { node { id citizen { id } } } } declarations { totalCount } } }`,
      { keep: keep.citizenId, merge: other.citizenId },
    );
    const both = [...other.passageIds, ...keep.passageIds].sort();
    expect(idsOf(merged.data['mergeCitizens']?.passages as Page).sort()).toEqual(both);
    expect(merged.data['mergeCitizens']?.passages.edges.map(({ node }) => node.citizen?.id)).toEqual(
      both.map(() => keep.citizenId),
    );
    expect(merged.data['mergeCitizens']?.declarations.totalCount).toBe(3);
    await change('mutation ($id: ID!, $reason: String!) { unmergeCitizen(id: $id, reason: $reason) { id } }', {
      id: other.citizenId,
    });
    expect(idsOf((await personOf(keep.citizenId)).passages)).toEqual(keep.passageIds.toReversed());
    expect(idsOf((await personOf(other.citizenId)).passages)).toEqual(other.passageIds);
  });

  it('are those that the reader’s own lists would show: a district sees its own, a tracer both, an officer no declaration', async () => {
    const one = await somebody(1);
    const lists = async (as: string) => {
      const filter = { filter: { citizenId: one.citizenId } };
      const ask = (list: string, type: string) =>
        server.graphql<Record<string, Page>>(
          `query ($filter: ${type}) { ${list}(filter: $filter) { edges { node { id } } } }`,
          filter,
          { as },
        );
      return {
        passages: idsOf((await ask('passages', 'PassageFilter')).data['passages'] as Page),
        declarations: idsOf((await ask('declarations', 'DeclarationFilter')).data['declarations'] as Page),
      };
    };
    for (const as of ['admin.district', 'admin.38', 'tracer.38', 'admin.vn']) {
      const seen = (await look(one.citizenId, {}, as)).data.citizen;
      if (seen)
        expect({ passages: idsOf(seen.passages), declarations: idsOf(seen.declarations) }, as).toEqual(await lists(as));
    }
    expect((await lists('admin.38')).passages).toEqual(one.passageIds);
    const scanned = await server.graphql<{ scan: { citizen: Person } }>(
      `query ($payload: String!, $here: ID!) { scan(payload: $payload, checkpointId: $here) {
         ... on FoundDeclarations { citizen { id passages { edges { node { id } } } declarations { totalCount edges { node { id } } } } } } }`,
      { payload: one.idNumber, here: server.checkpoints.cauGhep },
      { as: 'officer.cg' },
    );
    // Of the own checkpoint, and they passed at another.
    expect(idsOf(scanned.data.scan.citizen.passages)).toEqual([]);
    expect(scanned.data.scan.citizen.declarations).toEqual({ totalCount: null, edges: [] });
  });
});
