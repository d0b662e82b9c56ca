import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { aDeclaration, anIdNumber, aPassage, declared, record, submit, type Submitted } from '#test/builders.ts';
import { startServer, type TestServer } from '#test/server.ts';
import { countStatements } from '#test/statements.ts';
import { addTracer, closeCase, merge, openCase, TraceDesk } from '#test/tracing-desk.ts';
import { newUuid7 } from '#api/platform/shared/uuid7.ts';

let server: TestServer;
let desk: TraceDesk;
beforeAll(async () => {
  server = await startServer();
  await addTracer(server, 'tracer.01', '01@2021', '01');
  await addTracer(server, 'tracer.vn', 'VN@2021', 'VN');
  await addTracer(server, 'second.38', '38@2021', '38');
  desk = await TraceDesk.open(server);
});
afterAll(async () => {
  await desk.close();
  await server.stop();
});

const minute = 60_000;
const hour = 60 * minute;
const dayMs = 24 * hour;
// Each test has an hour of its own, so that nobody of another passes by.
let hours = 0;
const anHour = () => Date.now() - 9 * dayMs + (hours += 1) * 2 * hour;

let addresses = 0;
/** A person whose address and vehicle nobody else has. */
const alone = () => {
  addresses += 1;
  const line = `Nhà số ${addresses} ngõ ${addresses * 7}`;
  const home = { line, unitCode: '16438' };
  return {
    person: { permanentAddress: { line, unitCode: '00001' } },
    journey: {
      destinationAddress: home,
      plate: `36C${String(10_000 + addresses)}`,
      departsAt: new Date(Date.now() - 10 * dayMs),
    },
  };
};

interface Person {
  declarationId: string;
  citizenId: string;
}
const citizenOf = async (declarationId: string): Promise<string> => {
  const rows = await server.sql<{ citizen_id: string }>('select citizen_id from declaration where id = $1', [
    declarationId,
  ]);
  return rows[0]?.citizen_id ?? '';
};
async function aPerson(changes: Parameters<typeof declared>[1] = alone(), toProvince = '38'): Promise<Person> {
  const { id } = await declared(server, changes, toProvince);
  return { declarationId: id, citizenId: await citizenOf(id) };
}

/** Somebody passed at a moment of some days ago. */
async function pass(
  person: Person,
  at: number,
  changes: Partial<ReturnType<typeof aPassage>> & { plate?: string } = {},
  as = 'officer.38',
) {
  const passage = aPassage(server.checkpoints.cauGhep, {
    declarationId: person.declarationId,
    ...changes,
    id: newUuid7(at),
  });
  const { data } = await record(server, [passage], as);
  if (data.recordPassages[0]?.__typename !== 'PassageRecorded') throw new Error(JSON.stringify(data));
  return passage.id;
}

const nameDocument = `mutation ($id: ID!, $caseId: ID!, $citizenId: ID!, $otherId: ID!, $metAt: DateTime!) {
  nameContact(id: $id, caseId: $caseId, citizenId: $citizenId, otherId: $otherId, metAt: $metAt, reason: "khai khi phỏng vấn") { id } }`;

/** Infectious from this moment on. */
const since = (at: number) => ({
  infectiousFrom: new Date(at - minute).toISOString(),
  infectiousUntil: new Date(Date.now() + dayMs).toISOString(),
});

