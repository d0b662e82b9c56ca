import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { anIdNumber, declared } from '#test/builders.ts';
import { passed } from '#test/mismatch-desk.ts';
import { startServer, type TestServer } from '#test/server.ts';
import { countStatements } from '#test/statements.ts';
import { addTracer, caseReason, closeCase, openCase, shownCase, type ShownCase } from '#test/tracing-desk.ts';
import { newUuid7 } from '#api/platform/shared/uuid7.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startServer();
  await addTracer(server, 'tracer.01', '01@2021', '01');
  await addTracer(server, 'tracer.hamrong', '14758@2021', '38');
});
afterAll(() => server.stop());

const opened = async (citizenId: string, changes = {}) => {
  const answer = await openCase(server, citizenId, changes);
  if (answer.errors) throw new Error(answer.text);
  return answer.data.openCase;
};
const codeOf = (answer: Awaited<ReturnType<typeof openCase>>) => answer.errors?.[0]?.extensions['code'];
const list = async (as = 'tracer.38', variables = {}) => {
  const { data } = await server.graphql<{ cases: { totalCount: number; edges: Array<{ node: ShownCase }> } }>(
    `query ($scope: ScopeInput, $status: CaseStatus, $open: Boolean, $first: Int, $after: String) {
       cases(scope: $scope, status: $status, open: $open, first: $first, after: $after) { totalCount edges { node { ${shownCase} } } } }`,
    { first: 100, ...variables },
    { as },
  );
  return data.cases.edges.map(({ node }) => node);
};
const entries = (action: string, caseId: string) =>
  server.sql<{ subject_ids: string[]; reason: string | null; detail: object }>(
    `select subject_ids, reason, detail from audit_entry where action = $1 and detail ->> 'caseId' = $2`,
    [action, caseId],
  );

describe('a case', () => {
  it('is opened by a tracer with its person, the unit where they stay and the rule set in force', async () => {
    const person = await passed(server, { person: { fullName: 'Lê Thị Dương' } });
    const found = await opened(person.citizenId, { onsetOn: '2026-11-20', sampledOn: '2026-11-22' });
    expect(found).toMatchObject({
      status: 'CONFIRMED',
      citizen: { id: person.citizenId, fullName: 'Lê Thị Dương', idNumber: person.input.person.idNumber },
      unit: { code: '16438' },
      ruleSet: 'VN-2021-12-29',
      infectiousFrom: '2026-11-17T17:00:00.000Z',
      infectiousUntil: '2026-11-30T17:00:00.000Z',
      overrideReason: null,
      openedBy: { name: 'Đỗ Thị Vết' },
      closedAt: null,
    });
  });

  it('stands in the audit trail with its justification, and each look at its person too', async () => {
    const person = await passed(server);
    const { id } = await opened(person.citizenId);
    expect(await entries('case.open', id)).toMatchObject([{ subject_ids: [person.citizenId], reason: caseReason }]);
    const looks = await entries('case.read', id);
    await server.graphql(`query ($id: ID!) { case(id: $id) { citizen { fullName } } }`, { id }, { as: 'tracer.38' });
    expect(await entries('case.read', id)).toHaveLength(looks.length + 1);
  });

  it('sent again it is opened once; the same id with other content is told apart', async () => {
    const person = await passed(server);
    const id = newUuid7();
    const [first, again] = [await opened(person.citizenId, { id }), await opened(person.citizenId, { id })];
    expect(again).toEqual(first);
    expect(await entries('case.open', id)).toHaveLength(1);
    const other = await openCase(server, person.citizenId, { id, justification: 'vì một lý do khác hẳn' });
    expect(other.errors?.[0]?.extensions).toMatchObject({
      code: 'BAD_USER_INPUT',
      fields: { 'input.id': expect.any(String) },
    });
  });

  it('of one person is open once', async () => {
    const person = await passed(server);
    await opened(person.citizenId);
    const second = await openCase(server, person.citizenId);
    expect(second.errors?.[0]?.extensions).toMatchObject({ fields: { 'input.citizenId': expect.any(String) } });
  });

  it('of one person is open once, also for a commune that may not see the case of another', async () => {
    const person = await passed(server);
    await opened(person.citizenId);
    await declared(server, {
      person: { idNumber: person.input.person.idNumber ?? '' },
      journey: { destinationAddress: { line: 'Thôn 1', unitCode: '14758' } },
    });
    const second = await openCase(server, person.citizenId, {}, 'tracer.hamrong');
    expect(second.errors?.[0]?.extensions).toMatchObject({ fields: { 'input.citizenId': expect.any(String) } });
  });

  it('takes an infectious period other than the rule set says, with a reason', async () => {
    const person = await passed(server);
    const period = { infectiousFrom: '2026-11-10T00:00:00.000Z', infectiousUntil: '2026-11-25T00:00:00.000Z' };
    expect(await opened(person.citizenId, { ...period, overrideReason: 'bác sĩ điều trị xác định' })).toMatchObject({
      ...period,
      overrideReason: 'bác sĩ điều trị xác định',
    });
    const backwards = { infectiousFrom: period.infectiousUntil, infectiousUntil: period.infectiousFrom };
    expect(codeOf(await openCase(server, (await passed(server)).citizenId, backwards))).toBe('BAD_USER_INPUT');
  });

  it.each([
    ['ruled out', { status: 'RULED_OUT' }],
    ['from the future', { onsetOn: '2031-01-01' }],
    ['without a reason', { justification: 'x' }],
    ['under an id of another kind', { id: '5e0e2ab1-7a0e-4a3f-9d33-0f5c8c7d2f10' }],
  ])('%s is refused', async (_, changes) => {
    expect(codeOf(await openCase(server, (await passed(server)).citizenId, changes))).toBe('BAD_USER_INPUT');
  });

  it('is for tracers alone, and only on people whom a row names that they may see', async () => {
    const person = await passed(server);
    for (const as of ['admin.38', 'officer.38', 'analyst.38', 'auditor.38'])
      expect(codeOf(await openCase(server, person.citizenId, {}, as)), as).toBe('FORBIDDEN');
    for (const as of ['tracer.01', 'tracer.hamrong'])
      expect(codeOf(await openCase(server, person.citizenId, {}, as)), as).toBe('NOT_FOUND');
    expect(codeOf(await openCase(server, newUuid7()))).toBe('NOT_FOUND');
  });

  it('of another jurisdiction is not there', async () => {
    const { id } = await opened((await passed(server)).citizenId);
    const see = async (as: string) =>
      (await server.graphql<{ case: ShownCase | null }>('query ($id: ID!) { case(id: $id) { id } }', { id }, { as }))
        .data.case;
    expect(await see('tracer.38')).toEqual({ id });
    for (const as of ['tracer.01', 'tracer.hamrong']) {
      expect(await see(as)).toBeNull();
      expect((await list(as)).map((one) => one.id)).not.toContain(id);
      expect(codeOf((await closeCase(server, id, 'RULED_OUT', as)) as never)).toBe('NOT_FOUND');
    }
  });
});

