import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { anIdNumber, aPassage, declared, record } from '#test/builders.ts';
import { dayMs, PastDesk } from '#test/past-desk.ts';
import { startServer, type TestServer } from '#test/server.ts';
import { addTracer, closeCase, merge, openCase, TraceDesk } from '#test/tracing-desk.ts';
import { inTransaction, wholeProvinces } from '#api/platform/database/transaction.ts';
import { newUuid7 } from '#api/platform/shared/uuid7.ts';
import { vietnamDate } from '#api/platform/shared/vietnam-date.ts';
import { caseCounts } from './case-counts.service.ts';
import { dropStrayContacts } from './case-retention.service.ts';

let server: TestServer;
let desk: TraceDesk;
let past: PastDesk;
beforeAll(async () => {
  server = await startServer();
  await addTracer(server, 'tracer.hamrong', '14758@2021', '38');
  await addTracer(server, 'tracer.01', '01@2021', '01');
  await addTracer(server, 'tracer.vn', 'VN@2021', 'VN');
  [desk, past] = [await TraceDesk.open(server), await PastDesk.open(server)];
});
afterAll(async () => {
  await Promise.all([desk.close(), past.database.close()]);
  await server.stop();
});

const minute = 60_000;
let hours = 0;

interface FollowUp {
  caseId: string;
  status: string;
  until: string;
  overdue: boolean;
  notes: string | null;
  citizen: { id: string; fullName: string };
  unit: { code: string };
}
const shown = 'caseId status until overdue notes citizen { id fullName } unit { code }';
const list = async (as = 'tracer.38', variables = {}) => {
  const { data } = await server.graphql<{ followUps: { totalCount: number; edges: Array<{ node: FollowUp }> } }>(
    `query ($scope: ScopeInput, $status: FollowUpStatus, $overdue: Boolean) {
       followUps(scope: $scope, status: $status, overdue: $overdue, first: 100) { totalCount edges { node { ${shown} } } } }`,
    variables,
    { as },
  );
  return data.followUps.edges.map(({ node }) => node);
};
const update = (
  caseId: string,
  citizenId: string,
  status: string,
  notes: string | null = null,
  as = 'tracer.38',
  isolatedAt: Date | null = null,
) =>
  server.graphql<{ updateFollowUp: FollowUp }>(
    `mutation ($caseId: ID!, $citizenId: ID!, $status: FollowUpStatus!, $notes: String, $isolatedAt: DateTime) {
       updateFollowUp(caseId: $caseId, citizenId: $citizenId, status: $status, notes: $notes, isolatedAt: $isolatedAt) { ${shown} } }`,
    { caseId, citizenId, status, notes, isolatedAt },
    { as },
  );

async function aPerson(at: number) {
  hours += 1;
  const idNumber = anIdNumber();
  const { id } = await declared(server, {
    person: { permanentAddress: { line: `Nhà ${hours}`, unitCode: '00001' }, idNumber },
    journey: {
      destinationAddress: { line: `Nhà ${hours}`, unitCode: '16438' },
      plate: `36D${10_000 + hours}`,
      departsAt: new Date(at - dayMs),
    },
  });
  await record(server, [aPassage(server.checkpoints.cauGhep, { id: newUuid7(at), declarationId: id })]);
  const rows = await server.sql<{ citizen_id: string }>('select citizen_id from declaration where id = $1', [id]);
  return { declarationId: id, citizenId: rows[0]?.citizen_id ?? '', idNumber };
}

/** A case and one contact of it, at an hour of their own. */
async function met() {
  const at = Date.now() - 8 * dayMs + (hours += 1) * 60 * minute;
  const [f0, f1] = [await aPerson(at), await aPerson(at)];
  const infectious = {
    infectiousFrom: new Date(at - minute).toISOString(),
    infectiousUntil: new Date(at + dayMs).toISOString(),
  };
  const caseId = await desk.traced(f0.citizenId, infectious);
  return { caseId, f0, f1, at };
}
async function traceAgain(caseId: string): Promise<void> {
  await server.sql('update case_trace set due_at = now() - make_interval(mins => 1) where case_id = $1', [caseId]);
  await desk.drain();
}
/** Whether a passage of theirs, now, is one of somebody on the watch list. */
const isStopped = async (declarationId: string) => {
  const { data } = await record(server, [
    aPassage(server.checkpoints.hamRong, { declarationId, checkpointId: server.checkpoints.docXay }),
  ]);
  return data.recordPassages[0]?.passage?.flags.some(({ kind }) => kind === 'WATCH_LIST');
};