describe('contacts of a case', () => {
  it('SAME_CHECKPOINT: who passed there in the same direction within 15 minutes, with the minutes apart', async () => {
    const at = anHour();
    const [f0, near, far, other] = [await aPerson(), await aPerson(), await aPerson(), await aPerson()];
    await pass(f0, at);
    await pass(near, at + 10 * minute);
    await pass(far, at + 20 * minute);
    await pass(other, at + minute, { direction: 'OUT' });
    const id = await desk.traced(f0.citizenId, since(at));
    const graph = await desk.graph(id, { generations: 1 });
    expect(graph.status).toBe('READY');
    expect(graph.nodes.map(({ citizen, generation }) => [citizen.id, generation])).toEqual([[near.citizenId, 1]]);
    expect(graph.edges).toEqual([
      {
        source: f0.citizenId,
        target: near.citizenId,
        kind: 'SAME_CHECKPOINT',
        at: new Date(at + 10 * minute).toISOString(),
        minutesApart: 10,
        plate: null,
        review: 'NONE',
        checkpoint: { name: 'Chốt Cầu Ghép' },
      },
    ]);
    expect(graph.nodes[0]?.followUp).toMatchObject({ status: 'NOT_CONTACTED', unit: { code: '16438' } });
  });

  it('SAME_VEHICLE: the same plate at a checkpoint, or declared companions', async () => {
    const at = anHour();
    const [f0, rider] = [await aPerson(), await aPerson()];
    await pass(f0, at, { plate: '51B99999' });
    await pass(rider, at + 2 * minute, { plate: '51B99999', direction: 'OUT' });
    const departsAt = new Date(at + hour);
    const idNumber = anIdNumber();
    const [own, companion] = [
      aDeclaration({
        ...alone(),
        person: { ...alone().person, idNumber },
        journey: { ...alone().journey, departsAt, vehicle: 'CAR' },
      }),
      aDeclaration({ ...alone(), journey: { ...alone().journey, departsAt, vehicle: 'CAR' } }),
    ];
    const { data } = await submit(server, [own, companion]);
    expect(data.submitDeclarations.map(({ __typename }: Submitted) => __typename)).toEqual([
      'DeclarationSubmitted',
      'DeclarationSubmitted',
    ]);
    const traveller = { declarationId: own.id, citizenId: await citizenOf(own.id) };
    const graph = await desk.graph(await desk.traced(f0.citizenId, since(at)));
    expect(graph.edges.map(({ kind, target, plate }) => [kind, target, plate])).toEqual([
      ['SAME_VEHICLE', rider.citizenId, '51B99999'],
    ]);
    const second = await desk.graph(await desk.traced(traveller.citizenId, since(at)));
    expect(second.edges.map(({ kind, target }) => [kind, target])).toEqual([
      ['SAME_VEHICLE', await citizenOf(companion.id)],
    ]);
  });

  it('SAME_HOUSEHOLD: the same address however it is written; one that more than 15 share is a place, and links nobody', async () => {
    const at = anHour();
    const home = (line: string) => ({
      ...alone(),
      journey: { ...alone().journey, destinationAddress: { line, unitCode: '16447' } },
    });
    const [f0, mother] = [await aPerson(home('Số 8, Đường Lê Lợi')), await aPerson(home('số 8 đường  LE LOI'))];
    await aPerson(home('Số 9, Đường Lê Lợi'));
    const graph = await desk.graph(await desk.traced(f0.citizenId, since(at)));
    expect(graph.edges.map(({ kind, target, minutesApart }) => [kind, target, minutesApart])).toEqual([
      ['SAME_HOUSEHOLD', mother.citizenId, null],
    ]);
    const dormitory = Array.from({ length: 17 }, () => aDeclaration(home('Ký túc xá số 1')));
    await submit(server, dormitory);
    const resident = await citizenOf(dormitory[0]?.id ?? '');
    const crowded = await desk.graph(await desk.traced(resident, since(at)));
    expect(crowded.nodes.filter(({ generation }) => generation === 1)).toEqual([]);
    expect(crowded.places).toEqual([{ unit: { code: '16447' }, people: 17 }]);
  });

  it('DECLARED: whom somebody named, entered by a tracer with a reason', async () => {
    const at = anHour();
    const [f0, friend] = [await aPerson(), await aPerson()];
    await pass(friend, at - dayMs);
    const id = await desk.traced(f0.citizenId, since(at));
    const variables = {
      id: newUuid7(),
      caseId: id,
      citizenId: f0.citizenId,
      otherId: friend.citizenId,
      metAt: new Date(at + hour),
    };
    const answer = await server.graphql(nameDocument, variables, { as: 'tracer.38' });
    expect(answer.errors).toBeUndefined();
    expect((await desk.graph(id)).status).toBe('RUNNING');
    await desk.drain();
    const graph = await desk.graph(id);
    expect(graph.edges.map(({ kind, target, at: when }) => [kind, target, when])).toEqual([
      ['DECLARED', friend.citizenId, new Date(at + hour).toISOString()],
    ]);
  });

  it('time is respected: an F1 passes nothing on before they could have been infected, nor after they are isolated', async () => {
    const at = anHour();
    const [f0, f1, before, after] = [await aPerson(), await aPerson(), await aPerson(), await aPerson()];
    const elsewhere = { checkpointId: server.checkpoints.docXay };
    await pass(f1, at - 30 * minute, elsewhere);
    await pass(before, at - 29 * minute, elsewhere);
    await pass(f0, at);
    await pass(f1, at + minute);
    await pass(f1, at + 50 * minute, elsewhere);
    await pass(after, at + 51 * minute, elsewhere);
    const id = await desk.traced(f0.citizenId, since(at));
    const found = async () => (await desk.graph(id)).nodes.map(({ citizen, generation }) => [citizen.id, generation]);
    expect(await found()).toEqual([
      [f1.citizenId, 1],
      [after.citizenId, 2],
    ]);
    await server.sql('update case_contact set status = $3, isolated_at = $4 where case_id = $1 and citizen_id = $2', [
      id,
      f1.citizenId,
      'ISOLATING',
      new Date(at + 30 * minute),
    ]);
    await server.sql('update case_trace set due_at = now() - make_interval(mins => 1) where case_id = $1', [id]);
    await desk.drain();
    expect(await found()).toEqual([[f1.citizenId, 1]]);
  });

  it('who was infected earlier by a longer way passes it on from then on', async () => {
    const at = anHour();
    const [f0, a, b, c] = [await aPerson(), await aPerson(), await aPerson(), await aPerson()];
    const elsewhere = { checkpointId: server.checkpoints.docXay };
    await pass(f0, at);
    await pass(a, at);
    // A meets B, B meets C, and only then F0 meets B.
    await pass(a, at + 20 * minute, elsewhere);
    await pass(b, at + 20 * minute, elsewhere);
    await pass(b, at + 40 * minute, elsewhere);
    await pass(c, at + 40 * minute, elsewhere);
    await pass(f0, at + 60 * minute, { direction: 'OUT' });
    await pass(b, at + 60 * minute, { direction: 'OUT' });
    const id = await desk.traced(f0.citizenId, since(at));
    await desk.graph(id, { generations: 3 });
    await desk.drain();
    const graph = await desk.graph(id, { generations: 3 });
    expect(graph.nodes.map(({ citizen, generation }) => [citizen.id, generation])).toEqual([
      [a.citizenId, 1],
      [b.citizenId, 1],
      [c.citizenId, 3],
    ]);
  });

  it('goes by passages as corrected', async () => {
    const at = anHour();
    const [f0, gone, wrong] = [await aPerson(), await aPerson(), await aPerson()];
    await pass(f0, at);
    const ids = [await pass(gone, at + minute), await pass(wrong, at + 2 * minute)];
    await record(server, [
      aPassage(server.checkpoints.cauGhep, {
        id: newUuid7(at + minute),
        corrects: ids[0] ?? '',
        decision: 'VOID',
        reason: 'ghi nhầm',
      }),
      aPassage(server.checkpoints.cauGhep, { id: newUuid7(at + 2 * minute), corrects: ids[1] ?? '', direction: 'OUT' }),
    ]);
    expect((await desk.graph(await desk.traced(f0.citizenId, since(at)))).nodes).toEqual([]);
  });

  it('a person under two numbers is one contact, and the case itself is none', async () => {
    const at = anHour();
    const [f0, one, same] = [await aPerson(), await aPerson(), await aPerson()];
    await pass(f0, at);
    await pass(one, at + minute);
    await pass(same, at + 3 * minute);
    await merge(server, one.citizenId, same.citizenId);
    const graph = await desk.graph(await desk.traced(f0.citizenId, since(at)));
    expect(graph.nodes.map(({ citizen, exposures }) => [citizen.id, exposures])).toEqual([[one.citizenId, 2]]);
  });
});

