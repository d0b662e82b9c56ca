import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newUuid7 } from '#api/platform/shared/uuid7.ts';
import { anIdNumber, aPassage, declared, record } from '#test/builders.ts';
import { startServer, type GraphQLAnswer, type TestServer } from '#test/server.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startServer();
});
afterAll(() => server.stop());

const reason = 'cùng một người, đã đối chiếu';
interface Merged {
  id: string;
  mergedFrom: Array<{ intoId: string; reason: string; mergedBy: { name: string } | null; citizen: { id: string } }>;
}
const fields = 'id fullName mergedFrom { intoId reason mergedBy { name } citizen { id } }';
const merge = (keep: string, merged: string, as = 'admin.38') =>
  server.graphql<{ mergeCitizens: Merged }>(
    `mutation ($keep: ID!, $merge: ID!, $reason: String!) { mergeCitizens(keep: $keep, merge: $merge, reason: $reason) { ${fields} } }`,
    { keep, merge: merged, reason },
    { as },
  );
const unmerge = (id: string, as = 'admin.38') =>
  server.graphql<{ unmergeCitizen: Merged }>(
    `mutation ($id: ID!, $reason: String!) { unmergeCitizen(id: $id, reason: $reason) { ${fields} } }`,
    { id, reason },
    { as },
  );
const fieldsOf = ({ errors }: GraphQLAnswer<unknown>) =>
  Object.keys((errors?.[0]?.extensions['fields'] as object | undefined) ?? {}).join();
const codeOf = ({ errors }: GraphQLAnswer<unknown>) => errors?.[0]?.extensions['code'];

interface Somebody {
  id: string;
  idNumber: string;
  declarationId: string;
}
async function somebody(province = '38'): Promise<Somebody> {
  const idNumber = anIdNumber();
  const { id: declarationId } = await declared(server, { person: { idNumber } }, province);
  const [row] = await server.sql<{ citizen_id: string }>('select citizen_id from declaration where id = $1', [
    declarationId,
  ]);
  return { id: row?.citizen_id ?? '', idNumber, declarationId };
}
const declarationsOf = async (citizenId: string, as = 'admin.38') => {
  const { data } = await server.graphql<{
    declarations: { edges: Array<{ node: { id: string; citizen: { id: string } } }> };
  }>(
    'query ($citizenId: ID!) { declarations(first: 100, filter: { citizenId: $citizenId }) { edges { node { id citizen { id } } } } }',
    { citizenId },
    { as },
  );
  return data.declarations.edges.map(({ node }) => node);
};
const idsOf = async (citizenId: string, as = 'admin.38') =>
  (await declarationsOf(citizenId, as)).map(({ id }) => id).sort();
const standingOf = async (citizenId: string) => {
  const { data } = await server.graphql<{ citizen: { id: string } }>(
    'query ($id: ID!, $reason: String!) { citizen(id: $id, reason: $reason) { id } }',
    { id: citizenId, reason },
    { as: 'admin.38' },
  );
  return data.citizen.id;
};

