import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { anIdNumber, aPassage, declared, record } from '#test/builders.ts';
import { asWorker, OutboxDesk } from '#test/outbox-desk.ts';
import { startServer, type TestServer } from '#test/server.ts';
import { addTracer, closeCase, openCase, TraceDesk } from '#test/tracing-desk.ts';
import { newUuid7 } from '#api/platform/shared/uuid7.ts';
import type { Database } from '../platform/database/database.ts';
import { contactsElsewhere } from './contacts-elsewhere.service.ts';

let server: TestServer;
let desk: TraceDesk;
let database: Database;
let outbox: OutboxDesk;
beforeAll(async () => {
  server = await startServer();
  await addTracer(server, 'tracer.01', '01@2021', '01');
  await server.sql(
    `insert into account (id, username, full_name, password_hash, must_change_password, roles, unit_id, province_code, active, demo, created_at)
     select $1, 'auditor.01', 'Kiểm Toán', password_hash, false, '{AUDITOR}', '01@2021', '01', true, false, now()
     from account where username = 'auditor.38'`,
    [newUuid7()],
  );
  desk = await TraceDesk.open(server);
  database = await asWorker(server.ownerUrl);
  outbox = new OutboxDesk(database, [contactsElsewhere(() => new Date())]);
});
afterAll(async () => {
  await Promise.all([desk.close(), database.close()]);
  await server.stop();
});

const [minute, day] = [60_000, 86_400_000];
let hours = 0;

/** Declared to this province, and passed there. */
async function known(at: number, province: '38' | '01', idNumber = anIdNumber()) {
  hours += 1;
  const home = { line: `Nhà ${hours}`, unitCode: province === '38' ? '16438' : '00001' };
  const journey = {
    originCode: province === '38' ? '01' : '38',
    destinationAddress: home,
    plate: `36E${10_000 + hours}`,
    departsAt: new Date(at - day),
  };
  const { id } = await declared(server, { person: { permanentAddress: home, idNumber }, journey }, province);
  const [checkpoint, officer] =
    province === '38'
      ? [server.checkpoints.cauGhep, 'officer.38']
      : ([server.checkpoints.hanoi, 'officer.01'] as const);
  await record(server, [aPassage(checkpoint, { id: newUuid7(at), declarationId: id })], officer);
  const [row] = await server.sql<{ citizen_id: string }>('select citizen_id from declaration where id = $1', [id]);
  return { citizenId: row?.citizen_id ?? '', idNumber };
}

/** A case of Thanh Hóa, its contact, and who that contact is in Hà Nội, where they were days later. */
async function met() {
  const at = Date.now() - 8 * day + (hours += 1) * 60 * minute;
  const [f0, f1] = [await known(at, '38'), await known(at, '38')];
  const inHanoi = await known(at + 2 * day, '01', f1.idNumber);
  const infectious = {
    infectiousFrom: new Date(at - minute).toISOString(),
    infectiousUntil: new Date(at + day).toISOString(),
  };
  return { caseId: await desk.traced(f0.citizenId, infectious), f1, inHanoi };
}

const taskOf = async (caseId: string) =>
  (
    await server.graphql<{ case: { contacts: { edges: Array<{ node: { followUp: { status: string } } }> } } }>(
      'query ($id: ID!) { case(id: $id) { contacts { edges { node { followUp { status } } } } } }',
      { id: caseId },
      { as: 'tracer.38' },
    )
  ).data.case.contacts.edges.map(({ node }) => node.followUp.status);
const traceOf = async (caseId: string) => (await desk.graph(caseId)).status;
const entriesOf = (caseId: string) =>
  server.sql(
    `select province_code, actor_id, role, unit_id, subject_ids, detail from audit_entry
     where action = 'follow-up.update' and detail ->> 'caseId' = $1 order by id`,
    [caseId],
  );

