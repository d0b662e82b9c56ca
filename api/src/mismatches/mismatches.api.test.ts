import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { aMismatch, answered, passed, resolveDocument } from '#test/mismatch-desk.ts';
import { aCardCode, aPassage, anIdNumber, declared, record } from '#test/builders.ts';
import { countStatements } from '#test/statements.ts';
import { startServer, type TestServer } from '#test/server.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startServer();
});
afterAll(() => server.stop());

interface Citizen {
  id: string;
  fullName: string;
  dateOfBirth: string;
  idNumber: string | null;
  phone: string | null;
  verification: {
    status: string;
    checking: boolean;
    mismatches: string[];
    checkedAt: string;
    resolution: { kind: string; reason: string; by: { name: string } } | null;
    checkpoint: { name: string } | null;
  };
}
type List = {
  mismatches: {
    totalCount: number;
    pageInfo: { hasNextPage: boolean; endCursor: string };
    edges: Array<{ node: Citizen }>;
  };
};
const listDocument = `query ($scope: ScopeInput, $filter: MismatchFilter, $first: Int, $after: String) {
  mismatches(scope: $scope, filter: $filter, first: $first, after: $after) {
    totalCount pageInfo { hasNextPage endCursor }
    edges { node { id fullName dateOfBirth idNumber phone verification { status checking mismatches checkedAt checkpoint { name } resolution { kind } } } }
  }
}`;
const ask = (as: string, variables = {}) => server.graphql<List>(listDocument, { first: 100, ...variables }, { as });
const waiting = async (as = 'officer.38', variables = {}) =>
  (await ask(as, variables)).data.mismatches.edges.map(({ node }) => node);
const idsOf = (people: Citizen[]) => people.map(({ id }) => id);

type Result = {
  __typename: string;
  message?: string;
  citizen?: Citizen;
  fields?: Array<{ path: string; code: string }>;
};
const reason = 'đã so với thẻ căn cước';
const send = (citizenId: string, changes: Record<string, unknown> = {}, as = 'officer.38') =>
  server.graphql<{ resolveMismatch: Result }>(
    resolveDocument,
    { citizenId, kind: 'ACCEPTED', reason, ...changes },
    { as },
  );
const resolve = async (...of: Parameters<typeof send>) => (await send(...of)).data.resolveMismatch;
const codeOf = async (...of: Parameters<typeof send>) => (await send(...of)).errors?.[0]?.extensions['code'];

const aPerson = (changes = {}) => ({
  fullName: 'Nguyễn Thị Hoà',
  dateOfBirth: '1990-05-17',
  sex: 'FEMALE',
  nationality: 'VNM',
  permanentAddress: { line: '12 Phố Huế', unitCode: '00001' },
  ...changes,
});
const correct = (citizenId: string, changes = {}, more = {}, as = 'officer.38') =>
  resolve(citizenId, { kind: 'CORRECTED', corrected: aPerson(changes), ...more }, as);

const scanFlags = async (payload: string, checkpointId = server.checkpoints.docXay) => {
  const document = `query ($payload: String!, $checkpointId: ID!) { scan(payload: $payload, checkpointId: $checkpointId) {
    ... on ValidPass { flags { kind } } ... on IdCard { flags { kind } } ... on FoundDeclarations { flags { kind } } } }`;
  const answer = await server.graphql<{ scan: { flags: Array<{ kind: string }> } }>(
    document,
    { payload, checkpointId },
    { as: 'officer.38' },
  );
  return answer.data.scan.flags.map(({ kind }) => kind);
};