describe('across provinces', () => {
  it('who is beyond reach is counted, with whom to call; their tracers see them as a task', async () => {
    const at = anHour();
    const idNumber = anIdNumber();
    const here = await aPerson({ ...alone(), person: { ...alone().person, idNumber } });
    const hanoi = { journey: { originCode: '38', destinationAddress: { line: `Ngõ ${hours}`, unitCode: '00001' } } };
    const there = await aPerson(
      { ...hanoi, person: { idNumber, permanentAddress: alone().person.permanentAddress } },
      '01',
    );
    const met = await aPerson(
      {
        ...hanoi,
        person: alone().person,
        journey: { ...hanoi.journey, destinationAddress: { line: `Phố ${hours}`, unitCode: '00001' } },
      },
      '01',
    );
    await pass(there, at, { checkpointId: server.checkpoints.hanoi }, 'officer.01');
    await pass(met, at + minute, { checkpointId: server.checkpoints.hanoi }, 'officer.01');
    const id = await desk.traced(here.citizenId, since(at));
    const graph = await desk.graph(id);
    expect([graph.nodes, graph.edges]).toEqual([[], []]);
    expect(graph.hidden).toEqual([{ province: { code: '01' }, generation: 1, count: 1 }]);
    expect(JSON.stringify(graph)).not.toContain(met.citizenId);
    const whole = await desk.graph(id, null, 'tracer.vn');
    expect(whole.nodes.map(({ citizen }) => citizen.id)).toEqual([met.citizenId]);
    expect(whole.hidden).toEqual([]);
    expect((await desk.graph(id, { windowMinutes: 1 })).hidden).toEqual(graph.hidden);
    expect((await desk.graph(id, { kinds: ['SAME_HOUSEHOLD'] })).hidden).toEqual([]);
    const { data } = await server.graphql<{
      followUps: { edges: Array<{ node: { caseId: string; case: object | null; citizen: { id: string } } }> };
    }>('{ followUps { edges { node { caseId case { id } citizen { id } } } } }', {}, { as: 'tracer.01' });
    expect(data.followUps.edges.map(({ node }) => node)).toContainEqual({
      caseId: id,
      case: null,
      citizen: { id: met.citizenId },
    });
  });
});