describe('a contact as a task', () => {
  it('is in the list of the commune where they stay, until the last day of isolation by the rule set', async () => {
    const { caseId, f1, at } = await met();
    const [task] = (await list()).filter((one) => one.caseId === caseId);
    expect(task).toMatchObject({
      status: 'NOT_CONTACTED',
      citizen: { id: f1.citizenId, fullName: 'Nguyễn Thị Hoa' },
      unit: { code: '16438' },
      until: vietnamDate(new Date(at + 14 * dayMs)),
      overdue: false,
    });
    expect((await list('tracer.38', { scope: { unitCode: '16438' } })).map((one) => one.caseId)).toContain(caseId);
    expect((await list('tracer.hamrong')).map((one) => one.caseId)).not.toContain(caseId);
    for (const as of ['admin.38', 'officer.38', 'analyst.38'])
      expect((await server.graphql('{ followUps { totalCount } }', {}, { as })).errors?.[0]?.extensions['code']).toBe(
        'FORBIDDEN',
      );
  });

  it('is updated with notes by who has the commune; what was entered outlives the next trace', async () => {
    const { caseId, f1 } = await met();
    const answer = await update(caseId, f1.citizenId, 'CONTACTED', 'Đã gọi điện, đang ở nhà');
    expect(answer.data.updateFollowUp).toMatchObject({ status: 'CONTACTED', notes: 'Đã gọi điện, đang ở nhà' });
    await server.sql('update case_trace set due_at = now() - make_interval(mins => 1) where case_id = $1', [caseId]);
    await desk.drain();
    expect((await list()).find((one) => one.caseId === caseId)).toMatchObject({
      status: 'CONTACTED',
      notes: 'Đã gọi điện, đang ở nhà',
    });
    const [entry] = await server.sql(
      `select detail from audit_entry where action = 'follow-up.update' and detail ->> 'caseId' = $1`,
      [caseId],
    );
    expect(entry).toMatchObject({ detail: { status: 'CONTACTED', before: 'NOT_CONTACTED' } });
    expect((await update(caseId, f1.citizenId, 'LOST', null, 'tracer.hamrong')).errors?.[0]?.extensions['code']).toBe(
      'NOT_FOUND',
    );
    expect((await update(caseId, f1.citizenId, 'LOST', 'x'.repeat(1_001))).errors?.[0]?.extensions['code']).toBe(
      'BAD_USER_INPUT',
    );
  });

  it('taken back to not reached, was never reached: the day counts when somebody does', async () => {
    const { caseId, f1 } = await met();
    const contacted = async () =>
      (
        await server.sql<{ at: Date | null }>('select contacted_at as at from case_contact where case_id = $1', [
          caseId,
        ])
      )[0]?.at;
    await update(caseId, f1.citizenId, 'CONTACTED');
    expect(await contacted()).toBeInstanceOf(Date);
    await update(caseId, f1.citizenId, 'NOT_CONTACTED');
    expect(await contacted()).toBeNull();
  });

  it('in isolation every scan of them is stopped, until it is over', async () => {
    const { caseId, f1 } = await met();
    expect(await isStopped(f1.declarationId)).toBe(false);
    await update(caseId, f1.citizenId, 'ISOLATING');
    expect(await isStopped(f1.declarationId)).toBe(true);
    await update(caseId, f1.citizenId, 'COMPLETED');
    expect(await isStopped(f1.declarationId)).toBe(false);
  });

  it('merged with somebody since, is stopped no more once their isolation is over', async () => {
    const [{ caseId, f1 }, other] = [await met(), await aPerson(Date.now() - 10 * dayMs)];
    await update(caseId, f1.citizenId, 'ISOLATING');
    await merge(server, other.citizenId, f1.citizenId);
    await traceAgain(caseId);
    expect(await isStopped(f1.declarationId)).toBe(true);
    expect((await update(caseId, other.citizenId, 'COMPLETED')).errors).toBeUndefined();
    expect(await isStopped(f1.declarationId)).toBe(false);
  });

  it('merged with the case itself, is stopped as the case, whatever is entered of the task', async () => {
    const { caseId, f0, f1 } = await met();
    await update(caseId, f1.citizenId, 'CONTACTED');
    await merge(server, f0.citizenId, f1.citizenId);
    await traceAgain(caseId);
    for (const status of ['ISOLATING', 'COMPLETED']) {
      expect((await update(caseId, f0.citizenId, status)).errors).toBeUndefined();
      expect(await isStopped(f0.declarationId)).toBe(true);
    }
    expect(await server.sql('select kind, until from watched_person where case_id = $1', [caseId])).toEqual([
      { kind: 'CASE', until: null },
    ]);
  });

  it('isolation that was ended by mistake goes on from when it began, not from the undo', async () => {
    const { caseId, f1 } = await met();
    const isolatedAt = async () =>
      (
        await server.sql<{ at: Date | null }>('select isolated_at as at from case_contact where case_id = $1', [caseId])
      )[0]?.at;
    await update(caseId, f1.citizenId, 'ISOLATING');
    const began = await isolatedAt();
    await update(caseId, f1.citizenId, 'CONTACTED');
    expect(await isolatedAt()).toBeNull();
    await update(caseId, f1.citizenId, 'ISOLATING', null, 'tracer.38', began);
    expect(await isolatedAt()).toEqual(began);
    const tomorrow = new Date(Date.now() + dayMs);
    const future = await update(caseId, f1.citizenId, 'ISOLATING', null, 'tracer.38', tomorrow);
    expect(future.errors?.[0]?.extensions).toMatchObject({ fields: { isolatedAt: expect.any(String) } });
  });

  it('isolated since another time alone, stands in the audit trail', async () => {
    const { caseId, f1, at } = await met();
    const entries = () =>
      server.sql(`select from audit_entry where action = 'follow-up.update' and detail ->> 'caseId' = $1`, [caseId]);
    await update(caseId, f1.citizenId, 'ISOLATING');
    expect(await entries()).toHaveLength(1);
    for (let sent = 0; sent < 2; sent += 1)
      await update(caseId, f1.citizenId, 'ISOLATING', null, 'tracer.38', new Date(at));
    expect(await entries()).toHaveLength(2);
  });

  it('of a closed case is on the watch list no more, whatever is entered of it afterwards', async () => {
    const { caseId, f1 } = await met();
    await update(caseId, f1.citizenId, 'ISOLATING');
    await closeCase(server, caseId);
    await desk.drain();
    expect(await isStopped(f1.declarationId)).toBe(false);
    await update(caseId, f1.citizenId, 'TESTED_POSITIVE');
    expect(await isStopped(f1.declarationId)).toBe(false);
  });

  it('is overdue when nobody was reached within a day, or the last day has passed', async () => {
    const { caseId, f1 } = await met();
    const late = async () => (await list('tracer.38', { overdue: true })).some((one) => one.caseId === caseId);
    expect(await late()).toBe(false);
    await server.sql(`update case_contact set found_at = now() - interval '25 hours' where case_id = $1`, [caseId]);
    expect(await late()).toBe(true);
    await update(caseId, f1.citizenId, 'CONTACTED');
    expect(await late()).toBe(false);
    await server.sql(`update case_contact set until = '2021-01-01' where case_id = $1`, [caseId]);
    expect(await late()).toBe(true);
    await update(caseId, f1.citizenId, 'COMPLETED');
    expect(await late()).toBe(false);
  });
});