describe('what waits for someone', () => {
  it('stands in the list of the checkpoint where the person passed last, whole to its officers', async () => {
    const person = await aMismatch(server, { person: { fullName: 'Lê Thị Sai' } });
    const [first] = (await waiting()).filter(({ id }) => id === person.citizenId);
    expect(first).toMatchObject({
      fullName: 'Lê Thị Sai',
      dateOfBirth: '1990-05-17',
      idNumber: person.input.person.idNumber,
      verification: { status: 'MISMATCHED', mismatches: ['fullName'], checkpoint: { name: 'Chốt Dốc Xây' } },
    });
    expect(idsOf(await waiting('officer.cg'))).not.toContain(person.citizenId);
  });

  it('NOT_FOUND waits too; PENDING, UNAVAILABLE and MATCHED wait for nobody', async () => {
    const people = await Promise.all(
      (['NOT_FOUND', 'PENDING', 'UNAVAILABLE', 'MATCHED'] as const).map((status) => aMismatch(server, {}, status)),
    );
    const ids = idsOf(await waiting());
    expect(people.map(({ citizenId }) => ids.includes(citizenId))).toEqual([true, false, false, false]);
  });

  it('an administrator sees those of the jurisdiction, masked', async () => {
    const person = await aMismatch(server, { person: { fullName: 'Lê Thị Kín' } });
    const [shown] = (await waiting('admin.38')).filter(({ id }) => id === person.citizenId);
    expect(shown).toMatchObject({ fullName: 'Lê T. K.', dateOfBirth: '1990', idNumber: null, phone: null });
    expect(idsOf(await waiting('admin.vn'))).toContain(person.citizenId);
    for (const as of ['admin.01', 'admin.district']) expect(idsOf(await waiting(as))).not.toContain(person.citizenId);
  });

  it('an administrator who names the checkpoint sees them masked all the same', async () => {
    const { citizenId } = await aMismatch(server);
    const scope = { checkpointIds: [server.checkpoints.docXay] };
    const found = (await waiting('admin.38', { scope })).find(({ id }) => id === citizenId);
    expect(found).toMatchObject({ idNumber: null, phone: null });
  });

  it('it is narrowed by checkpoint, unit and verdict, and goes in pages', async () => {
    const [one, other] = [await aMismatch(server), await aMismatch(server, {}, 'NOT_FOUND')];
    const only = async (variables: object) => idsOf(await waiting('admin.38', variables));
    expect(await only({ filter: { status: 'NOT_FOUND' } })).toContain(other.citizenId);
    expect(await only({ filter: { status: 'NOT_FOUND' } })).not.toContain(one.citizenId);
    expect(await only({ scope: { checkpointIds: [server.checkpoints.cauGhep] } })).not.toContain(one.citizenId);
    expect(await only({ scope: { unitCode: '14812' } })).toContain(one.citizenId);
    expect(await only({ scope: { unitCode: '01' } })).toEqual([]);
    const { mismatches: first } = (await ask('admin.38', { first: 1 })).data;
    const { mismatches: next } = (await ask('admin.38', { first: 100, after: first.pageInfo.endCursor })).data;
    expect(first.edges.length + next.edges.length).toBe(first.totalCount);
  });

  it('tracers, analysts and auditors have no such list', async () => {
    for (const as of ['tracer.38', 'analyst.38', 'auditor.38'])
      expect((await ask(as)).errors?.[0]?.extensions['code'], as).toBe('FORBIDDEN');
    expect((await server.graphql(listDocument)).errors?.[0]?.extensions['code']).toBe('UNAUTHENTICATED');
  });

  it('whom an officer sees whole stands in the audit trail; asking how many shows nobody', async () => {
    const person = await aMismatch(server);
    const entries = () =>
      server.sql<{ subject_ids: string[] }>(`select subject_ids from audit_entry where action = 'mismatches.read'`);
    const before = (await entries()).length;
    const { data } = await server.graphql<{ mismatchCount: number }>('{ mismatchCount }', {}, { as: 'officer.38' });
    expect(data.mismatchCount).toBeGreaterThan(0);
    const counted = await entries();
    await waiting();
    const listed = (await entries()).slice(counted.length);
    expect(counted.length).toBe(before);
    expect(listed).toHaveLength(1);
    expect(listed[0]?.subject_ids).toContain(person.citizenId);
    await waiting('admin.38');
    expect(await entries()).toHaveLength(counted.length + 1);
  });

  it('ten wait in as many statements as one', async () => {
    const count = async (first: number) => {
      const { data } = await countStatements(() => ask('admin.38', { first }));
      // A session is touched now and then.
      return data.filter((text) => !text.includes('touch_session')).length;
    };
    await ask('admin.38');
    for (let one = 0; one < 3; one += 1) await aMismatch(server);
    expect(await count(3)).toBe(await count(1));
  });
});

