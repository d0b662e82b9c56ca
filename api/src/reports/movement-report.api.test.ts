import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newUuid7, uuid7Time } from '#api/platform/shared/uuid7.ts';
import { vietnamDate } from '#api/platform/shared/vietnam-date.ts';
import { aPassage, declared, record } from '#test/builders.ts';
import { ReportDesk } from '#test/report-desk.ts';
import { startServer, type TestServer } from '#test/server.ts';

const dayMs = 86_400_000;
const noonOf = (daysAgo: number) =>
  new Date(`${vietnamDate(new Date(Date.now() - daysAgo * dayMs))}T12:00:00+07:00`).getTime();
const day = (daysAgo: number) => vietnamDate(new Date(noonOf(daysAgo)));

let server: TestServer;
let desk: ReportDesk;
beforeAll(async () => {
  server = await startServer();
  desk = await ReportDesk.open(server);
});
afterAll(async () => {
  await desk.close();
  await server.stop();
});

const document = `query ($scope: ScopeInput, $from: LocalDate!, $to: LocalDate!, $groupBy: [ReportGroup!]!, $filter: MovementFilter) {
  movementReport(scope: $scope, from: $from, to: $to, groupBy: $groupBy, filter: $filter) {
    from to generatedAt
    rows { ...row } total { ...row } } }
  fragment row on MovementRow { group names in out admitted refused isolated paper offline flagged people
    list { from to unitCode checkpointIds originProvince destinationProvince purpose channel direction decision } }`;
interface Row {
  group: string[];
  names: string[];
  in: number;
  out: number;
  admitted: number;
  refused: number;
  isolated: number;
  paper: number;
  offline: number;
  flagged: number;
  people: number | null;
  list: Record<string, unknown>;
}
type Report = { movementReport: { rows: Row[]; total: Row } };
const ask = (groupBy: string[], changes: Record<string, unknown> = {}, as = 'analyst.38') =>
  server.graphql<Report>(document, { from: day(3), to: day(0), groupBy, ...changes }, { as });
const reportOf = async (...of: Parameters<typeof ask>) => {
  const answer = await ask(...of);
  expect(answer.errors).toBeUndefined();
  return answer.data.movementReport;
};
const codesOf = ({ errors }: { errors?: Array<{ extensions: Record<string, unknown> }> }) =>
  errors?.map(({ extensions }) => [extensions['code'], Object.keys(extensions['fields'] ?? {})]);

