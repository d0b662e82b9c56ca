import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newUuid7, uuid7Time } from '#api/platform/shared/uuid7.ts';
import { vietnamDate } from '#api/platform/shared/vietnam-date.ts';
import { aPassage, record } from '#test/builders.ts';
import { answered, passed, type Verdict } from '#test/mismatch-desk.ts';
import { ReportDesk } from '#test/report-desk.ts';
import { startServer, type TestServer } from '#test/server.ts';
import { openCase } from '#test/tracing-desk.ts';

const today = vietnamDate(new Date());
const yesterday = vietnamDate(new Date(Date.now() - 86_400_000));
const hours = (count: number) => new Date(Date.now() + count * 3_600_000);

interface Report {
  movement: { list: { from: string; to: string; unitCode: string } };
  paperEntered: number;
  paperOutstanding: number;
  verificationsPending: number;
  mismatches: number;
  mismatchesWaiting: number;
  cases: Record<string, number>;
}

let server: TestServer;
let desk: ReportDesk;
let report: Report;
beforeAll(async () => {
  server = await startServer();
  desk = await ReportDesk.open(server);
  await ofPeople();
  await ofForms();
  await ofCases();
  await desk.count();
  const { data } = await server.graphql<{ dailyReport: Report }>(
    `query ($date: LocalDate!) { dailyReport(unitCode: "38", date: $date) {
       movement { list { from to unitCode } } paperEntered paperOutstanding verificationsPending mismatches mismatchesWaiting
       cases { newCases contactsTraced reachedWithin24h isolating lost } } }`,
    { date: today },
    { as: 'admin.38' },
  );
  report = data.dailyReport;
});
afterAll(async () => {
  await desk.close();
  await server.stop();
});

/** Verdicts of all kinds, on people who passed at one checkpoint and then at another. */
async function ofPeople(): Promise<void> {
  const { docXay, cauGhep } = server.checkpoints;
  const verdicts: Verdict[] = ['PENDING', 'UNAVAILABLE', 'MATCHED', 'MISMATCHED', 'MISMATCHED', 'NOT_FOUND'];
  for (const [place, verdict] of verdicts.entries()) {
    const person = await passed(server, {}, docXay);
    const again = aPassage(cauGhep, { declarationId: person.id, direction: 'OUT' });
    await record(server, [again]);
    await answered(server, { citizenId: person.citizenId, checkpointId: cauGhep }, verdict);
    await server.sql('update registry_verification set passed_at = uuid_time($2) where citizen_id = $1', [
      person.citizenId,
      again.id,
    ]);
    const resolution = ['ACCEPTED', 'REFERRED'][place - 3];
    if (resolution)
      await server.sql('update registry_verification set resolution_kind = $2 where citizen_id = $1', [
        person.citizenId,
        resolution,
      ]);
  }
  // A last passage that did not happen: nobody is to be looked for by it.
  const undone = await passed(server, {}, docXay);
  await answered(server, undone, 'PENDING');
  await server.sql('update registry_verification set passed_at = uuid_time($2) where citizen_id = $1', [
    undone.citizenId,
    undone.passageId,
  ]);
  const at = uuid7Time(undone.passageId) ?? undefined;
  await record(server, [aPassage(docXay, { id: newUuid7(at), corrects: undone.passageId, decision: 'VOID' })]);
  await server.sql(`update registry_verification set dead_since = now() where status = 'UNAVAILABLE'`);
}

async function ofForms(): Promise<void> {
  const { docXay } = server.checkpoints;
  const forms = Array.from({ length: 5 }, (_, at) => aPassage(docXay, { paperFormNumber: `F-${at}` }));
  await record(server, forms);
  const keyedIn = forms.slice(0, 3).map(({ id }) => id);
  await server.sql('update passage set citizen_id = $2 where id = any($1)', [keyedIn, newUuid7()]);
  await desk.count();
}