describe('settling', () => {
  it('accepted, it waits no longer and stands out no longer; who did and why is entered', async () => {
    const person = await aMismatch(server);
    const result = await resolve(person.citizenId);
    expect(result).toMatchObject({
      __typename: 'MismatchResolved',
      citizen: {
        verification: { status: 'MISMATCHED', resolution: { kind: 'ACCEPTED', reason, by: { name: 'Lê Văn Tám' } } },
      },
    });
    expect(idsOf(await waiting())).not.toContain(person.citizenId);
    const entries = await server.sql(
      `select role, reason, checkpoint_id, detail from audit_entry where action = 'mismatch.resolve' and subject_ids = $1`,
      [[person.citizenId]],
    );
    expect(entries).toEqual([
      {
        role: 'OFFICER',
        reason,
        checkpoint_id: server.checkpoints.docXay,
        detail: { resolution: 'ACCEPTED', verdict: 'MISMATCHED' },
      },
    ]);
  });

  it('corrected, the citizen changes and is asked about anew; what was declared and recorded never does', async () => {
    const person = await aMismatch(server, { person: { fullName: 'Nguyễn Thị Hao', phone: '+84912555666' } });
    const before = await server.sql('select full_name, content_hash from declaration where id = $1', [person.id]);
    const result = await correct(person.citizenId);
    expect(result.citizen).toMatchObject({
      fullName: 'Nguyễn Thị Hoà',
      idNumber: person.input.person.idNumber,
      phone: '+84912555666',
      verification: { checking: true, resolution: { kind: 'CORRECTED' } },
    });
    expect(await server.sql('select full_name, content_hash from declaration where id = $1', [person.id])).toEqual(
      before,
    );
    const [check] = await server.sql(
      'select due_at <= now() as due, declaration_id, claim, attempts from registry_verification where citizen_id = $1',
      [person.citizenId],
    );
    expect(check).toEqual({ due: true, declaration_id: null, claim: null, attempts: 0 });
  });

  it('a corrected number finds the person from then on, and the wrong one finds them no longer', async () => {
    const person = await aMismatch(server);
    const [wrong, right] = [person.input.person.idNumber ?? '', anIdNumber()];
    await correct(person.citizenId, { idNumber: right });
    const byNumber = async (idNumber: string) => (await passed(server, { person: { idNumber } })).citizenId;
    expect(await byNumber(right)).toBe(person.citizenId);
    expect(await byNumber(wrong)).not.toBe(person.citizenId);
  });

  it('a CMND that a CCCD takes the place of stays theirs', async () => {
    const person = await aMismatch(server, { person: { idNumber: '172839405' } });
    await correct(person.citizenId, { idNumber: anIdNumber() });
    expect((await passed(server, { person: { idNumber: '172839405' } })).citizenId).toBe(person.citizenId);
  });

  it('a number of somebody else changes nothing, and says what to do', async () => {
    const [person, other] = [await aMismatch(server), await passed(server)];
    const result = await correct(person.citizenId, { idNumber: other.input.person.idNumber, fullName: 'Đổi Tên' });
    expect(result).toMatchObject({ __typename: 'InvalidCorrection', fields: [{ path: 'idNumber', code: 'TAKEN' }] });
    const [row] = (await waiting()).filter(({ id }) => id === person.citizenId);
    expect(row).toMatchObject({ fullName: 'Nguyễn Thị Hoa', idNumber: person.input.person.idNumber });
  });

  it('wrong input is told by its fields, in the reader’s words, and changes nothing', async () => {
    const person = await aMismatch(server);
    const result = await correct(person.citizenId, {
      fullName: ' ',
      dateOfBirth: '2999-01-01',
      permanentAddress: null,
    });
    expect(result).toMatchObject({ __typename: 'InvalidCorrection' });
    expect(result.fields?.map(({ path }) => path)).toEqual(
      expect.arrayContaining(['fullName', 'permanentAddress.unitCode']),
    );
    expect(idsOf(await waiting())).toContain(person.citizenId);
    const [row] = await server.sql(
      'select full_name, resolution_kind from citizen c join registry_verification v on v.citizen_id = c.id where c.id = $1',
      [person.citizenId],
    );
    expect(row).toEqual({ full_name: 'Nguyễn Thị Hoa', resolution_kind: null });
  });

  it('corrected is sent with CORRECTED, and only with it; a reason holds no number', async () => {
    const { citizenId } = await aMismatch(server);
    expect(await codeOf(citizenId, { kind: 'CORRECTED' })).toBe('BAD_USER_INPUT');
    expect(await codeOf(citizenId, { corrected: aPerson() })).toBe('BAD_USER_INPUT');
    expect(await codeOf(citizenId, { reason: 'ừ' })).toBe('BAD_USER_INPUT');
    expect(await codeOf(citizenId, { reason: 'số đúng là 038190012345' })).toBe('BAD_USER_INPUT');
  });

  it('referred, it waits at the checkpoint no longer and stands out still; an administrator settles it', async () => {
    const person = await aMismatch(server);
    await resolve(person.citizenId, { kind: 'REFERRED' });
    expect(idsOf(await waiting())).not.toContain(person.citizenId);
    expect(idsOf(await waiting('admin.38', { filter: { referred: true } }))).toContain(person.citizenId);
    expect(await scanFlags(person.qrPayload)).toContain('REGISTRY_MISMATCH');
    expect((await resolve(person.citizenId, { reason: 'đã xác minh ở xã' }, 'admin.38')).__typename).toBe(
      'MismatchResolved',
    );
    expect(await scanFlags(person.qrPayload)).not.toContain('REGISTRY_MISMATCH');
  });
});