describe('movementReport', () => {
  beforeAll(async () => {
    const { docXay, cauGhep, hanoi } = server.checkpoints;
    const { id: declarationId } = await declared(server);
    const at = (daysAgo: number, minutes: number) => newUuid7(noonOf(daysAgo) + minutes * 60_000);
    const wrong = aPassage(cauGhep, { id: at(2, 1), declarationId, direction: 'IN', decision: 'ADMITTED' });
    const sent = await record(server, [
      aPassage(docXay, { id: at(1, 0), declarationId }),
      aPassage(docXay, { id: at(1, 70), declarationId, direction: 'OUT' }),
      aPassage(docXay, {
        id: at(2, 0),
        declarationId,
        decision: 'REFUSED',
        reason: 'không đủ giấy tờ',
        recordedOffline: true,
      }),
      aPassage(cauGhep, { id: at(2, 5), paperFormNumber: 'R-1', evidence: 'PAPER_AND_CARD' }),
      wrong,
      aPassage(cauGhep, {
        id: newUuid7(uuid7Time(wrong.id) ?? 0),
        declarationId,
        decision: 'VOID',
        reason: 'nhầm',
        corrects: wrong.id,
      }),
    ]);
    expect(sent.data.recordPassages.map(({ __typename }) => __typename)).toEqual(Array(6).fill('PassageRecorded'));
    const { id: toHanoi } = await declared(server, {}, '01');
    await record(server, [aPassage(hanoi, { id: at(1, 0), declarationId: toHanoi })], 'officer.01');
    await desk.count();
  });

  it('counts passages as corrected, by day', async () => {
    const { rows, total } = await reportOf(['DAY']);
    expect(rows).toMatchObject([
      { group: [day(2)], in: 2, out: 0, admitted: 1, refused: 1, isolated: 0, paper: 1, offline: 1 },
      { group: [day(1)], in: 1, out: 1, admitted: 2, refused: 0, paper: 0, offline: 0 },
    ]);
    expect(total).toMatchObject({ group: [], in: 3, out: 1, admitted: 3, refused: 1, paper: 1, people: null });
  });

  it('names checkpoints and the units below, and tells which passages each row counts', async () => {
    const { rows } = await reportOf(['CHECKPOINT', 'DAY']);
    expect(rows.map(({ names }) => names)).toEqual([
      ['Chốt Cầu Ghép', day(2)],
      ['Chốt Dốc Xây', day(2)],
      ['Chốt Dốc Xây', day(1)],
    ]);
    expect(rows[2]?.list).toMatchObject({
      checkpointIds: [server.checkpoints.docXay],
      from: new Date(`${day(1)}T00:00:00+07:00`).toISOString(),
      to: new Date(new Date(`${day(1)}T00:00:00+07:00`).getTime() + dayMs).toISOString(),
    });
    const units = await reportOf(['UNIT']);
    expect(units.rows.map(({ group, names, in: into }) => [group, names, into])).toEqual([
      [['406@2021'], ['Huyện Quảng Xương'], 1],
      [['381@2021'], ['Thị xã Bỉm Sơn'], 2],
    ]);
  });

  it('counts hours of Viet Nam, decisions and channels apart', async () => {
    const { rows } = await reportOf(['HOUR', 'DECISION'], { from: day(1), to: day(1) });
    expect(rows.map(({ group, in: into, out }) => [...group, into, out])).toEqual([
      [`${day(1)}T05:00:00Z`, 'ADMITTED', 1, 0],
      [`${day(1)}T06:00:00Z`, 'ADMITTED', 0, 1],
    ]);
    const channels = await reportOf(['CHANNEL']);
    expect(channels.rows.map(({ group, in: into, paper }) => [...group, into, paper])).toEqual([
      ['ONLINE', 2, 0],
      ['PAPER', 1, 1],
    ]);
  });

  it('counts where people came from, where they went and why; empty where nobody said', async () => {
    const { rows } = await reportOf(['ORIGIN']);
    expect(rows.map(({ group, names, in: into, out, paper }) => [...group, ...names, into, out, paper])).toEqual([
      ['', '', 1, 0, 1],
      ['01', 'Thành phố Hà Nội', 2, 1, 0],
    ]);
    const by = async (group: string) => (await reportOf([group])).rows.map((row) => [...row.group, row.in]);
    expect(await by('DESTINATION')).toEqual([
      ['', 1],
      ['38', 2],
    ]);
    expect(await by('PURPOSE')).toEqual([
      ['', 1],
      ['HOME', 2],
    ]);
  });

  it('only some passages, where it is filtered', async () => {
    const filtered = async (filter: object) => (await reportOf([], { filter })).total;
    expect(await filtered({ direction: 'OUT' })).toMatchObject({
      in: 0,
      out: 1,
      admitted: 1,
      list: { direction: 'OUT' },
    });
    expect(await filtered({ decision: 'REFUSED' })).toMatchObject({ in: 1, admitted: 0, refused: 1, offline: 1 });
    expect(await filtered({ channel: 'PAPER' })).toMatchObject({ in: 1, paper: 1 });
  });

  it('tells how many people it was of one day, of places alone', async () => {
    const one = { from: day(1), to: day(1) };
    expect((await reportOf(['CHECKPOINT'], one)).rows.map(({ people }) => people)).toEqual([1]);
    expect((await reportOf([], one)).total.people).toBe(1);
    expect((await reportOf(['UNIT'], one)).rows.map(({ people }) => people)).toEqual([1]);
    expect((await reportOf([], one, 'admin.vn')).total.people).toBe(2);
    expect((await reportOf(['DECISION'], one)).rows.map(({ people }) => people)).toEqual([null]);
    expect((await reportOf([], { ...one, filter: { direction: 'IN' } })).total.people).toBeNull();
  });

  it.each(['HOUR', 'DAY', 'CHECKPOINT', 'UNIT', 'ORIGIN', 'DESTINATION', 'PURPOSE', 'CHANNEL', 'DECISION'])(
    'every row by %s is as many passages as its list holds',
    async (group) => {
      const { rows, total } = await reportOf([group]);
      expect(rows.length).toBeGreaterThan(0);
      for (const { list, in: into, out } of [...rows, total]) {
        const answer = await server.graphql<{ passages: { totalCount: number } }>(
          'query ($filter: PassageFilter) { passages(filter: $filter) { totalCount } }',
          { filter: list },
          { as: 'analyst.38' },
        );
        expect([group, answer.data?.passages.totalCount]).toEqual([group, into + out]);
      }
    },
  );

  it('is of the own jurisdiction, and of the part of it that is asked for', async () => {
    expect((await reportOf([], {}, 'admin.01')).total).toMatchObject({ in: 1, out: 0 });
    expect((await reportOf([], {}, 'admin.district')).total).toMatchObject({ in: 0, out: 0 });
    expect((await reportOf([], {}, 'admin.vn')).total).toMatchObject({ in: 4, out: 1 });
    expect((await reportOf([], { scope: { unitCode: '406' } })).total).toMatchObject({
      in: 1,
      out: 0,
      list: { unitCode: '406@2021' },
    });
    expect((await reportOf([], { scope: { unitCode: '01' } })).total).toMatchObject({ in: 0, out: 0 });
    const { cauGhep, hanoi } = server.checkpoints;
    expect((await reportOf([], { scope: { checkpointIds: [cauGhep, hanoi] } })).total).toMatchObject({ in: 1 });
    for (const as of ['officer.38', 'tracer.38', 'auditor.38'])
      expect(codesOf(await ask(['DAY'], {}, as))).toEqual([['FORBIDDEN', []]]);
  });

  it('refuses what is not kept together, what stands twice, and what would take too long', async () => {
    expect(codesOf(await ask(['ORIGIN', 'PURPOSE']))).toEqual([['BAD_USER_INPUT', ['groupBy']]]);
    expect(codesOf(await ask(['ORIGIN', 'HOUR']))).toEqual([['BAD_USER_INPUT', ['groupBy']]]);
    expect(codesOf(await ask(['DAY', 'DAY']))).toEqual([['BAD_USER_INPUT', ['groupBy']]]);
    expect(codesOf(await ask(['ORIGIN'], { filter: { channel: 'PAPER' } }))).toEqual([
      ['BAD_USER_INPUT', ['filter.channel']],
    ]);
    expect(codesOf(await ask(['DAY'], { from: day(0), to: day(1) }))).toEqual([['BAD_USER_INPUT', ['to']]]);
    expect(codesOf(await ask(['HOUR'], { from: '2020-01-01' }))).toEqual([['BAD_USER_INPUT', ['from']]]);
  });
});