describe('merged', () => {
  it('people of one province are one there: whoever reads the whole nation loses nothing of them, and joins nobody elsewhere', async () => {
    const [keep, one] = [await somebody(), await somebody()];
    const [oneAway, other, keepAway] = [await somebody('01'), await somebody('01'), await somebody('01')];
    const known = async (id: string, away: Somebody) => {
      await server.sql(
        `insert into citizen (province_code, id, full_name, date_of_birth, sex, nationality, created_at)
         select '01', id, full_name, date_of_birth, sex, nationality, created_at from citizen where id = $1`,
        [id],
      );
      await server.sql('update declaration set citizen_id = $1 where id = $2', [id, away.declarationId]);
    };
    await known(one.id, oneAway);
    await known(keep.id, keepAway);
    await merge(keep.id, one.id);
    await merge(one.id, other.id, 'admin.01');
    const declared = (...people: Somebody[]) => people.map(({ declarationId }) => declarationId).sort();
    expect(await idsOf(one.id, 'admin.vn')).toEqual(declared(keep, one, oneAway, other));
    expect(await idsOf(keep.id, 'admin.vn')).toEqual(declared(keep, one, keepAway));
    expect(await idsOf(one.id)).toEqual(declared(keep, one));
    const { data } = await server.graphql<{
      declarations: { edges: Array<{ node: { id: string; citizen: Merged } }> };
    }>(
      `query ($citizenId: ID!) { declarations(filter: { citizenId: $citizenId }) { edges { node { id citizen { ${fields} } } } } }`,
      { citizenId: one.id },
      { as: 'admin.vn' },
    );
    const mergedInto = ({ declarationId }: Somebody) =>
      data.declarations.edges
        .find(({ node }) => node.id === declarationId)
        ?.node.citizen.mergedFrom.map(({ citizen }) => citizen.id);
    expect([mergedInto(keep), mergedInto(other)]).toEqual([[one.id], [other.id]]);
  });

  it('two are read as one: declarations, passages, and whom their numbers lead to', async () => {
    const [keep, other] = [await somebody(), await somebody()];
    const passage = aPassage(server.checkpoints.docXay, { declarationId: other.declarationId });
    await record(server, [passage]);
    const answer = await merge(keep.id, other.id);
    expect(answer.data.mergeCitizens).toMatchObject({
      id: keep.id,
      mergedFrom: [{ intoId: keep.id, reason, mergedBy: { name: 'Quản trị Thanh Hóa' }, citizen: { id: other.id } }],
    });
    const both = [keep.declarationId, other.declarationId].sort();
    for (const id of [keep.id, other.id]) expect(await idsOf(id)).toEqual(both);
    expect((await declarationsOf(keep.id)).map(({ citizen }) => citizen.id)).toEqual([keep.id, keep.id]);
    const { data } = await server.graphql<{ passages: { edges: unknown[] } }>(
      'query ($citizenId: ID!) { passages(filter: { citizenId: $citizenId }) { edges { node { id citizen { id } } } } }',
      { citizenId: keep.id },
      { as: 'admin.38' },
    );
    expect(data.passages.edges).toEqual([{ node: { id: passage.id, citizen: { id: keep.id } } }]);
    const [row] = await server.sql('select citizen_id from passage where id = $1', [passage.id]);
    expect(row).toEqual({ citizen_id: other.id });
    for (const number of [keep.idNumber, other.idNumber]) {
      const found = await server.graphql<{ citizens: { edges: Array<{ node: { id: string } }> } }>(
        'query ($search: String!, $reason: String!) { citizens(search: $search, reason: $reason) { edges { node { id } } } }',
        { search: number, reason },
        { as: 'admin.38' },
      );
      expect(found.data.citizens.edges).toEqual([{ node: { id: keep.id } }]);
    }
  });

  it('a later declaration under the merged number is the one person’s, and the un-merged one’s after that', async () => {
    const [keep, other] = [await somebody(), await somebody()];
    await merge(keep.id, other.id);
    const later = await declared(server, { person: { idNumber: other.idNumber } });
    expect(await idsOf(keep.id)).toContain(later.id);
    await unmerge(other.id);
    expect(await idsOf(keep.id)).toEqual([keep.declarationId]);
    expect(await idsOf(other.id)).toEqual([other.declarationId, later.id].sort());
  });

  it('two passages at once of the two are the doubled person’s, of two strangers they are not', async () => {
    const [keep, other, stranger] = [await somebody(), await somebody(), await somebody()];
    await merge(keep.id, other.id);
    const now = Date.now() - 60_000;
    const at = (who: Somebody, minute: number) =>
      aPassage(server.checkpoints.docXay, { id: newUuid7(now + minute * 1_000), declarationId: who.declarationId });
    const flagsOf = async (who: Somebody, minute: number) => {
      const { data } = await record(server, [at(who, minute)]);
      return data.recordPassages[0]?.passage?.flags.map(({ kind }) => kind);
    };
    expect(await flagsOf(keep, 1)).toEqual([]);
    expect(await flagsOf(stranger, 2)).toEqual([]);
    expect(await flagsOf(other, 3)).toEqual(['DUPLICATE_PERSON']);
  });

  it('the last passage that a scan shows is the one of either', async () => {
    const [keep, other] = [await somebody(), await somebody()];
    const passage = aPassage(server.checkpoints.docXay, { declarationId: other.declarationId });
    await record(server, [passage]);
    await merge(keep.id, other.id);
    const pass = await declared(server, { person: { idNumber: keep.idNumber } });
    const { data } = await server.graphql<{ scan: { lastPassage: { id: string } | null } }>(
      'query ($payload: String!, $checkpointId: ID!) { scan(payload: $payload, checkpointId: $checkpointId) { ... on ValidPass { lastPassage { id } } } }',
      { payload: pass.qrPayload, checkpointId: server.checkpoints.docXay },
      { as: 'officer.38' },
    );
    expect(data.scan.lastPassage?.id).toBe(passage.id);
  });

  it('a number that is typed finds what is open under the other', async () => {
    const [keep, other] = [await somebody(), await somebody()];
    await merge(keep.id, other.id);
    const { data } = await server.graphql<{ scan: { declarations: Array<{ id: string }> } }>(
      'query ($payload: String!, $checkpointId: ID!) { scan(payload: $payload, checkpointId: $checkpointId) { ... on FoundDeclarations { declarations { id } } } }',
      { payload: keep.idNumber, checkpointId: server.checkpoints.docXay },
      { as: 'officer.38' },
    );
    expect(data.scan.declarations.map(({ id }) => id).sort()).toEqual([keep.declarationId, other.declarationId].sort());
  });
});