describe('twice, and at once', () => {
  it('sent again it answers the same and enters nothing more', async () => {
    const { citizenId } = await aMismatch(server);
    const [first, again] = [await correct(citizenId), await correct(citizenId)];
    expect(again).toEqual(first);
    const entries = await server.sql(
      `select 1 from audit_entry where action = 'mismatch.resolve' and subject_ids = $1`,
      [[citizenId]],
    );
    expect(entries).toHaveLength(1);
  });

  it('of two officers at once one wins, and the other is told by data how it stands', async () => {
    for (let round = 0; round < 5; round += 1) {
      const { citizenId } = await aMismatch(server);
      const results = await Promise.all([
        resolve(citizenId, { kind: 'REFERRED', reason: 'chuyển công an xã' }),
        resolve(citizenId, {}, 'admin.38'),
        correct(citizenId, {}, {}, 'admin.38'),
      ]);
      const won = results.filter(({ __typename }) => __typename === 'MismatchResolved');
      // What was referred first may be accepted or corrected after; nothing is settled twice.
      expect(won.length, JSON.stringify(results)).toBeLessThanOrEqual(2);
      const [row] = await server.sql<{ n: string }>(
        `select count(*) as n from audit_entry where action = 'mismatch.resolve' and subject_ids = $1`,
        [[citizenId]],
      );
      expect(Number(row?.n)).toBe(won.length);
      for (const lost of results.filter((result) => !won.includes(result)))
        expect(lost).toMatchObject({
          __typename: 'MismatchSettled',
          citizen: { verification: { resolution: expect.anything() as object } },
        });
    }
  });

  it('who settles a verdict that another answer has replaced changes nothing', async () => {
    const { citizenId } = await aMismatch(server);
    const [seen] = (await waiting()).filter(({ id }) => id === citizenId);
    await answered(server, { citizenId }, 'NOT_FOUND');
    const checkedAt = seen?.verification.checkedAt;
    expect((await resolve(citizenId, { checkedAt })).__typename).toBe('MismatchSettled');
    expect(idsOf(await waiting())).toContain(citizenId);
    await answered(server, { citizenId }, 'MATCHED');
    expect((await resolve(citizenId)).__typename).toBe('MismatchSettled');
  });
});

describe('who may', () => {
  it('only those of the checkpoint or the jurisdiction where it waits', async () => {
    const { citizenId } = await aMismatch(server);
    for (const as of ['officer.cg', 'officer.01', 'admin.01', 'admin.district'])
      expect(await codeOf(citizenId, {}, as), as).toBe('NOT_FOUND');
    for (const as of ['tracer.38', 'analyst.38', 'auditor.38'])
      expect(await codeOf(citizenId, {}, as), as).toBe('FORBIDDEN');
    expect(idsOf(await waiting())).toContain(citizenId);
  });

  it('a verdict is seen with the person; who settled it, why and where only by who may settle it', async () => {
    const person = await aMismatch(server);
    await resolve(person.citizenId);
    const document = `query ($id: ID!) { passages(filter: { citizenId: $id }) { edges { node { citizen { verification {
      status mismatches resolution { kind reason } checkpoint { name } passedAt } } } } } }`;
    const seenBy = async (as: string) => {
      type Answer = { passages: { edges: Array<{ node: { citizen: Citizen } }> } };
      const { data } = await server.graphql<Answer>(document, { id: person.citizenId }, { as });
      return data.passages.edges[0]?.node.citizen.verification;
    };
    expect(await seenBy('admin.38')).toMatchObject({
      status: 'MISMATCHED',
      resolution: { kind: 'ACCEPTED' },
      checkpoint: { name: 'Chốt Dốc Xây' },
    });
    expect(await seenBy('analyst.38')).toEqual({
      status: 'MISMATCHED',
      mismatches: ['fullName'],
      resolution: null,
      checkpoint: null,
      passedAt: null,
    });
  });

  it('a receipt shows no verdict', async () => {
    const person = await aMismatch(server);
    const answer = await server.graphql(
      'query ($secret: String!) { receipt(secret: $secret) { declaration { id citizen { id verification { status } } } accesses { action } } }',
      { secret: person.secret },
    );
    expect(answer.errors).toBeUndefined();
    expect(answer.data).toMatchObject({ receipt: { declaration: { id: person.id, citizen: null } } });
    expect(answer.text).not.toMatch(/MISMATCHED|mismatch/);
  });
});

