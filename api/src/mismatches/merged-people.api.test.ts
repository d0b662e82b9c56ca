import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { aMismatch, answered, passed, resolveDocument } from '#test/mismatch-desk.ts';
import { aCardCode, aPassage, declared, record } from '#test/builders.ts';
import { startServer, type TestServer } from '#test/server.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startServer();
});
afterAll(() => server.stop());

const reason = 'đã so với thẻ căn cước';
const flag = 'REGISTRY_MISMATCH';

async function merge(keep: string, merged: string): Promise<void> {
  const document =
    'mutation ($keep: ID!, $merge: ID!, $reason: String!) { mergeCitizens(keep: $keep, merge: $merge, reason: $reason) { id } }';
  await server.graphql(document, { keep, merge: merged, reason }, { as: 'admin.38' });
}
async function unmerge(id: string): Promise<void> {
  const document = 'mutation ($id: ID!, $reason: String!) { unmergeCitizen(id: $id, reason: $reason) { id } }';
  await server.graphql(document, { id, reason }, { as: 'admin.38' });
}

interface Result {
  __typename: string;
  citizen: { id: string; verification: { resolution: { kind: string } | null; checking: boolean } };
}
async function resolve(citizenId: string, changes: Record<string, unknown> = {}, as = 'officer.38'): Promise<Result> {
  const variables = { citizenId, kind: 'ACCEPTED', reason, ...changes };
  const answer = await server.graphql<{ resolveMismatch: Result }>(resolveDocument, variables, { as });
  return answer.data.resolveMismatch;
}
const corrected = {
  fullName: 'Nguyễn Thị Hoà',
  dateOfBirth: '1990-05-17',
  sex: 'FEMALE',
  nationality: 'VNM',
  permanentAddress: { line: '12 Phố Huế', unitCode: '00001' },
};

/** Who waits for someone, of these. */
async function waiting(...people: Array<{ citizenId: string }>): Promise<string[]> {
  const document = '{ mismatches(first: 100) { edges { node { id } } } }';
  type List = { mismatches: { edges: Array<{ node: { id: string } }> } };
  const { data } = await server.graphql<List>(document, {}, { as: 'officer.38' });
  const ids = data.mismatches.edges.map(({ node }) => node.id);
  return people.map(({ citizenId }) => citizenId).filter((id) => ids.includes(id));
}
async function scanned(payload: string): Promise<boolean> {
  const document = `query ($payload: String!, $checkpointId: ID!) { scan(payload: $payload, checkpointId: $checkpointId) {
    ... on ValidPass { flags { kind } } ... on IdCard { flags { kind } } ... on FoundDeclarations { flags { kind } } } }`;
  const variables = { payload, checkpointId: server.checkpoints.docXay };
  type Answer = { scan: { flags: Array<{ kind: string }> } };
  const { data } = await server.graphql<Answer>(document, variables, { as: 'officer.38' });
  return data.scan.flags.some(({ kind }) => kind === flag);
}
async function onPassage(declarationId: string): Promise<boolean> {
  const { data } = await record(server, [aPassage(server.checkpoints.cauGhep, { declarationId })]);
  return data.recordPassages[0]?.passage?.flags.some(({ kind }) => kind === flag) ?? false;
}
type Person = Awaited<ReturnType<typeof passed>>;
/** Whether somebody stands out: by pass, card and number, and on a passage. */
async function standsOut(person: Person): Promise<boolean[]> {
  const idNumber = person.input.person.idNumber ?? '';
  const payloads = [person.qrPayload, aCardCode({ idNumber }), idNumber];
  return [...(await Promise.all(payloads.map(scanned))), await onPassage(person.id)];
}
const [everywhere, nowhere] = [
  [true, true, true, true],
  [false, false, false, false],
];