it('a contact who becomes a case keeps the chain, and the case they come from is traced again', async () => {
  const { caseId, f1, at } = await met();
  const { data } = await openCase(server, f1.citizenId, {
    infectiousFrom: new Date(at).toISOString(),
    infectiousUntil: new Date(at + dayMs).toISOString(),
  });
  const chain = await server.graphql<{ case: { contactOf: Array<{ id: string }> } }>(
    'query ($id: ID!) { case(id: $id) { contactOf { id } } }',
    { id: data.openCase.id },
    { as: 'tracer.38' },
  );
  expect(chain.data.case.contactOf).toEqual([{ id: caseId }]);
  expect((await desk.graph(caseId)).status).toBe('RUNNING');
  await desk.drain();
  expect((await list()).find((one) => one.caseId === caseId)?.status).toBe('TESTED_POSITIVE');
  const entries = await server.sql(
    `select e.detail ->> 'before' as before, a.username from audit_entry e join account a on a.id = e.actor_id
     where e.action = 'follow-up.update' and e.detail ->> 'caseId' = $1`,
    [caseId],
  );
  expect(entries).toEqual([{ before: 'NOT_CONTACTED', username: 'tracer.38' }]);
});

it('cases that wait at once are traced one by one, each of them', async () => {
  const cases = [await met(), await met(), await met()].map(({ caseId }) => caseId);
  await server.sql(
    'update case_trace set due_at = now() - make_interval(mins => 1), traced_at = null where case_id = any($1)',
    [cases],
  );
  await desk.drain();
  const rows = await server.sql(
    'select from case_trace where case_id = any($1) and traced_at is not null and due_at is null',
    [cases],
  );
  expect(rows).toHaveLength(3);
});

