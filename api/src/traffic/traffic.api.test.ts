import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { aPassage, declared, record, type PassageInput } from '#test/builders.ts';
import { startServer, type TestServer } from '#test/server.ts';
import { newUuid7 } from '../platform/shared/uuid7.ts';
import { HOUR_MS, MINUTE_MS } from '../platform/shared/instant.ts';
import { midnightBefore } from '../platform/shared/vietnam-date.ts';

let server: TestServer;
let declarationId: string;
// At noon a day is neither new nor over.
const noon = midnightBefore(Date.now()) + 12 * HOUR_MS;
let now = noon;
const wait = (ms: number) => vi.setSystemTime((now += ms));
beforeAll(async () => {
  vi.useFakeTimers({ toFake: ['Date'], now });
  server = await startServer();
});
afterAll(async () => {
  await server.stop();
  vi.useRealTimers();
});
beforeEach(async () => {
  declarationId = (await declared(server)).id;
});
/** What was taken away behind the node's back shows with its next picture. */
afterEach(async () => {
  await server.sql('delete from passage');
  wait(2 * MINUTE_MS);
  await expect.poll(async () => (await picture()).total, { timeout: 5_000 }).toMatchObject({ todayIn: 0, todayOut: 0 });
});

const counts = 'in out refused flagged todayIn todayOut todayRefused todayFlagged lastHour';
const document = `query ($scope: ScopeInput) { traffic(scope: $scope) { at seconds whole degraded dropped alerts { kind }
  total { ${counts} todayWatchListHits } checkpoints { checkpoint { id code } lastPassageAt ${counts} }
  recent { id checkpoint { code } direction decision advice flagged occurredAt } } }`;
interface Counted {
  in: number;
  todayIn: number;
  todayOut: number;
  todayRefused: number;
  todayFlagged: number;
  lastHour: number;
}
interface Picture {
  traffic: {
    seconds: number;
    whole: boolean;
    total: Counted;
    checkpoints: Array<Counted & { checkpoint: { id: string; code: string }; lastPassageAt: string | null }>;
    recent: Array<{ id: string; decision: string; checkpoint: { code: string } }>;
  };
}
const ask = (as: string, scope?: object) => server.graphql<Picture>(document, { scope }, { as });
const picture = async (scope?: object, as = 'analyst.38') => (await ask(as, scope)).data.traffic;
const at = (ago: number) => newUuid7(now - ago);
const pass = (changes: Partial<PassageInput> = {}, checkpoint = server.checkpoints.docXay) =>
  aPassage(checkpoint, { declarationId, ...changes });
const codesOf = ({ errors = [] }: Awaited<ReturnType<typeof ask>>) =>
  errors.map(({ extensions }) => extensions['code']);