describe('a contact whom a tracer of another province makes a case', () => {
  it('is positive in the list of those who follow them, and the case they come from is traced again', async () => {
    const { caseId, f1, inHanoi } = await met();
    expect(inHanoi.citizenId).not.toBe(f1.citizenId);
    expect((await openCase(server, inHanoi.citizenId, {}, 'tracer.01')).errors).toBeUndefined();
    expect([await taskOf(caseId), await traceOf(caseId)]).toEqual([['NOT_CONTACTED'], 'READY']);
    await outbox.drain();
    expect([await taskOf(caseId), await traceOf(caseId)]).toEqual([['TESTED_POSITIVE'], 'RUNNING']);
    await desk.drain();
    expect([await taskOf(caseId), await traceOf(caseId)]).toEqual([['TESTED_POSITIVE'], 'READY']);
    expect(await entriesOf(caseId)).toEqual([
      {
        ...{ province_code: '38', actor_id: null, role: 'WORKER', unit_id: null, subject_ids: [f1.citizenId] },
        detail: { caseId, status: 'TESTED_POSITIVE', before: 'NOT_CONTACTED' },
      },
    ]);
  });

  it('is positive once they are confirmed, and not while they are suspected', async () => {
    const { caseId, inHanoi } = await met();
    const { data } = await openCase(server, inHanoi.citizenId, { status: 'SUSPECTED' }, 'tracer.01');
    await outbox.drain();
    expect(await taskOf(caseId)).toEqual(['NOT_CONTACTED']);
    const confirmed = await server.graphql(
      'mutation ($input: UpdateCaseInput!) { updateCase(input: $input) { status } }',
      { input: { id: data.openCase.id, status: 'CONFIRMED', reason: 'xét nghiệm lại dương tính' } },
      { as: 'tracer.01' },
    );
    expect(confirmed.errors).toBeUndefined();
    await outbox.drain();
    expect(await taskOf(caseId)).toEqual(['TESTED_POSITIVE']);
  });

  it('ruled out before anybody was told, is as they were', async () => {
    const { caseId, inHanoi } = await met();
    const { data } = await openCase(server, inHanoi.citizenId, {}, 'tracer.01');
    await closeCase(server, data.openCase.id, 'RULED_OUT', 'tracer.01');
    await outbox.drain();
    expect(await taskOf(caseId)).toEqual(['NOT_CONTACTED']);
  });

  it('is told of once: what is entered afterwards stays', async () => {
    const { caseId, f1, inHanoi } = await met();
    await openCase(server, inHanoi.citizenId, {}, 'tracer.01');
    await outbox.drain();
    await server.graphql(
      'mutation ($caseId: ID!, $citizenId: ID!) { updateFollowUp(caseId: $caseId, citizenId: $citizenId, status: COMPLETED) { status } }',
      { caseId, citizenId: f1.citizenId },
      { as: 'tracer.38' },
    );
    await outbox.drain();
    await desk.drain();
    expect(await taskOf(caseId)).toEqual(['COMPLETED']);
    expect(await entriesOf(caseId)).toHaveLength(2);
  });

  it('of a case that is closed, has nothing traced again', async () => {
    const { caseId, inHanoi } = await met();
    await closeCase(server, caseId);
    await desk.drain();
    await openCase(server, inHanoi.citizenId, {}, 'tracer.01');
    await outbox.drain();
    expect([await taskOf(caseId), await traceOf(caseId)]).toEqual([['TESTED_POSITIVE'], 'READY']);
  });
});

describe('of a case that is another province’s', () => {
  const person = 'citizen { id fullName }';
  const found = `nodes { ${person} followUp { status notes } } edges { source target plate } hidden { province { code } count }`;
  const opened = `id status unit { code } openedBy { id name } justification ${person} contactOf { id }`;
  const task = `caseId status notes case { id } ${person}`;
  const deed = 'action actorId actor unit { code } subjectIds reason detail';

  /** All that a tracer, and an auditor, of a province can read of its cases, tasks and deeds. */
  async function readable(province: '38' | '01', caseId: string): Promise<string> {
    const read = async (role: string, query: string) => {
      const { errors, text } = await server.graphql(query, {}, { as: `${role}.${province}` });
      expect(errors).toBeUndefined();
      return text;
    };
    const texts = await Promise.all([
      read('tracer', `{ cases(first: 100) { edges { node { ${opened} } } } }`),
      read('tracer', `{ case(id: "${caseId}") { contactGraph { ${found} } } }`),
      read('tracer', `{ followUps(first: 100) { edges { node { ${task} } } } }`),
      read('auditor', `{ auditTrail(filter: {}, first: 100) { edges { node { ${deed} } } } }`),
    ]);
    return texts.join();
  }

  it('neither tracer nor auditor learns the id, the person’s row, the tracer, their unit or their reason', async () => {
    const { caseId, f1, inHanoi } = await met();
    const justification = 'mẫu dương tính ở Hà Nội, không ai khác được biết';
    const { data, errors } = await openCase(server, inHanoi.citizenId, { justification }, 'tracer.01');
    expect(errors).toBeUndefined();
    await outbox.drain();
    await desk.drain();
    const tracers = await server.sql<{ id: string; username: string; full_name: string }>(
      `select id, username, full_name from account where username in ('tracer.01', 'tracer.38')`,
    );
    const of = (username: string) => tracers.find((one) => one.username === username);
    const thanhHoa = [caseId, f1.citizenId, of('tracer.38')?.id, of('tracer.38')?.full_name];
    const hanoi = [data.openCase.id, inHanoi.citizenId, of('tracer.01')?.id, of('tracer.01')?.full_name, justification];
    const [there, here] = [await readable('01', data.openCase.id), await readable('38', caseId)];
    // What is looked for can be found where it belongs.
    for (const own of hanoi) expect(there).toContain(own);
    for (const own of thanhHoa) expect(here).toContain(own);
    for (const other of thanhHoa) expect(there).not.toContain(other);
    for (const other of hanoi) expect(here).not.toContain(other);
    for (const [id, as] of [
      [data.openCase.id, 'tracer.38'],
      [caseId, 'tracer.01'],
    ] as const)
      expect((await server.graphql('query ($id: ID!) { case(id: $id) { id } }', { id }, { as })).data).toEqual({
        case: null,
      });
  });
});