describe('while a case is traced', () => {
  /** Somebody holds the row of a contact, the trace waits for it, and they go on with its case. */
  async function meanwhile({ caseId, f1 }: Awaited<ReturnType<typeof met>>, goOn: string): Promise<void> {
    const other = new pg.Client({ connectionString: server.ownerUrl });
    await other.connect();
    try {
      await other.query('begin');
      const contact = [caseId, f1.citizenId];
      await other.query(`update case_contact set status = 'CONTACTED' where case_id = $1 and citizen_id = $2`, contact);
      await server.sql('update case_trace set due_at = now() - make_interval(mins => 1) where case_id = $1', [caseId]);
      const traced = desk.drain();
      const waiting = `select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`;
      await expect.poll(() => server.sql(waiting)).toHaveLength(1);
      await other.query(goOn, [caseId]);
      await other.query('commit');
      await traced;
    } finally {
      await other.end();
    }
  }
  const storedAt = (caseId: string) => server.sql('select xmin::text from exposure where case_id = $1', [caseId]);

  it('a contact of it is worked on and the case asked for again, and neither is undone', async () => {
    const one = await met();
    const before = await storedAt(one.caseId);
    await meanwhile(one, 'update case_trace set asked_at = asked_at where case_id = $1');
    expect((await desk.graph(one.caseId)).status).toBe('READY');
    expect(await storedAt(one.caseId)).not.toEqual(before);
    expect((await list()).find(({ caseId }) => caseId === one.caseId)?.status).toBe('CONTACTED');
  });

  it('and another worker takes it over, nothing of the first stays', async () => {
    const one = await met();
    const before = await storedAt(one.caseId);
    await meanwhile(one, 'update case_trace set claim = gen_random_uuid() where case_id = $1');
    expect(before).toHaveLength(1);
    expect(await storedAt(one.caseId)).toEqual(before);
  });
});

it('the counts of a day are of that day and those units', async () => {
  const { caseId, f1 } = await met();
  await update(caseId, f1.citizenId, 'ISOLATING');
  const today = vietnamDate(new Date());
  const countsOf = (unitIds: string[] | null, day = today) =>
    inTransaction(past.database, wholeProvinces(['38']), (tx) =>
      caseCounts(tx, { provinces: ['38'], unitIds, checkpointIds: null }, day),
    );
  const all = await countsOf(null);
  expect(all.newCases).toBeGreaterThan(0);
  expect(all.contactsTraced).toBeGreaterThan(0);
  expect(all.reachedWithin24h).toBeGreaterThan(0);
  expect(all.isolating).toBeGreaterThan(0);
  expect(await countsOf(['14758@2021'])).toEqual({
    newCases: 0,
    contactsTraced: 0,
    reachedWithin24h: 0,
    isolating: 0,
    lost: 0,
  });
  expect(await countsOf(null, '2021-08-01')).toMatchObject({ newCases: 0, contactsTraced: 0 });
});