describe('who is merged with others is one person', () => {
  it('they stand out by the verdict on any of them, whichever passes, until they are un-merged', async () => {
    const [kept, merged] = [await passed(server), await aMismatch(server)];
    expect(await standsOut(kept)).toEqual(nowhere);
    await merge(kept.citizenId, merged.citizenId);
    expect(await standsOut(kept)).toEqual(everywhere);
    expect(await standsOut(merged)).toEqual(everywhere);
    await unmerge(merged.citizenId);
    expect(await standsOut(kept)).toEqual(nowhere);
    expect(await standsOut(merged)).toEqual(everywhere);
  });

  it('in another province, where they are not merged, the other’s verdict waits on', async () => {
    const [kept, merged] = [await aMismatch(server), await aMismatch(server)];
    await server.sql(
      `insert into citizen (province_code, id, full_name, date_of_birth, sex, nationality, created_at)
       select '01', id, full_name, date_of_birth, sex, nationality, created_at from citizen where id = any($1)`,
      [[kept.citizenId, merged.citizenId]],
    );
    await answered(server, { province: '01', citizenId: merged.citizenId, checkpointId: server.checkpoints.hanoi });
    await merge(kept.citizenId, merged.citizenId);
    expect((await resolve(kept.citizenId, {}, 'admin.vn')).__typename).toBe('MismatchResolved');
    const answer = await server.graphql(
      resolveDocument,
      { citizenId: kept.citizenId, kind: 'REFERRED', reason },
      { as: 'admin.01' },
    );
    expect(answer.errors?.[0]?.extensions['code']).toBe('NOT_FOUND');
    // Asked of both provinces at once, by whoever reaches both.
    await resolve(kept.citizenId, { kind: 'REFERRED' }, 'admin.vn');
    expect(
      await server.sql(
        'select resolution_kind from registry_verification where province_code = $1 and citizen_id = $2',
        ['01', merged.citizenId],
      ),
    ).toEqual([{ resolution_kind: null }]);
  });

  it('in another province, where they are not merged, whoever reads both provinces is not shown the other’s verdict', async () => {
    const merged = await aMismatch(server);
    const { id: declarationId } = await declared(server, {}, '01');
    const [{ citizen_id: kept = '' } = {}] = await server.sql<{ citizen_id: string }>(
      'select citizen_id from declaration where id = $1',
      [declarationId],
    );
    await server.sql(
      `insert into citizen (province_code, id, full_name, date_of_birth, sex, nationality, created_at)
       select case province_code when '38' then '01' else '38' end, id, full_name, date_of_birth, sex, nationality, created_at
       from citizen where id = any($1)`,
      [[kept, merged.citizenId]],
    );
    await answered(server, { province: '01', citizenId: merged.citizenId, checkpointId: server.checkpoints.hanoi });
    await merge(kept, merged.citizenId);
    type List = {
      declarations: { edges: Array<{ node: { id: string; citizen: { verification: { status: string } } } }> };
    };
    const { data } = await server.graphql<List>(
      '{ declarations(first: 100) { edges { node { id citizen { id verification { status } } } } } }',
      {},
      { as: 'admin.vn' },
    );
    const statusOf = (id: string) =>
      data.declarations.edges.find(({ node }) => node.id === id)?.node.citizen.verification.status;
    expect(statusOf(merged.id)).toBe('MISMATCHED');
    expect(statusOf(declarationId)).toBe('PENDING');
  });

  it('the verdict on the one who is merged is settled by who asks for whom they stand as', async () => {
    const [kept, merged] = [await passed(server), await aMismatch(server)];
    await answered(server, kept, 'MATCHED');
    await merge(kept.citizenId, merged.citizenId);
    const result = await resolve(kept.citizenId);
    expect(result).toMatchObject({
      __typename: 'MismatchResolved',
      citizen: { id: merged.citizenId, verification: { resolution: { kind: 'ACCEPTED' } } },
    });
    expect(await resolve(kept.citizenId)).toMatchObject({ __typename: 'MismatchResolved' });
    expect(await waiting(kept, merged)).toEqual([]);
    expect(await standsOut(kept)).toEqual(nowhere);
  });

  it('accepted, all of their verdicts are, in one entry; the answer is of the one who was asked for', async () => {
    const [kept, merged, third] = [await aMismatch(server), await aMismatch(server), await aMismatch(server)];
    await merge(kept.citizenId, merged.citizenId);
    await merge(kept.citizenId, third.citizenId);
    const result = await resolve(merged.citizenId);
    expect(result.citizen).toMatchObject({ id: merged.citizenId, verification: { resolution: { kind: 'ACCEPTED' } } });
    expect(await waiting(kept, merged, third)).toEqual([]);
    expect(await standsOut(third)).toEqual(nowhere);
    const entries = await server.sql<{ subject_ids: string[] }>(
      `select subject_ids from audit_entry where action = 'mismatch.resolve' and $1 = any(subject_ids)`,
      [kept.citizenId],
    );
    expect(entries.map(({ subject_ids }) => subject_ids.toSorted())).toEqual([
      [kept, merged, third].map(({ citizenId }) => citizenId).sort(),
    ]);
  });

  it('a correction settles, and asks anew about, the one whose data it changes; the others wait on', async () => {
    const [kept, merged] = [await aMismatch(server), await aMismatch(server)];
    await merge(kept.citizenId, merged.citizenId);
    const result = await resolve(merged.citizenId, { kind: 'CORRECTED', corrected });
    expect(result.citizen).toMatchObject({
      id: merged.citizenId,
      verification: { resolution: { kind: 'CORRECTED' }, checking: true },
    });
    const rows = await server.sql(
      `select v.citizen_id as id, resolution_kind as kind, due_at is not null as due, full_name as name
       from registry_verification v join citizen c on c.id = v.citizen_id where v.citizen_id = any($1) order by kind`,
      [[kept.citizenId, merged.citizenId]],
    );
    expect(rows).toEqual([
      { id: merged.citizenId, kind: 'CORRECTED', due: true, name: 'Nguyễn Thị Hoà' },
      { id: kept.citizenId, kind: null, due: false, name: 'Nguyễn Thị Hoa' },
    ]);
    expect(await waiting(kept, merged)).toEqual([kept.citizenId]);
  });

  it('of two who settle both at once, one is told that the other did', async () => {
    const [kept, merged] = [await aMismatch(server), await aMismatch(server)];
    await merge(kept.citizenId, merged.citizenId);
    const results = await Promise.all([
      resolve(kept.citizenId),
      resolve(merged.citizenId, { reason: 'đã gọi điện hỏi xã' }, 'admin.38'),
    ]);
    expect(results.map(({ __typename }) => __typename).sort()).toEqual(['MismatchResolved', 'MismatchSettled']);
  });
});
