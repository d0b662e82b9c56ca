import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newUuid7 } from '#api/platform/shared/uuid7.ts';
import { vietnamDate } from '#api/platform/shared/vietnam-date.ts';
import { aPassage, declared, record } from '#test/builders.ts';
import { ReportDesk } from '#test/report-desk.ts';
import { startServer, type TestServer } from '#test/server.ts';
import { readTerritory } from '../territory/territory-watch.service.ts';
import type { Territory } from '../territory/territory.service.ts';
import { makeReports } from './make-reports.service.ts';

const dayMs = 86_400_000;
const day = (daysAgo: number) => vietnamDate(new Date(Date.now() - daysAgo * dayMs));
const idAt = (daysAgo: number, minutes: number) =>
  newUuid7(new Date(`${day(daysAgo)}T12:00:00+07:00`).getTime() + minutes * 60_000);

const counts = `paperEntered paperOutstanding verificationsPending mismatches mismatchesWaiting
  cases { newCases contactsTraced reachedWithin24h isolating lost }`;
const row = 'group names in out admitted refused isolated paper offline flagged people';
const document = `query ($unitCode: String!, $date: LocalDate!, $kept: Boolean = true) {
  dailyReport(unitCode: $unitCode, date: $date, kept: $kept) {
    unit { id } date generatedAt final changedAt
    movement { ${row} list { from to unitCode } } previousDay { ${row} }
    byHour { ${row} } byCheckpoint { ${row} list { checkpointIds } } byOrigin { ${row} } byDestination { ${row} }
    ${counts} previousCounts { ${counts} } } }`;

interface Row extends Record<string, unknown> {
  group: string[];
  names: string[];
  in: number;
  out: number;
  people: number | null;
}
interface Report extends Record<string, unknown> {
  generatedAt: string;
  final: boolean;
  changedAt: string | null;
  movement: Row;
  previousDay: Row;
  byHour: Row[];
  byCheckpoint: Row[];
  byOrigin: Row[];
  byDestination: Row[];
}

let server: TestServer;
let desk: ReportDesk;
let declarationId: string;
beforeAll(async () => {
  server = await startServer();
  desk = await ReportDesk.open(server);
  declarationId = (await declared(server)).id;
  const { docXay, cauGhep } = server.checkpoints;
  await record(server, [
    aPassage(docXay, { id: idAt(2, 0), declarationId }),
    aPassage(docXay, { id: idAt(3, 0), declarationId }),
    aPassage(cauGhep, { id: idAt(2, 90), declarationId, direction: 'OUT', recordedOffline: true }),
    aPassage(cauGhep, { id: idAt(2, 95), paperFormNumber: 'D-1', evidence: 'PAPER_AND_CARD' }),
  ]);
  await desk.count();
});
afterAll(async () => {
  await desk.close();
  await server.stop();
});

const ask = (unitCode: string, date: string, as = 'analyst.38', kept = true) =>
  server.graphql<{ dailyReport: Report }>(document, { unitCode, date, kept }, { as });
async function reportOf(...of: Parameters<typeof ask>): Promise<Report> {
  const answer = await ask(...of);
  expect(answer.errors).toBeUndefined();
  return answer.data.dailyReport;
}

describe('the daily report', () => {
  it('counts a day, its hours, checkpoints and journeys, and the day before', async () => {
    const report = await reportOf('38', day(2));
    expect(report).toMatchObject({ unit: { id: '38@2021' }, date: day(2), final: false, changedAt: null });
    expect(report.movement).toMatchObject({
      in: 2,
      out: 1,
      paper: 1,
      offline: 1,
      people: 1,
      list: { unitCode: '38@2021' },
    });
    expect(report.previousDay).toMatchObject({ in: 1, out: 0, people: 1 });
    expect(report.byHour.map(({ group, in: into, out }) => [group[0]?.slice(11, 13), into, out])).toEqual([
      ['05', 1, 0],
      ['06', 1, 1],
    ]);
    expect(report.byCheckpoint.map(({ names, in: into, out, people }) => [names[0], into, out, people])).toEqual([
      ['Chốt Cầu Ghép', 1, 1, 1],
      ['Chốt Dốc Xây', 1, 0, 1],
    ]);
    expect(report.byOrigin.map(({ names, in: into, out }) => [names[0], into, out])).toEqual([
      ['Thành phố Hà Nội', 1, 1],
      ['', 1, 0],
    ]);
    expect(report.byDestination.map(({ names, in: into }) => [names[0], into])).toEqual([
      ['Tỉnh Thanh Hóa', 1],
      ['', 1],
    ]);
  });

  it('tells what waits: forms to key in, people to ask about, mismatches, and cases', async () => {
    expect(await reportOf('38', day(2))).toMatchObject({
      paperEntered: 0,
      paperOutstanding: 1,
      mismatches: 0,
      cases: { newCases: 0, contactsTraced: 0 },
      previousCounts: { paperEntered: 0, paperOutstanding: 0 },
    });
  });

  it('is of a unit of the own jurisdiction alone', async () => {
    expect((await reportOf('406', day(2))).movement).toMatchObject({ in: 1, out: 1 });
    const codes = async (...of: Parameters<typeof ask>) =>
      (await ask(...of)).errors?.map(({ extensions }) => extensions['code']);
    expect(await codes('01', day(2))).toEqual(['NOT_FOUND']);
    expect(await codes('VN', day(2))).toEqual(['NOT_FOUND']);
    expect(await codes('38', day(2), 'admin.district')).toEqual(['NOT_FOUND']);
    expect(await codes('99999', day(2))).toEqual(['NOT_FOUND']);
    expect(await codes('38', day(2), 'tracer.38')).toEqual(['FORBIDDEN']);
    expect((await reportOf('VN', day(2), 'admin.vn')).movement).toMatchObject({ in: 2, out: 1 });
  });
});