describe('what is asked for', () => {
  it('is cut from the trace by generations, kinds and minutes, and searched anew by what is left', async () => {
    const at = anHour();
    const [f0, f1, f2] = [await aPerson(), await aPerson(), await aPerson()];
    await pass(f0, at);
    await pass(f1, at + 10 * minute);
    await pass(f2, at + 20 * minute);
    const id = await desk.traced(f0.citizenId, since(at));
    const ids = async (input: object) => (await desk.graph(id, { ...input })).nodes.map(({ citizen }) => citizen.id);
    expect(await ids({})).toEqual([f1.citizenId, f2.citizenId]);
    expect(await ids({ generations: 1 })).toEqual([f1.citizenId]);
    expect(await ids({ windowMinutes: 10 })).toEqual([f1.citizenId, f2.citizenId]);
    expect(await ids({ windowMinutes: 9 })).toEqual([]);
    expect(await ids({ kinds: ['SAME_VEHICLE'] })).toEqual([]);
    expect(await ids({ maxNodes: 1 })).toEqual([f1.citizenId]);
    expect(await desk.graph(id, { maxNodes: 1 })).toMatchObject({ truncated: true, totalNodes: 2 });
  });

  it('of a case whose person is merged into another since, begins with whom they stand as', async () => {
    const at = anHour();
    const [f0, f1, f2, kept] = [await aPerson(), await aPerson(), await aPerson(), await aPerson()];
    await pass(f0, at);
    await pass(f1, at + 5 * minute);
    const id = await desk.traced(f0.citizenId, since(at));
    await merge(server, kept.citizenId, f0.citizenId);
    const named = await server.graphql(
      nameDocument,
      { id: newUuid7(), caseId: id, citizenId: kept.citizenId, otherId: f2.citizenId, metAt: new Date(at) },
      { as: 'tracer.38' },
    );
    expect(named.errors).toBeUndefined();
    await desk.drain();
    for (const input of [{}, { windowMinutes: 14 }]) {
      const graph = await desk.graph(id, input);
      expect(graph.nodes.map(({ citizen }) => citizen.id).toSorted()).toEqual([f1.citizenId, f2.citizenId].toSorted());
      expect(graph.edges.map(({ source }) => source)).toEqual([kept.citizenId, kept.citizenId]);
    }
  });

  it('says that it is not whole where links are cut that nobody of the reader’s provinces has', async () => {
    const at = anHour();
    const [f0, f1] = [await aPerson(), await aPerson()];
    await pass(f0, at);
    await pass(f1, at + minute);
    const id = await desk.traced(f0.citizenId, since(at));
    expect((await desk.graph(id, { windowMinutes: 14 })).truncated).toBe(false);
    await server.sql(
      `insert into exposure (province_code, case_id, place, source_id, target_province, target_id, generation, kind, at)
       select '01', $1, n, gen_random_uuid(), '01', gen_random_uuid(), 2, 'DECLARED', $2 from generate_series(1, 60000) n`,
      [id, new Date(at)],
    );
    expect((await desk.graph(id, { windowMinutes: 14 })).truncated).toBe(true);
  });

  it('wider than was traced, it is traced in the background', async () => {
    const at = anHour();
    const [f0, far] = [await aPerson(), await aPerson()];
    await pass(f0, at);
    await pass(far, at + 25 * minute);
    const id = await desk.traced(f0.citizenId, since(at));
    expect(await desk.graph(id, { windowMinutes: 30 })).toMatchObject({ status: 'RUNNING', nodes: [] });
    await desk.drain();
    expect((await desk.graph(id, { windowMinutes: 30 })).nodes.map(({ citizen }) => citizen.id)).toEqual([
      far.citizenId,
    ]);
    expect((await desk.graph(id)).nodes).toEqual([]);
  });

  it('out of bounds it is refused', async () => {
    const id = await desk.traced((await aPerson()).citizenId);
    for (const input of [{ generations: 5 }, { windowMinutes: 0 }, { maxNodes: 20_000 }])
      await expect(desk.graph(id, input)).rejects.toThrow(/BAD_USER_INPUT/);
  });

  it('stands in the audit trail with the size of the trace', async () => {
    const at = anHour();
    const [f0, f1] = [await aPerson(), await aPerson()];
    await pass(f0, at);
    await pass(f1, at);
    const id = await desk.traced(f0.citizenId, since(at));
    const [entry] = await server.sql(
      `select detail, role from audit_entry where action = 'case.trace' and detail ->> 'caseId' = $1`,
      [id],
    );
    expect(entry).toMatchObject({
      role: 'TRACER',
      detail: { people: 1, links: 1, generations: 2, windowMinutes: 15, status: 'READY' },
    });
  });
});