describe('chains', () => {
  it('A into B into C are one; un-merged in the middle, A and B are one again', async () => {
    const [a, b, c] = [await somebody(), await somebody(), await somebody()];
    await merge(b.id, a.id);
    await merge(c.id, b.id);
    for (const { id } of [a, b, c]) expect(await standingOf(id)).toBe(c.id);
    await unmerge(b.id);
    expect(await Promise.all([a, b, c].map(({ id }) => standingOf(id)))).toEqual([b.id, b.id, c.id]);
  });

  it('no circle, no second merge of one, nobody with themselves', async () => {
    const [a, b, c] = [await somebody(), await somebody(), await somebody()];
    await merge(b.id, a.id);
    expect(fieldsOf(await merge(a.id, b.id))).toBe('keep');
    expect(fieldsOf(await merge(c.id, a.id))).toBe('merge');
    expect(fieldsOf(await merge(a.id, a.id))).toBe('merge');
    expect(await standingOf(a.id)).toBe(b.id);
  });
});

describe('sent twice, and at once', () => {
  it('a merge is one, with the same answer, and so is its end', async () => {
    const [keep, other] = [await somebody(), await somebody()];
    const [first, again] = [await merge(keep.id, other.id), await merge(keep.id, other.id)];
    expect(again.data).toEqual(first.data);
    const [ended, endedAgain] = [await unmerge(other.id), await unmerge(other.id)];
    expect(endedAgain.data).toEqual(ended.data);
    expect(await server.sql('select 1 from citizen_alias where alias_id = $1', [other.id])).toHaveLength(1);
    const entries = await server.sql(
      `select action, reason, role from audit_entry where subject_ids @> array[$1::uuid] and action in ('citizens.merge', 'citizens.unmerge') order by id`,
      [other.id],
    );
    expect(entries.map((entry) => entry['action'] as string)).toEqual(['citizens.merge', 'citizens.unmerge']);
    expect(entries.every((entry) => entry['reason'] === reason && entry['role'] === 'ADMIN')).toBe(true);
  });

  it('of two merges into each other at once one holds', async () => {
    for (let round = 0; round < 3; round += 1) {
      const [a, b] = [await somebody(), await somebody()];
      const answers = await Promise.all([merge(a.id, b.id), merge(b.id, a.id)]);
      expect(answers.filter(({ errors }) => !errors)).toHaveLength(1);
      expect(await standingOf(a.id)).toBe(await standingOf(b.id));
    }
  });
});

