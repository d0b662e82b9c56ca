import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newUuid7, uuid7Time } from '#api/platform/shared/uuid7.ts';
import { vietnamDate } from '#api/platform/shared/vietnam-date.ts';
import { aPassage, declared, record } from '#test/builders.ts';
import { answered, passed, type Verdict } from '#test/mismatch-desk.ts';
import { ReportDesk } from '#test/report-desk.ts';
import { startServer, type TestServer } from '#test/server.ts';
import { merge, openCase } from '#test/tracing-desk.ts';

const today = vietnamDate(new Date());
const yesterday = vietnamDate(new Date(Date.now() - 86_400_000));
const hours = (count: number) => new Date(Date.now() + count * 3_600_000);

interface Movement {
  people: number;
  list: { from: string; to: string; unitCode?: string; checkpointIds?: string[] };
}
interface Report {
  movement: Movement;
  byCheckpoint: Movement[];
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
  await ofMerged();
  await ofForms();
  await ofCases();
  await desk.count();
  report = await reportOf('38');
});
afterAll(async () => {
  await desk.close();
  await server.stop();
});

async function reportOf(unitCode: string, as = 'admin.38'): Promise<Report> {
  const { data } = await server.graphql<{ dailyReport: Report }>(
    `query ($unitCode: String!, $date: LocalDate!) { dailyReport(unitCode: $unitCode, date: $date) {
       movement { ...Counted } byCheckpoint { ...Counted } paperEntered paperOutstanding verificationsPending mismatches
       mismatchesWaiting cases { newCases contactsTraced reachedWithin24h isolating lost } } }
     fragment Counted on MovementRow { people list { from to unitCode checkpointIds } }`,
    { unitCode, date: today },
    { as },
  );
  return data.dailyReport;
}

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

/** Somebody who is known three times, whom two verdicts doubt, and who passed under each name. */
async function ofMerged(): Promise<void> {
  const [kept, other] = [await passed(server), await passed(server)];
  const third = await passed(server, {}, server.checkpoints.cauGhep);
  for (const doubted of [kept, other]) await answered(server, doubted, 'NOT_FOUND');
  for (const one of [other, third]) await merge(server, kept.citizenId, one.citizenId);
}

/** Somebody who is known otherwise passed in another province too, and is known there under the same id. */
async function alsoIn01(): Promise<void> {
  const { hanoi } = server.checkpoints;
  const [row] = await server.sql<{ citizen_id: string }>(
    `select citizen_id from registry_verification where status = 'MISMATCHED' limit 1`,
  );
  await answered(server, { province: '01', citizenId: row?.citizen_id ?? '', checkpointId: hanoi });
  const { id } = await declared(server, {}, '01');
  await record(server, [aPassage(hanoi, { declarationId: id })], 'officer.01');
  await server.sql(`update passage set citizen_id = $1 where province_code = '01'`, [row?.citizen_id]);
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

/** Whose passages these are, page by page. */
async function peopleOf(filter: object): Promise<string[]> {
  const document = `query ($filter: PassageFilter, $after: String) { passages(first: 4, filter: $filter, after: $after) {
    totalCount pageInfo { hasNextPage endCursor } edges { node { citizen { id } } } } }`;
  interface Passages {
    totalCount: number;
    pageInfo: { hasNextPage: boolean; endCursor: string };
    edges: Array<{ node: { citizen: { id: string } | null } }>;
  }
  const people: string[] = [];
  for (let after: string | null = null, more = true; more;) {
    const variables: Record<string, unknown> = { filter, after };
    const answer = await server.graphql<{ passages: Passages }>(document, variables, { as: 'analyst.38' });
    const { edges, pageInfo, totalCount } = answer.data.passages;
    people.push(...edges.map(({ node }) => node.citizen?.id ?? ''));
    ({ endCursor: after, hasNextPage: more } = pageInfo);
    if (!more) expect(totalCount).toBe(people.length);
  }
  return people;
}

describe('every figure of the daily report is as many as its list holds', () => {
  it('different people: each once, by the last passage, whoever is merged as one', async () => {
    const { movement, byCheckpoint } = report;
    expect(movement.people).toBe(9);
    for (const { people, list } of [movement, ...byCheckpoint]) {
      const found = await peopleOf({ ...list, lastOfPerson: true });
      expect(found).toHaveLength(people);
      expect(new Set(found).size).toBe(people);
    }
    expect(byCheckpoint).toHaveLength(2);
    // Of those whom the other conditions leave.
    expect(await passages({ lastOfPerson: true, direction: 'IN', checkpointIds: [server.checkpoints.cauGhep] })).toBe(
      1,
    );
    expect(await passages({ lastOfPerson: true, direction: 'IN' })).toBe(9);
    expect(await passages({ lastOfPerson: true, awaitsForm: true })).toBe(0);
  });

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
    expect([report.mismatches, report.mismatchesWaiting]).toEqual([4, 3]);
    expect(await mismatches({ passedOn: today, state: 'ANY' })).toBe(report.mismatches);
    expect(await mismatches({ passedOn: today, state: 'WAITING' })).toBe(report.mismatchesWaiting);
    expect(await mismatches({ passedOn: yesterday, state: 'ANY' })).toBe(0);
    // By where they passed on that day, not by where they passed last.
    const { docXay, cauGhep, hamRong } = server.checkpoints;
    expect(await mismatches({ passedOn: today, state: 'ANY' }, { checkpointIds: [docXay] })).toBe(4);
    expect(await mismatches({}, { checkpointIds: [docXay] })).toBe(2);
    // One of them doubted by the verdicts on whom they are merged with.
    expect(await mismatches({ passedOn: today, state: 'ANY' }, { checkpointIds: [cauGhep] })).toBe(4);
    expect(await mismatches({ passedOn: today, state: 'ANY' }, { checkpointIds: [hamRong] })).toBe(0);
  });

  it('people who are known otherwise, of a district that some of them have left since', async () => {
    await server.sql(`update account set unit_id = '381@2021' where username = 'admin.district'`);
    const ofDistrict = await reportOf('381', 'admin.district');
    expect([ofDistrict.mismatches, ofDistrict.mismatchesWaiting]).toEqual([4, 3]);
    const asked = (filter: object) =>
      countOf('mismatches', '$filter: MismatchFilter', 'admin.district', { filter: { passedOn: today, ...filter } });
    expect(await asked({ state: 'ANY' })).toBe(ofDistrict.mismatches);
    expect(await asked({ state: 'WAITING' })).toBe(ofDistrict.mismatchesWaiting);
  });

  it('people who are known otherwise, of the country: each province’s by themselves', async () => {
    await alsoIn01();
    const ofCountry = await reportOf('VN', 'admin.vn');
    expect(ofCountry.mismatches).toBe(report.mismatches + 1);
    const variables = { filter: { passedOn: today, state: 'ANY' } };
    expect(await countOf('mismatches', '$filter: MismatchFilter', 'admin.vn', variables)).toBe(ofCountry.mismatches);
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