describe('contacts that are written to a file', () => {
  const forFile = (id: string, as: string) =>
    server.graphql<{ case: { contactGraph: { nodes: unknown[] } } }>(
      `query ($id: ID!) { case(id: $id) { contactGraph(input: { generations: 1 }, forExport: true) { nodes { citizen { fullName } } } } }`,
      { id },
      { as },
    );
  const entries = (id: string) =>
    server.sql(
      `select role, province_code, unit_id, detail from audit_entry where action = 'case.export' and detail -> 'conditions' ->> 'caseId' = $1`,
      [id],
    );

  it('stand in the audit trail with the case and how many; a look writes no such entry', async () => {
    const at = anHour();
    const [f0, f1] = [await aPerson(), await aPerson()];
    await pass(f0, at);
    await pass(f1, at + minute);
    const id = await desk.traced(f0.citizenId, since(at));
    await desk.graph(id);
    expect(await entries(id)).toEqual([]);
    expect((await forFile(id, 'tracer.38')).data.case.contactGraph.nodes).toHaveLength(1);
    const detail = expect.objectContaining({
      list: 'contacts',
      rows: 1,
      conditions: expect.objectContaining({ generations: 1 }) as object,
    }) as object;
    expect(await entries(id)).toEqual([{ role: 'TRACER', province_code: '38', unit_id: '38@2021', detail }]);
  });

  it('are refused to who traces nothing, and no tracer writes other lists to files', async () => {
    const id = await desk.traced((await aPerson()).citizenId);
    expect((await forFile(id, 'admin.38')).errors?.[0]?.extensions['code']).toBe('FORBIDDEN');
    expect(await entries(id)).toEqual([]);
    const others = await server.graphql('{ passages(forExport: true) { edges { cursor } } }', {}, { as: 'tracer.38' });
    expect(others.errors?.[0]?.extensions['code']).toBe('FORBIDDEN');
  });
});