describe('the list of cases', () => {
  it('is narrowed by unit, status and whether it is open, newest first', async () => {
    const [one, other] = [
      await opened((await passed(server)).citizenId),
      await opened((await passed(server)).citizenId, { status: 'SUSPECTED' }),
    ];
    const ids = async (variables = {}) => (await list('tracer.38', variables)).map(({ id }) => id);
    const all = await ids();
    expect(all.indexOf(other.id)).toBeLessThan(all.indexOf(one.id));
    expect(await ids({ status: 'SUSPECTED' })).toContain(other.id);
    expect(await ids({ status: 'SUSPECTED' })).not.toContain(one.id);
    expect(await ids({ scope: { unitCode: '16438' } })).toContain(one.id);
    expect(await ids({ scope: { unitCode: '14758' } })).not.toContain(one.id);
    await closeCase(server, one.id);
    expect(await ids({ open: true })).not.toContain(one.id);
    expect(await ids({ open: false })).toContain(one.id);
  });

  it('ten take as many statements as one', async () => {
    const count = async (first: number) => {
      const { data } = await countStatements(() => list('tracer.38', { first }));
      return data.filter((text) => !text.includes('touch_session')).length;
    };
    await list();
    const few = await count(1);
    for (let at = 0; at < 3; at += 1) await opened((await passed(server)).citizenId);
    expect(await count(10)).toBe(few);
  });
});

describe('a case that is closed', () => {
  it('has a verdict and a reason, once; it is not closed as suspected', async () => {
    const person = await passed(server);
    const { id } = await opened(person.citizenId);
    expect(codeOf((await closeCase(server, id, 'SUSPECTED')) as never)).toBe('BAD_USER_INPUT');
    const first = (await closeCase(server, id)).data.closeCase;
    expect(first).toMatchObject({ status: 'RULED_OUT', closedAt: expect.any(String) });
    expect((await closeCase(server, id)).data.closeCase).toEqual(first);
    expect(codeOf((await closeCase(server, id, 'CONFIRMED')) as never)).toBe('BAD_USER_INPUT');
    expect(await entries('case.close', id)).toHaveLength(1);
    expect((await opened(person.citizenId)).id).not.toBe(id);
  });

  it('keeps nobody any more: until then retention and erasure go around its person', async () => {
    const person = await passed(server);
    const { id } = await opened(person.citizenId);
    const erase = async () =>
      (
        await server.graphql<{ eraseCitizen: { __typename: string } }>(
          'mutation ($id: ID!) { eraseCitizen(id: $id, reason: "yêu cầu bằng văn bản") { __typename } }',
          { id: person.citizenId },
          { as: 'admin.38' },
        )
      ).data.eraseCitizen.__typename;
    expect(await erase()).toBe('CitizenHeld');
    await closeCase(server, id);
    expect(await erase()).toBe('CitizenErased');
    expect(await server.sql('select from epidemic_case where id = $1', [id])).toEqual([]);
  });
});

describe('a person under two numbers', () => {
  it('has one case, under whom they stand as', async () => {
    const [keep, merge] = [await passed(server, { person: { idNumber: anIdNumber() } }), await passed(server)];
    const answer = await server.graphql(
      'mutation ($keep: ID!, $merge: ID!) { mergeCitizens(keep: $keep, merge: $merge, reason: "cùng một người") { id } }',
      { keep: keep.citizenId, merge: merge.citizenId },
      { as: 'admin.38' },
    );
    expect(answer.errors).toBeUndefined();
    expect((await opened(merge.citizenId)).citizen.id).toBe(keep.citizenId);
    expect(codeOf(await openCase(server, keep.citizenId))).toBe('BAD_USER_INPUT');
  });
});
