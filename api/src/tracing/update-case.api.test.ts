import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { anIdNumber, aPassage, record } from '#test/builders.ts';
import { passed } from '#test/mismatch-desk.ts';
import { startServer, type TestServer } from '#test/server.ts';
import { addTracer, closeCase, openCase, shownCase, TraceDesk, type ShownCase } from '#test/tracing-desk.ts';
import { newUuid7 } from '#api/platform/shared/uuid7.ts';

let server: TestServer;
let desk: TraceDesk;
beforeAll(async () => {
  server = await startServer();
  await addTracer(server, 'tracer.hamrong', '14758@2021', '38');
  await addTracer(server, 'second.38', '38@2021', '38');
  desk = await TraceDesk.open(server);
});
afterAll(async () => {
  await desk.close();
  await server.stop();
});

const reason = 'có kết quả xét nghiệm mới';
const dayMs = 86_400_000;
const dayOf = (daysAgo: number) => new Date(Date.now() - daysAgo * dayMs).toISOString().slice(0, 10);
const update = (id: string, changes: Record<string, unknown>, as = 'tracer.38') =>
  server.graphql<{ updateCase: ShownCase & { onsetOn: string | null; isolatedAt: string | null } }>(
    `mutation ($input: UpdateCaseInput!) { updateCase(input: $input) { ${shownCase} onsetOn isolatedAt } }`,
    { input: { id, reason, ...changes } },
    { as },
  );
const opened = async (changes: Record<string, unknown> = {}) => {
  const person = await passed(server);
  const { data, errors } = await openCase(server, person.citizenId, changes);
  if (errors) throw new Error(JSON.stringify(errors));
  return { ...data.openCase, person };
};
const fieldsOf = (answer: Awaited<ReturnType<typeof update>>) =>
  Object.keys(answer.errors?.[0]?.extensions['fields'] ?? {});
const entries = (caseId: string) =>
  server.sql<{ reason: string; detail: { changed: string[] } }>(
    `select reason, detail from audit_entry where action = 'case.update' and detail ->> 'caseId' = $1 order by id`,
    [caseId],
  );
const trace = async (caseId: string) =>
  (
    await server.sql<{ due: boolean; approved: boolean }>(
      'select due_at is not null as due, approved_at is not null as approved from case_trace where case_id = $1',
      [caseId],
    )
  )[0];