describe('a link that a tracer decided on', () => {
  const review = (variables: object, as = 'tracer.38') =>
    server.graphql(
      `mutation ($caseId: ID!, $source: ID!, $target: ID!, $kind: ExposureKind!, $review: LinkReview!) {
         reviewLink(caseId: $caseId, source: $source, target: $target, kind: $kind, review: $review, reason: "đã xác minh tại chốt") { id } }`,
      { ...variables },
      { as },
    );

  it('dismissed leads nowhere in every later trace, is shown as such, and can be taken back', async () => {
    const at = anHour();
    const [f0, f1, f2] = [await aPerson(), await aPerson(), await aPerson()];
    await pass(f0, at);
    await pass(f1, at + 10 * minute);
    await pass(f2, at + 20 * minute);
    const caseId = await desk.traced(f0.citizenId, since(at));
    const link = { caseId, source: f0.citizenId, target: f1.citizenId, kind: 'SAME_CHECKPOINT' };
    expect((await review({ ...link, review: 'DISMISSED' })).errors).toBeUndefined();
    for (let runs = 0; runs < 2; runs += 1) {
      await desk.drain();
      const graph = await desk.graph(caseId);
      expect(graph.nodes.map(({ citizen, exposures, followUp }) => [citizen.id, exposures, followUp])).toEqual([
        [f1.citizenId, 0, null],
      ]);
      expect(graph.edges.map((edge) => edge.review)).toEqual(['DISMISSED']);
      await server.sql('update case_trace set due_at = now() - make_interval(mins => 1) where case_id = $1', [caseId]);
    }
    await review({ ...link, review: 'CONFIRMED' });
    await desk.drain();
    const graph = await desk.graph(caseId);
    expect(graph.nodes.map(({ citizen }) => citizen.id)).toEqual([f1.citizenId, f2.citizenId]);
    expect(graph.edges.map((edge) => edge.review)).toEqual(['CONFIRMED', 'NONE']);
    const entries = await server.sql(
      `select from audit_entry where action = 'case.review-link' and detail ->> 'caseId' = $1`,
      [caseId],
    );
    expect(entries).toHaveLength(2);
  });

  it('and since when somebody is isolated hold for whom they are merged into later', async () => {
    const at = anHour();
    const [f0, f1, f2, kept] = [await aPerson(), await aPerson(), await aPerson(), await aPerson()];
    const elsewhere = { checkpointId: server.checkpoints.docXay };
    await pass(f0, at);
    await pass(f1, at + minute);
    const other = await aPerson();
    await pass(other, at + 2 * minute);
    await pass(other, at + 60 * minute, elsewhere);
    await pass(f2, at + 61 * minute, elsewhere);
    const caseId = await desk.traced(f0.citizenId, since(at));
    // Once the first is dismissed, the second is what leads there.
    for (const source of [f0.citizenId, other.citizenId]) {
      const link = { caseId, source, target: f1.citizenId, kind: 'SAME_CHECKPOINT', review: 'DISMISSED' };
      expect((await review(link)).errors).toBeUndefined();
      await desk.drain();
    }
    await server.sql(
      `update case_contact set status = 'ISOLATING', isolated_at = $3, notes = 'ở khu cách ly' where case_id = $1 and citizen_id = $2`,
      [caseId, other.citizenId, new Date(at + 30 * minute)],
    );
    const keptOther = await aPerson();
    await merge(server, kept.citizenId, f1.citizenId);
    await merge(server, keptOther.citizenId, other.citizenId);
    await server.sql('update case_trace set due_at = now() - make_interval(mins => 1) where case_id = $1', [caseId]);
    await desk.drain();
    const graph = await desk.graph(caseId);
    expect(graph.nodes.map(({ citizen, exposures, followUp }) => [citizen.id, exposures, followUp?.status])).toEqual([
      [kept.citizenId, 0, undefined],
      [keptOther.citizenId, 1, 'ISOLATING'],
    ]);
    expect(graph.edges.map(({ target, review: decided }) => [target, decided]).toSorted()).toEqual(
      [
        [kept.citizenId, 'DISMISSED'],
        [keptOther.citizenId, 'NONE'],
        [kept.citizenId, 'DISMISSED'],
      ].toSorted(),
    );
    const narrowed = await desk.graph(caseId, { windowMinutes: 10 });
    expect(narrowed.nodes.map(({ citizen }) => citizen.id)).not.toContain(f2.citizenId);
  });

  it('that no trace found is not there', async () => {
    const [f0, other] = [await aPerson(), await aPerson()];
    const caseId = await desk.traced(f0.citizenId);
    const answer = await review({
      caseId,
      source: f0.citizenId,
      target: other.citizenId,
      kind: 'DECLARED',
      review: 'DISMISSED',
    });
    expect(answer.errors?.[0]?.extensions['code']).toBe('NOT_FOUND');
  });
});