describe('the picture of the flow', () => {
  it('counts passages of today as they were corrected, by checkpoint and together', async () => {
    const [first, second, third] = [at(5_000), at(4_000), at(3_000)];
    await record(server, [
      pass({ id: first }),
      pass({ id: second, direction: 'OUT' }),
      pass({ id: third, decision: 'REFUSED', reason: 'hết hạn' }),
      pass({ id: at(2_000) }, server.checkpoints.cauGhep),
    ]);
    const before = await picture();
    expect(before).toMatchObject({ whole: true, seconds: (now - midnightBefore(now)) / 1_000 });
    expect(before.total).toMatchObject({ in: 3, todayIn: 3, todayOut: 1, todayRefused: 1, lastHour: 4 });
    await record(server, [
      pass({ id: newUuid7(now - 5_000), corrects: first, decision: 'VOID', reason: 'nhầm' }),
      pass({ id: newUuid7(now - 3_000), corrects: third, direction: 'OUT', decision: 'ADMITTED' }),
    ]);
    const after = await picture();
    expect(after.total).toMatchObject({ todayIn: 1, todayOut: 2, todayRefused: 0, lastHour: 3 });
    const byCode = new Map(after.checkpoints.map((one) => [one.checkpoint.code, one]));
    expect(byCode.get('DX')).toMatchObject({ todayIn: 0, todayOut: 2 });
    expect(byCode.get('CG')).toMatchObject({ todayIn: 1, todayOut: 0 });
    expect(byCode.get('HR')).toMatchObject({ todayIn: 0, lastPassageAt: null });
    expect(after.recent.map(({ id }) => id)).toHaveLength(3);
    expect(after.recent.map(({ id }) => id)).not.toContain(first);
  });

  it('knows nobody to have passed last who did not pass', async () => {
    const first = at(5 * HOUR_MS);
    await record(server, [pass({ id: first, recordedOffline: true })]);
    await record(server, [
      pass({ id: newUuid7(now - 5 * HOUR_MS), corrects: first, decision: 'VOID', reason: 'nhầm' }),
    ]);
    wait(2 * MINUTE_MS);
    const lastOf = async () =>
      (await picture()).checkpoints.find(({ checkpoint: { code } }) => code === 'DX')?.lastPassageAt;
    await expect.poll(lastOf, { timeout: 5_000 }).toBeNull();
  });

  it('counts a late passage on the day it happened, and a minute of the hour by its own time', async () => {
    await record(server, [
      pass({ id: at(13 * HOUR_MS), recordedOffline: true }),
      pass({ id: at(2 * HOUR_MS), recordedOffline: true }),
      pass({ id: at(10 * MINUTE_MS), recordedOffline: true }),
    ]);
    expect((await picture()).total).toMatchObject({ todayIn: 2, lastHour: 1 });
    const flow = await server.graphql<{ trafficFlow: Flow }>(flowDocument, {}, { as: 'analyst.38' });
    const { minutes, yesterdayIn } = flow.data.trafficFlow;
    expect(minutes).toHaveLength(60);
    expect(minutes.filter((minute) => minute.in > 0)).toEqual([
      { at: new Date(now - 10 * MINUTE_MS).toISOString(), in: 1, out: 0, refused: 0 },
    ]);
    // At 23:00 yesterday: later in the day than it is now.
    expect(yesterdayIn).toBe(0);
  });
  interface Flow {
    minutes: Array<{ at: string; in: number; out: number; refused: number }>;
    yesterdayIn: number;
    verificationsPending: number;
  }
  const flowDocument =
    '{ trafficFlow { minutes { at in out refused } yesterdayIn yesterdayOut verificationsPending } }';
  const untilNow = async () =>
    (await server.graphql<{ trafficFlow: Flow }>(flowDocument, {}, { as: 'analyst.38' })).data.trafficFlow.yesterdayIn;

  it('compares with yesterday until the same time of the day', async () => {
    await record(server, [
      pass({ id: at(25 * HOUR_MS), recordedOffline: true }),
      pass({ id: at(23 * HOUR_MS), recordedOffline: true }),
    ]);
    wait(2 * MINUTE_MS);
    await expect.poll(untilNow, { timeout: 5_000 }).toBe(1);
  });

  it('calls nothing more than usual where nothing is usual yet, whatever is elsewhere', async () => {
    await record(server, [pass({ id: at(24 * HOUR_MS + 5 * MINUTE_MS), recordedOffline: true })]);
    const there = { declarationId: (await declared(server, {}, '01')).id };
    const many = Array.from({ length: 30 }, (_, of) => aPassage(server.checkpoints.hanoi, { ...there, id: at(of) }));
    await record(server, many, 'officer.01');
    expect((await picture(undefined, 'admin.01')).total.todayIn).toBe(30);
    await picture();
    wait(2 * MINUTE_MS);
    await expect.poll(untilNow, { timeout: 5_000 }).toBe(1);
    expect(await picture(undefined, 'admin.01')).toMatchObject({ total: { todayIn: 30 }, alerts: [] });
  });

  it('shows who recorded where, by the name they sign in with', async () => {
    await record(server, [pass({ id: at(1_000) })]);
    const query = '{ officersOnDuty { username checkpoint { code } lastRecordedAt passages } }';
    const answer = await server.graphql(query, {}, { as: 'analyst.38' });
    expect(answer.data).toEqual({
      officersOnDuty: [
        {
          username: 'officer.38',
          checkpoint: { code: 'DX' },
          lastRecordedAt: new Date(now).toISOString(),
          passages: 1,
        },
      ],
    });
  });

  it('is of the jurisdiction alone, and for those who watch the flow', async () => {
    await record(server, [pass({ id: at(1_000) })]);
    expect((await picture(undefined, 'admin.01')).total).toMatchObject({ todayIn: 0 });
    expect(await picture({ unitCode: '38' }, 'admin.district')).toMatchObject({ total: { todayIn: 0 } });
    const foreign = await picture({ checkpointIds: [server.checkpoints.docXay] }, 'admin.01');
    expect(foreign).toMatchObject({ checkpoints: [], recent: [] });
    expect((await picture({ checkpointIds: [server.checkpoints.docXay] })).checkpoints).toHaveLength(1);
    for (const as of ['officer.38', 'tracer.38', 'auditor.38']) expect(codesOf(await ask(as))).toEqual(['FORBIDDEN']);
  });
});

it('a subscription is refused where it can not be followed', async () => {
  const answer = await server.graphql('subscription { checkpointTraffic { at } }', {}, { as: 'analyst.38' });
  expect(codesOf(answer as never)).toEqual(['BAD_REQUEST']);
});