describe('at the next scan', () => {
  const flag = 'REGISTRY_MISMATCH';

  it.each(['MISMATCHED', 'NOT_FOUND'] as const)(
    '%s stands out: of a pass, a card, a number, and on the passage',
    async (status) => {
      const person = await aMismatch(server, {}, status);
      const idNumber = person.input.person.idNumber ?? '';
      expect(await scanFlags(person.qrPayload)).toContain(flag);
      expect(await scanFlags(aCardCode({ idNumber }))).toContain(flag);
      expect(await scanFlags(idNumber)).toContain(flag);
      const [result] = (await record(server, [aPassage(server.checkpoints.cauGhep, { declarationId: person.id })])).data
        .recordPassages;
      expect(result?.passage?.flags.map(({ kind }) => kind)).toContain(flag);
    },
  );

  it('it stands out until it is accepted, or a later check matches', async () => {
    const [accepted, matched, corrected] = [await aMismatch(server), await aMismatch(server), await aMismatch(server)];
    await resolve(accepted.citizenId);
    await answered(server, matched, 'MATCHED');
    await correct(corrected.citizenId);
    expect(await scanFlags(accepted.qrPayload)).not.toContain(flag);
    expect(await scanFlags(matched.qrPayload)).not.toContain(flag);
    expect(await scanFlags(corrected.qrPayload)).toContain(flag);
    await answered(server, corrected, 'MATCHED');
    expect(await scanFlags(corrected.qrPayload)).not.toContain(flag);
  });

  it('a passage keeps what was known at its receipt', async () => {
    const person = await aMismatch(server);
    const passage = aPassage(server.checkpoints.cauGhep, { declarationId: person.id });
    await record(server, [passage]);
    await resolve(person.citizenId);
    const [row] = await server.sql<{ flags: string[] }>('select flags from passage where id = $1', [passage.id]);
    expect(row?.flags).toContain(flag);
  });

  it('whoever else passes in the same batch does not stand out', async () => {
    const [person, other] = [await aMismatch(server), await declared(server)];
    const input = [person, other].map(({ id: declarationId }) =>
      aPassage(server.checkpoints.cauGhep, { declarationId }),
    );
    const results = (await record(server, input)).data.recordPassages;
    expect(results.map(({ passage }) => passage?.flags.some(({ kind }) => kind === flag))).toEqual([true, false]);
  });

  it('a passage by paper stands out once its form is keyed in', async () => {
    const person = await aMismatch(server);
    const paperFormNumber = `M-${Date.now()}`;
    const passage = aPassage(server.checkpoints.cauGhep, { paperFormNumber, evidence: 'PAPER_AND_CARD' });
    await record(server, [passage]);
    const { input } = await declared(server);
    const form = { ...input, id: passage.id, receiptSecret: null, paperFormNumber, person: person.input.person };
    const document =
      'mutation ($input: DeclarationInput!, $checkpointId: ID!) { recordPaperDeclaration(input: $input, checkpointId: $checkpointId) { __typename } }';
    await server.graphql(document, { input: form, checkpointId: server.checkpoints.docXay }, { as: 'officer.38' });
    const [row] = await server.sql<{ flags: string[] }>('select flags from passage where id = $1', [passage.id]);
    expect(row?.flags).toContain(flag);
  });
});