describe('a trace of many people', () => {
  it('waits for a second tracer', async () => {
    const at = anHour();
    const people = [await aPerson(), await aPerson(), await aPerson()];
    for (const person of people) await pass(person, at);
    desk.mostUnapproved = 1;
    try {
      const id = await desk.traced(people[0]?.citizenId ?? '', since(at));
      expect(await desk.graph(id)).toMatchObject({ status: 'AWAITING_APPROVAL', nodes: [], people: 2 });
      const approve = (as: string) =>
        server.graphql(
          'mutation ($id: ID!) { approveTrace(caseId: $id, reason: "ổ dịch lớn, cần truy hết") { id } }',
          { id },
          { as },
        );
      expect((await approve('tracer.38')).errors?.[0]?.extensions['code']).toBe('BAD_USER_INPUT');
      expect((await approve('tracer.01')).errors?.[0]?.extensions['code']).toBe('NOT_FOUND');
      expect((await approve('second.38')).errors).toBeUndefined();
      await desk.drain();
      expect(await desk.graph(id)).toMatchObject({ status: 'READY', totalNodes: 2 });
    } finally {
      desk.mostUnapproved = 2_000;
    }
  });
});

describe('a trace that somebody asked for', () => {
  const approve = (id: string, as: string) =>
    server.graphql(
      'mutation ($id: ID!) { approveTrace(caseId: $id, reason: "ổ dịch lớn, cần truy hết") { id } }',
      { id },
      { as },
    );

  const approves = async (id: string, as: string) => (await approve(id, as)).errors === undefined;
  const wide = async (id: string, input: object, as: string) => {
    await desk.graph(id, { ...input }, as);
    await desk.drain();
    expect((await desk.graph(id)).status).toBe('AWAITING_APPROVAL');
  };
  /** A case of more people than one tracer lets through, opened by tracer.38. */
  async function large(work: (id: string, name: (as: string) => Promise<unknown>) => Promise<void>): Promise<void> {
    const at = anHour();
    const people = [await aPerson(), await aPerson(), await aPerson()];
    for (const person of people) await pass(person, at);
    const [citizenId = '', otherId = ''] = people.map((person) => person.citizenId);
    desk.mostUnapproved = 1;
    try {
      const caseId = await desk.traced(citizenId, since(at));
      const named = { id: newUuid7(), caseId, citizenId, otherId, metAt: new Date(at) };
      await work(caseId, async (as) => {
        expect((await server.graphql(nameDocument, named, { as })).errors).toBeUndefined();
        await desk.drain();
      });
    } finally {
      desk.mostUnapproved = 2_000;
    }
  }

  it('they never approve, also after another tracer had it traced again', () =>
    large(async (id, name) => {
      await name('second.38');
      expect((await approve(id, 'tracer.38')).errors?.[0]?.extensions['code']).toBe('BAD_USER_INPUT');
      expect(await approves(id, 'second.38')).toBe(true);
    }));

  it('by several, each for a part, is approved by none of them, but by a tracer of a unit above', () =>
    large(async (id) => {
      await wide(id, { windowMinutes: 30 }, 'tracer.38');
      await wide(id, { generations: 3 }, 'second.38');
      for (const as of ['tracer.38', 'second.38']) expect(await approves(id, as), as).toBe(false);
      expect(await approves(id, 'tracer.vn')).toBe(true);
    }));

  it('for all that it goes through is approved by who had asked for less', () =>
    large(async (id) => {
      await wide(id, { windowMinutes: 30 }, 'tracer.38');
      await wide(id, { generations: 3, windowMinutes: 30 }, 'second.38');
      expect(await approves(id, 'second.38')).toBe(false);
      expect(await approves(id, 'tracer.38')).toBe(true);
    }));

  it('while it runs is asked for its state in statements that read nobody', async () => {
    const id = await desk.traced((await aPerson()).citizenId);
    const ask = (fields: string) =>
      countStatements(() =>
        server.graphql(
          `query ($id: ID!) { case(id: $id) { id contactGraph { ${fields} } } }`,
          { id },
          { as: 'tracer.38' },
        ),
      );
    await ask('status');
    const state = await ask('status people reachedGeneration tracedAt');
    expect(state.data.filter((text) => /case_contact|from exposure|from citizen/.test(text))).toEqual([]);
    const whole = await ask('status totalNodes truncated nodes { generation } edges { kind } hidden { count }');
    expect(whole.data).toHaveLength(state.data.length + 2);
  });

  it('is traced once more where anything changed meanwhile, by whichever clock', async () => {
    const at = anHour();
    const [f0, f1] = [await aPerson(), await aPerson()];
    await pass(f0, at);
    await pass(f1, at);
    const id = (await openCase(server, f0.citizenId, since(at))).data.openCase.id;
    await desk.traceNext(() =>
      server.sql(
        `update case_trace set due_at = now(), asked_at = asked_at - interval '3 seconds' where case_id = $1`,
        [id],
      ),
    );
    const [row] = await server.sql('select due_at is not null as due from case_trace where case_id = $1', [id]);
    expect(row).toEqual({ due: true });
  });

  it('of a case that is closed while it runs lets go of whom it found', async () => {
    const at = anHour();
    const [f0, f1] = [await aPerson(), await aPerson()];
    await pass(f0, at);
    await pass(f1, at);
    const id = (await openCase(server, f0.citizenId, since(at))).data.openCase.id;
    await desk.traceNext(() => closeCase(server, id));
    await desk.drain();
    const held = await server.sql('select from citizen_hold where citizen_id = $1 and ended_at is null', [
      f1.citizenId,
    ]);
    expect(held).toEqual([]);
  });
});