describe('a contact who stays elsewhere than the case belongs to', () => {
  /** Whether the case waits for a trace that somebody asked for. */
  const askedBy = async (caseId: string) =>
    (
      await server.sql<{ username: string; due: boolean }>(
        `select a.username, t.due_at is not null as due from case_trace t join account a on a.id = t.asked_by where t.case_id = $1`,
        [caseId],
      )
    )[0];

  /** Somebody whom Hà Nội knows, a contact of this case there. */
  async function aContactOfHanoi(caseId: string, at: number, idNumber = anIdNumber()) {
    const journey = { originCode: '38', destinationAddress: { line: 'Ngõ 9', unitCode: '00001' } };
    const { id } = await declared(server, { person: { idNumber }, journey }, '01');
    await record(server, [aPassage(server.checkpoints.hanoi, { id: newUuid7(at), declarationId: id })], 'officer.01');
    const [row] = await server.sql<{ citizen_id: string }>('select citizen_id from declaration where id = $1', [id]);
    const citizenId = row?.citizen_id ?? '';
    await server.sql(
      `insert into case_contact (province_code, case_id, citizen_id, case_province, unit_id, generation, first_exposed_at, last_exposed_at,
         exposures, linked, status, until, found_at, updated_at)
       select '01', $1, $2, '38', '00001@2021', 1, $3, $3, 1, true, 'NOT_CONTACTED', current_date + 14, $3, $3`,
      [caseId, citizenId, new Date(at)],
    );
    return { citizenId };
  }
  const chainOf = async (id: string) => {
    const document = 'query ($id: ID!) { case(id: $id) { contactOf { id } } }';
    type Answer = { case: { contactOf: Array<{ id: string }> } };
    const { data } = await server.graphql<Answer>(document, { id }, { as: 'tracer.vn' });
    return data.case.contactOf.map((one) => one.id);
  };
  const taskOf = async (caseId: string, citizenId: string) =>
    (
      await server.sql<{ status: string }>('select status from case_contact where case_id = $1 and citizen_id = $2', [
        ...[caseId, citizenId],
      ])
    )[0]?.status;

  it('is known by their number, to whoever sees both provinces, when they become a case', async () => {
    const [{ caseId, at }, own] = [await met(), await aPerson(Date.now() - 10 * dayMs)];
    const contact = await aContactOfHanoi(caseId, at, own.idNumber);
    expect(contact.citizenId).not.toBe(own.citizenId);
    const { data } = await openCase(server, own.citizenId, {}, 'tracer.vn');
    expect(await chainOf(data.openCase.id)).toEqual([caseId]);
    expect(await taskOf(caseId, contact.citizenId)).toBe('TESTED_POSITIVE');
    expect(await askedBy(caseId)).toEqual({ username: 'tracer.vn', due: true });
  });

  it('and is merged with somebody elsewhere, stands alone where they are a contact', async () => {
    const [{ caseId, at }, kept] = [await met(), await aPerson(Date.now() - 10 * dayMs)];
    const contact = await aContactOfHanoi(caseId, at);
    await server.sql(
      `insert into citizen (province_code, id, full_name, date_of_birth, sex, nationality, created_at)
       select '38', id, full_name, date_of_birth, sex, nationality, created_at from citizen where id = $1`,
      [contact.citizenId],
    );
    await merge(server, kept.citizenId, contact.citizenId);
    const { data } = await openCase(server, kept.citizenId, {}, 'tracer.vn');
    expect(await chainOf(data.openCase.id)).toEqual([]);
    expect(await taskOf(caseId, contact.citizenId)).toBe('NOT_CONTACTED');
  });

  it('once isolated by their commune has the case traced again, though the commune may not see it', async () => {
    const { caseId, f1 } = await met();
    await server.sql(`update case_contact set unit_id = '14758@2021' where case_id = $1`, [caseId]);
    await update(caseId, f1.citizenId, 'ISOLATING', null, 'tracer.hamrong');
    expect(await askedBy(caseId)).toEqual({ username: 'tracer.hamrong', due: true });
    await desk.drain();
    expect(await askedBy(caseId)).toMatchObject({ due: false });
  });

  it('in another province too, and once they are a case there', async () => {
    const { caseId, at } = await met();
    const { citizenId } = await aContactOfHanoi(caseId, at);
    await update(caseId, citizenId, 'ISOLATING', null, 'tracer.01');
    expect(await askedBy(caseId)).toEqual({ username: 'tracer.01', due: true });
    await server.sql('update case_trace set due_at = null where case_id = $1', [caseId]);
    const opened = await openCase(server, citizenId, {}, 'tracer.01');
    expect(opened.errors).toBeUndefined();
    expect(await askedBy(caseId)).toEqual({ username: 'tracer.01', due: true });
  });
});