/** Contacts: [status, found, reached, isolated, told of last, linked]. */
async function ofCases(): Promise<void> {
  const person = await passed(server);
  const { data } = await openCase(server, person.citizenId);
  const contacts = [
    ['NOT_CONTACTED', hours(0), null, null, hours(0), true],
    ['CONTACTED', hours(0), hours(0), null, hours(0), true],
    ['COMPLETED', hours(-48), hours(0), null, hours(0), true],
    ['CONTACTED', hours(0), hours(0), null, hours(0), false],
    ['ISOLATING', hours(-48), hours(-47), hours(-30), hours(0), true],
    ['ISOLATING', hours(-48), hours(-47), hours(48), hours(0), true],
    ['LOST', hours(-48), null, null, hours(-26), true],
    ['LOST', hours(-48), null, null, hours(0), true],
  ] as const;
  for (const [status, found, reached, isolated, updated, linked] of contacts)
    await server.sql(
      `insert into case_contact (province_code, case_id, citizen_id, case_province, unit_id, generation, first_exposed_at, last_exposed_at,
         exposures, linked, status, until, isolated_at, found_at, contacted_at, updated_at)
       values ('38', $1, $2, '38', '14758@2021', 1, now(), now(), 1, $8, $3, current_date + 14, $4, $5, $6, $7)`,
      [data.openCase.id, newUuid7(), status, isolated, found, reached, updated, linked],
    );
}

async function countOf(field: string, declared: string, as: string, variables: object): Promise<number> {
  const given = [...declared.matchAll(/\$(\w+)/g)].map(([name, bare]) => `${bare}: ${name}`).join(', ');
  const { data, errors } = await server.graphql<Record<string, { totalCount: number; edges: unknown[] }>>(
    `query (${declared}) { ${field}(first: 1, ${given}) { totalCount edges { cursor } } }`,
    { ...variables },
    { as },
  );
  expect(errors).toBeUndefined();
  return data[field]?.totalCount ?? NaN;
}
const passages = (filter: object) =>
  countOf('passages', '$filter: PassageFilter', 'analyst.38', { filter: { ...report.movement.list, ...filter } });
const mismatches = (filter: object, scope: object = { unitCode: '38' }) =>
  countOf('mismatches', '$filter: MismatchFilter, $scope: ScopeInput', 'admin.38', { filter, scope });
const cases = (openedOn: string) => countOf('cases', '$openedOn: LocalDate', 'tracer.38', { openedOn });
const followUps = (of: object) =>
  countOf(
    'followUps',
    '$status: FollowUpStatus, $foundOn: LocalDate, $reachedInTime: Boolean, $asOf: LocalDate',
    'tracer.38',
    of,
  );

describe('every figure of the daily report is as many as its list holds', () => {
  it('forms that are keyed in, and that are not', async () => {
    expect([report.paperEntered, report.paperOutstanding]).toEqual([3, 2]);
    expect(await passages({ channel: 'PAPER', awaitsForm: false })).toBe(report.paperEntered);
    expect(await passages({ awaitsForm: true })).toBe(report.paperOutstanding);
  });

  it('people of whom nothing is answered: where they passed last', async () => {
    expect(report.verificationsPending).toBe(2);
    expect(await passages({ unverified: true })).toBe(2);
    expect(await passages({ unverified: true, checkpointIds: [server.checkpoints.docXay] })).toBe(0);
    expect(await passages({ unverified: true, checkpointIds: [server.checkpoints.cauGhep] })).toBe(2);
  });

  it('people who are known otherwise: all, and those who wait', async () => {
    expect([report.mismatches, report.mismatchesWaiting]).toEqual([3, 2]);
    expect(await mismatches({ passedOn: today, state: 'ANY' })).toBe(report.mismatches);
    expect(await mismatches({ passedOn: today, state: 'WAITING' })).toBe(report.mismatchesWaiting);
    expect(await mismatches({ passedOn: yesterday, state: 'ANY' })).toBe(0);
    // By where they passed on that day, not by where they passed last.
    const { docXay, hamRong } = server.checkpoints;
    expect(await mismatches({ passedOn: today, state: 'ANY' }, { checkpointIds: [docXay] })).toBe(3);
    expect(await mismatches({ passedOn: today, state: 'ANY' }, { checkpointIds: [hamRong] })).toBe(0);
    expect(await mismatches({}, { checkpointIds: [docXay] })).toBe(0);
  });

  it('cases, and contacts: found, reached in time, isolated and lost', async () => {
    expect(report.cases).toEqual({ newCases: 1, contactsTraced: 2, reachedWithin24h: 1, isolating: 1, lost: 2 });
    expect([await cases(today), await cases(yesterday)]).toEqual([1, 0]);
    expect(await followUps({ foundOn: today })).toBe(2);
    expect(await followUps({ foundOn: today, reachedInTime: true })).toBe(1);
    expect(await followUps({ foundOn: today, reachedInTime: false })).toBe(1);
    expect(await followUps({ status: 'ISOLATING', asOf: today })).toBe(1);
    expect(await followUps({ status: 'LOST', asOf: today })).toBe(2);
    expect(await followUps({ status: 'LOST', asOf: yesterday })).toBe(1);
  });
});