describe('the people of a case', () => {
  it('are kept, contacts too, until it is closed', async () => {
    const at = anHour();
    const [f0, f1] = [await aPerson(), await aPerson()];
    await pass(f0, at);
    await pass(f1, at);
    const id = await desk.traced(f0.citizenId, since(at));
    const held = () =>
      server.sql('select from citizen_hold where citizen_id = any($1) and ended_at is null', [
        [f0.citizenId, f1.citizenId],
      ]);
    expect(await held()).toHaveLength(2);
    await closeCase(server, id);
    await desk.drain();
    expect(await held()).toEqual([]);
    expect((await desk.graph(id)).nodes).toHaveLength(1);
  });

  it('and all that was found go when whoever it was of is erased', async () => {
    const at = anHour();
    const [f0, f1] = [await aPerson(), await aPerson()];
    await pass(f0, at);
    await pass(f1, at);
    const id = await desk.traced(f0.citizenId, since(at));
    const rows = async () => {
      const [found] = await server.sql(
        `select exists (select from case_trace where case_id = $1) as trace, exists (select from case_contact where case_id = $1) as contact,
           exists (select from exposure where case_id = $1) as link`,
        [id],
      );
      return found;
    };
    expect(await rows()).toEqual({ trace: true, contact: true, link: true });
    await closeCase(server, id);
    await desk.drain();
    const answer = await server.graphql<{ eraseCitizen: { __typename: string } }>(
      'mutation ($id: ID!) { eraseCitizen(id: $id, reason: "yêu cầu bằng văn bản") { __typename } }',
      { id: f0.citizenId },
      { as: 'admin.38' },
    );
    expect(answer.data.eraseCitizen.__typename).toBe('CitizenErased');
    expect(await rows()).toEqual({ trace: false, contact: false, link: false });
  });

  it('are not being traced any more once it is closed, were it before the first trace', async () => {
    const { citizenId } = await aPerson();
    const { id } = (await openCase(server, citizenId)).data.openCase;
    await closeCase(server, id);
    await desk.drain();
    expect((await desk.graph(id)).status).toBe('READY');
  });
});