it('retention spares what belongs to an open case, contacts too, and takes the case itself so long after it was closed', async () => {
  const [f0, f1, other] = [await past.aPerson(40), await past.aPerson(40), await past.aPerson(43)];
  const at = Date.now() - 40 * dayMs;
  await server.sql('update passage set checkpoint_id = $2 where id = $1', [f1.passageId, f0.passageId]);
  const infectious = {
    infectiousFrom: new Date(at - dayMs).toISOString(),
    infectiousUntil: new Date(at + dayMs).toISOString(),
  };
  const caseId = await desk.traced(f0.citizenId, infectious);
  expect((await desk.graph(caseId)).nodes.map(({ citizen }) => citizen.id)).toEqual([f1.citizenId]);
  await past.applyRetention();
  expect(await server.sql('select from passage where citizen_id = any($1)', [[f0.citizenId, f1.citizenId]])).toEqual(
    [],
  );
  const kept = () =>
    server.sql<{ citizen_id: string }>('select citizen_id from passage_held where citizen_id = any($1)', [
      [f0.citizenId, f1.citizenId, other.citizenId],
    ]);
  expect((await kept()).map((row) => row.citizen_id).sort()).toEqual([f0.citizenId, f1.citizenId].sort());
  await server.sql('update case_trace set due_at = now() - make_interval(mins => 1) where case_id = $1', [caseId]);
  await desk.drain();
  expect((await desk.graph(caseId)).nodes.map(({ citizen }) => citizen.id)).toEqual([f1.citizenId]);
  await closeCase(server, caseId);
  await desk.drain();
  await server.sql(`update epidemic_case set closed_at = now() - interval '40 days' where id = $1`, [caseId]);
  await past.applyRetention();
  expect(await kept()).toEqual([]);
  const left = await server.sql(
    `select case_id from case_contact where case_id = $1 union all select case_id from exposure where case_id = $1
     union all select case_id from case_trace where case_id = $1`,
    [caseId],
  );
  expect(left).toEqual([]);
  expect(await server.sql('select from epidemic_case where id = $1', [caseId])).toEqual([]);
});

it("retention takes a stray contact of another province's case with the own links, and no other", async () => {
  const { caseId, f0, at } = await met();
  const [gone, stays] = [await aPerson(at), await aPerson(at)];
  await server.sql(`update epidemic_case set province_code = '01' where id = $1`, [caseId]);
  await server.sql(`update case_contact set case_province = '01' where case_id = $1`, [caseId]);
  await server.sql('delete from case_contact where case_id = $1', [caseId]);
  await server.sql('delete from exposure where case_id = $1', [caseId]);
  for (const [place, one] of [gone, stays].entries()) {
    await server.sql(
      `insert into case_contact (province_code, case_id, citizen_id, case_province, unit_id, generation, first_exposed_at, last_exposed_at,
         exposures, linked, status, until, found_at, updated_at)
       select '38', $1, $2, '01', '16438@2021', 2, $3, $3, 1, true, 'NOT_CONTACTED', $4::date, $3, $4`,
      [caseId, one.citizenId, new Date(at), new Date(one === gone ? at - 60 * dayMs : at)],
    );
    await server.sql(
      `insert into exposure (province_code, case_id, place, source_id, target_province, target_id, generation, kind, at)
       values ('38', $1, $2, $3, '38', $4, 2, 'DECLARED', $5)`,
      [caseId, place, f0.citizenId, one.citizenId, new Date(at)],
    );
  }
  await inTransaction(past.database, wholeProvinces(['38']), (tx) =>
    dropStrayContacts(tx, '38', new Date(at - 30 * dayMs)),
  );
  const left = async (text: string) => (await server.sql<{ id: string }>(text, [caseId])).map(({ id }) => id);
  expect(await left('select citizen_id as id from case_contact where case_id = $1')).toEqual([stays.citizenId]);
  expect(await left('select target_id as id from exposure where case_id = $1')).toEqual([stays.citizenId]);
});