describe('a report that is kept', () => {
  let territory: Territory;
  beforeAll(async () => {
    territory = await readTerritory(desk.database);
  });

  /** As the worker does at six in the morning, so many days ago. */
  const make = (daysAgo: number) =>
    makeReports(desk.database, territory, { hour: 6, at: new Date(`${day(daysAgo)}T06:01:00+07:00`) });

  it('is made in the morning after its day, of every unit with checkpoints, and not before', async () => {
    const early = new Date(`${day(1)}T05:59:00+07:00`);
    await makeReports(desk.database, territory, { hour: 6, at: early });
    expect(await server.sql('select distinct day::text from daily_report')).toEqual([{ day: day(3) }]);
    expect(await make(1)).toBeGreaterThan(0);
    const kept = await server.sql<{ unit_id: string }>(
      'select unit_id from daily_report where day = $1 order by unit_id collate "C"',
      [day(2)],
    );
    const here = ['14758@2021', '14812@2021', '16438@2021', '380@2021', '381@2021', '38@2021', '406@2021'];
    expect(kept.map(({ unit_id: id }) => id)).toEqual(['00001@2021', '001@2021', '01@2021', ...here, 'VN@2021']);
    expect(await make(1)).toBe(0);
  });

  it('says what it said, is marked when late passages changed its day, and the day as it stands is shown beside it', async () => {
    const before = await reportOf('38', day(2));
    expect(before).toMatchObject({ final: true, changedAt: null, movement: { in: 2, out: 1 } });
    expect(before.generatedAt).toBe(new Date(`${day(1)}T06:01:00+07:00`).toISOString());
    await record(server, [aPassage(server.checkpoints.docXay, { id: idAt(2, 30), declarationId })]);
    await desk.count();
    const after = await reportOf('38', day(2));
    expect(after.changedAt).not.toBeNull();
    expect({ ...after, changedAt: null }).toEqual(before);
    expect(await reportOf('38', day(2), 'analyst.38', false)).toMatchObject({
      final: false,
      changedAt: null,
      movement: { in: 3, out: 1 },
    });
    // Where nobody passed late nothing changed.
    expect((await reportOf('406', day(2))).changedAt).toBeNull();
  });

  it('is compared with what the day before kept of itself', async () => {
    await server.sql(
      `update daily_report set content = jsonb_set(content, '{mismatches}', '77') where day = $1 and unit_id = '38@2021'`,
      [day(2)],
    );
    await make(0);
    expect(await reportOf('38', day(1))).toMatchObject({ final: true, previousCounts: { mismatches: 77 } });
  });

  it('of days that were missed is made up for where anybody passed; by two workers at once, once', async () => {
    await server.sql('delete from daily_report');
    await Promise.all([make(0), make(0)]);
    const days = await server.sql(`select day::text from daily_report where unit_id = '38@2021' order by 1`);
    expect(days).toEqual([{ day: day(3) }, { day: day(2) }, { day: day(1) }]);
  });

  it('names nobody, and is seen by nobody outside its unit', async () => {
    const [{ content } = { content: '' }] = await server.sql<{ content: string }>(
      `select string_agg(content::text, '') as content from daily_report`,
    );
    expect(content).not.toMatch(/Nguyễn|Hoa/);
    expect(content).not.toContain(declarationId);
    expect((await ask('406', day(2), 'admin.01')).errors?.[0]?.extensions['code']).toBe('NOT_FOUND');
  });
});