describe('a case that is known better', () => {
  it('has a new onset, and the period that the rules of its day count from it', async () => {
    const { id } = await opened({ onsetOn: dayOf(3) });
    const { data } = await update(id, { onsetOn: dayOf(6) });
    expect(data.updateCase).toMatchObject({ onsetOn: dayOf(6), overrideReason: null });
    const from = new Date(`${dayOf(6)}T00:00:00+07:00`).getTime() - 2 * dayMs;
    expect(new Date(data.updateCase.infectiousFrom).getTime()).toBe(from);
    const none = (await update(id, { onsetOn: null, sampledOn: dayOf(1) })).data.updateCase;
    expect([none.onsetOn, new Date(none.infectiousFrom).getTime()]).toEqual([
      null,
      new Date(`${dayOf(1)}T00:00:00+07:00`).getTime() - 2 * dayMs,
    ]);
  });

  it('stands in the audit trail with the reason and what was changed; sent again it is nothing new', async () => {
    const { id } = await opened({ status: 'SUSPECTED' });
    for (const _ of [1, 2]) await update(id, { status: 'CONFIRMED', confirmedOn: dayOf(0) });
    expect(await entries(id)).toMatchObject([
      { reason, detail: { status: 'CONFIRMED', before: 'SUSPECTED', changed: expect.arrayContaining(['status']) } },
    ]);
    expect(await entries(id)).toHaveLength(1);
  });

  it('takes a period of its own with a reason, which stays until it is taken back', async () => {
    const { id } = await opened({ onsetOn: dayOf(3) });
    const own = { infectiousFrom: `${dayOf(9)}T00:00:00.000Z`, infectiousUntil: `${dayOf(0)}T00:00:00.000Z` };
    expect((await update(id, { ...own, overrideReason: 'bác sĩ xác định' })).data.updateCase).toMatchObject({
      ...own,
      overrideReason: 'bác sĩ xác định',
    });
    expect((await update(id, { onsetOn: dayOf(4) })).data.updateCase).toMatchObject(own);
    const back = (await update(id, { infectiousFrom: null, infectiousUntil: null })).data.updateCase;
    expect(back.overrideReason).toBeNull();
    expect(new Date(back.infectiousFrom).getTime()).toBe(new Date(`${dayOf(4)}T00:00:00+07:00`).getTime() - 2 * dayMs);
    const turned = { infectiousFrom: own.infectiousUntil, infectiousUntil: own.infectiousFrom };
    expect(fieldsOf(await update(id, turned))).toEqual(['input.infectiousUntil']);
  });

  it('is traced again by a longer period, which is approved anew, and by none that changes no contact', async () => {
    const { id } = await opened({ onsetOn: dayOf(3) });
    await desk.drain();
    await server.sql('update case_trace set approved_at = now() where case_id = $1', [id]);
    await update(id, { sampledOn: dayOf(2) });
    expect(await trace(id)).toEqual({ due: false, approved: true });
    await update(id, { isolatedAt: new Date(Date.now() - dayMs) });
    expect(await trace(id)).toEqual({ due: true, approved: true });
    await update(id, { onsetOn: dayOf(7) }, 'second.38');
    expect(await trace(id)).toEqual({ due: true, approved: false });
    const [row] = await server.sql<{ names: string[] }>(
      `select array(select a.username from account a where a.id = any(t.wanted_by) order by 1) as names from case_trace t where case_id = $1`,
      [id],
    );
    expect(row?.names).toEqual(['second.38', 'tracer.38']);
  });

  it('once confirmed is told by the tasks of its person, and the cases that they belong to are traced again', async () => {
    const { id, person } = await opened({ status: 'SUSPECTED' });
    const other = await opened();
    await desk.drain();
    await server.sql(
      `insert into case_contact (province_code, case_id, citizen_id, case_province, unit_id, generation, first_exposed_at, last_exposed_at,
         exposures, linked, status, until, found_at, updated_at)
       values ('38', $1, $2, '38', '16438@2021', 1, now(), now(), 1, true, 'CONTACTED', current_date + 14, now(), now())
       on conflict on constraint case_contact_pkey do update set status = 'CONTACTED'`,
      [other.id, person.citizenId],
    );
    await update(id, { status: 'CONFIRMED' });
    const [task] = await server.sql('select status from case_contact where case_id = $1 and citizen_id = $2', [
      other.id,
      person.citizenId,
    ]);
    expect(task).toEqual({ status: 'TESTED_POSITIVE' });
    expect(await trace(other.id)).toMatchObject({ due: true });
  });

  it('stops its person under a number that they got since', async () => {
    const { id, person } = await opened();
    const same = await passed(server, { person: { idNumber: anIdNumber() } });
    const merged = await server.graphql(
      'mutation ($keep: ID!, $merge: ID!) { mergeCitizens(keep: $keep, merge: $merge, reason: "cùng một người") { id } }',
      { keep: person.citizenId, merge: same.citizenId },
      { as: 'admin.38' },
    );
    expect(merged.errors).toBeUndefined();
    const hashes = () => server.sql('select from watched_document where case_id = $1', [id]);
    const before = (await hashes()).length;
    await update(id, { confirmedOn: dayOf(0) });
    expect(await hashes()).toHaveLength(before + 1);
    const { data } = await record(server, [aPassage(server.checkpoints.docXay, { declarationId: same.id })]);
    expect(data.recordPassages[0]?.passage?.flags.map(({ kind }) => kind)).toContain('WATCH_LIST');
  });
});

it.each([
  ['ruled out', { status: 'RULED_OUT' }, 'input.status'],
  ['from the future', { onsetOn: '2031-01-01' }, 'input.onsetOn'],
])('%s it is refused', async (_, changes, field) => {
  expect(fieldsOf(await update((await opened()).id, changes))).toEqual([field]);
});

it('a closed case changes no more, and one of another jurisdiction is not there', async () => {
  const { id } = await opened();
  for (const as of ['admin.38', 'officer.38', 'analyst.38'])
    expect((await update(id, { status: 'SUSPECTED' }, as)).errors?.[0]?.extensions['code']).toBe('FORBIDDEN');
  expect((await update(id, { status: 'SUSPECTED' }, 'tracer.hamrong')).errors?.[0]?.extensions['code']).toBe(
    'NOT_FOUND',
  );
  expect((await update(newUuid7(), {})).errors?.[0]?.extensions['code']).toBe('NOT_FOUND');
  await closeCase(server, id);
  expect(fieldsOf(await update(id, { status: 'SUSPECTED' }))).toEqual(['input.id']);
});

it('somebody who has an open case under another of their numbers gets no second one', async () => {
  const { person } = await opened();
  const keep = await passed(server);
  await server.graphql(
    'mutation ($keep: ID!, $merge: ID!) { mergeCitizens(keep: $keep, merge: $merge, reason: "cùng một người") { id } }',
    { keep: keep.citizenId, merge: person.citizenId },
    { as: 'admin.38' },
  );
  const second = await openCase(server, keep.citizenId);
  expect(second.errors?.[0]?.extensions).toMatchObject({ fields: { 'input.citizenId': expect.any(String) } });
});