describe('who may, and whom', () => {
  it('only administrators of the province, of people of one province', async () => {
    const [a, b, foreign] = [await somebody(), await somebody(), await somebody('01')];
    for (const as of ['admin.district', 'tracer.38', 'officer.38'])
      expect(codeOf(await merge(a.id, b.id, as))).toBe('FORBIDDEN');
    expect(codeOf(await merge(a.id, b.id, 'admin.01'))).toBe('NOT_FOUND');
    expect(codeOf(await merge(a.id, foreign.id))).toBe('NOT_FOUND');
    const national = await merge(a.id, foreign.id, 'admin.vn');
    expect([codeOf(national), fieldsOf(national)]).toEqual(['BAD_USER_INPUT', 'merge']);
    expect(fieldsOf(await unmerge(a.id))).toBe('id');
  });
});

describe('erased on request', () => {
  it('goes everybody who was merged with the person', async () => {
    const [a, b, c] = [await somebody(), await somebody(), await somebody()];
    await merge(b.id, a.id);
    await merge(c.id, b.id);
    const { data } = await server.graphql<{ eraseCitizen: unknown }>(
      'mutation ($id: ID!, $reason: String!) { eraseCitizen(id: $id, reason: $reason) { ... on CitizenErased { declarations } } }',
      { id: a.id, reason },
      { as: 'admin.38' },
    );
    expect(data.eraseCitizen).toEqual({ declarations: 3 });
    const ids = [a.id, b.id, c.id];
    const left = await server.sql(
      `select 'citizen' as of from citizen where id = any($1) union all
       select 'name' from citizen_name_key where citizen_id = any($1) union all
       select 'document' from citizen_document where citizen_id = any($1) union all
       select 'merge' from citizen_alias where alias_id = any($1) or citizen_id = any($1) union all
       select 'double' from citizen_double where one_id = any($1) or other_id = any($1) union all
       select 'declaration' from declaration where citizen_id = any($1)`,
      [ids],
    );
    expect(left).toEqual([]);
    expect(await server.sql('select 1 from erased_citizen where citizen_id = any($1)', [ids])).toHaveLength(3);
  });
});

describe('whatever is merged and un-merged', () => {
  it('everybody stands as in a plain model, and all that is theirs is read together', async () => {
    const step = fc.record({ merge: fc.boolean(), one: fc.nat({ max: 4 }), other: fc.nat({ max: 4 }) });
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 12 }), async (steps) => {
        const people: Somebody[] = [];
        for (let each = 0; each < 5; each += 1) people.push(await somebody());
        const parent = new Map<number, number>();
        const root = (of: number): number => (parent.has(of) ? root(parent.get(of) ?? of) : of);
        for (const { merge: isMerge, one, other } of steps) {
          const [keep, merged] = [people[one] as Somebody, people[other] as Somebody];
          const answer = isMerge ? await merge(keep.id, merged.id) : await unmerge(merged.id);
          if (isMerge && one !== other && !parent.has(other) && root(one) !== other) parent.set(other, one);
          if (!isMerge) parent.delete(other);
          if (answer.errors) expect(codeOf(answer)).toBe('BAD_USER_INPUT');
        }
        for (const [at, one] of people.entries()) {
          expect(await standingOf(one.id)).toBe(people[root(at)]?.id);
          const together = people
            .filter((_, other) => root(other) === root(at))
            .map(({ declarationId }) => declarationId);
          expect(await idsOf(one.id)).toEqual(together.sort());
        }
      }),
      { numRuns: 8 },
    );
  }, 180_000);
});
