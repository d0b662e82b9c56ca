import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Database } from '#api/platform/database/database.ts';
import { inTransaction, wholeProvinces } from '#api/platform/database/transaction.ts';
import { newUuid7 } from '#api/platform/shared/uuid7.ts';
import { vietnamDate } from '#api/platform/shared/vietnam-date.ts';
import { aDeclaration, anIdNumber, aPassage, declared, record, submit, type PassageInput } from '#test/builders.ts';
import { asWorker, OutboxDesk } from '#test/outbox-desk.ts';
import { startServer, type TestServer } from '#test/server.ts';
import { followArrivals } from './follow-arrivals.service.ts';

let server: TestServer;
let worker: Database;
let desk: OutboxDesk;
beforeAll(async () => {
  server = await startServer();
  worker = await asWorker(server.ownerUrl);
  desk = new OutboxDesk(worker, [followArrivals]);
});
afterAll(async () => {
  await worker.close();
  await server.stop();
});

interface Listed {
  id: string;
  cameAt: string | null;
  leftAt: string | null;
  staysUntil: string | null;
  overstays: boolean;
  reportedAt: string | null;
  reportedBy: { name: string } | null;
  cameThrough: { name: string } | null;
  unit: { code: string };
  declaration: { person: { fullName: string; phone: string | null; phoneMasked: string | null } };
}
const document = `query ($list: ArrivalList!, $scope: ScopeInput, $zoneId: ID, $first: Int, $after: String) {
  arrivals(list: $list, scope: $scope, zoneId: $zoneId, first: $first, after: $after) {
    edges { node {
      id cameAt leftAt staysUntil overstays reportedAt reportedBy { name } cameThrough { name } unit { code }
      declaration { person { fullName phone phoneMasked } }
    } }
    pageInfo { hasNextPage endCursor } totalCount
  }
}`;
interface Answer {
  arrivals: {
    edges: Array<{ node: Listed }>;
    pageInfo: { hasNextPage: boolean; endCursor: string };
    totalCount: number;
  };
}
const ask = async (list: string, as = 'admin.38', more: object = {}) =>
  (await server.graphql<Answer>(document, { list, first: 100, ...more }, { as })).data.arrivals;
const find = async (list: string, id: string, as?: string) =>
  (await ask(list, as)).edges.map(({ node }) => node).find((node) => node.id === id);
const listsOf = async (id: string, as?: string) => {
  const lists = ['COMING', 'INSIDE', 'NOT_REPORTED', 'OVERSTAYING', 'LEFT'];
  const found = await Promise.all(lists.map((list) => find(list, id, as)));
  return lists.filter((_, at) => found[at]);
};

const minutes = (count: number) => Date.now() + count * 60_000;
async function pass(declarationId: string, changes: Partial<PassageInput> = {}, as = 'officer.38') {
  const input = aPassage(server.checkpoints.docXay, { declarationId, ...changes });
  const [result] = (await record(server, [input], as)).data.recordPassages;
  expect(result?.__typename, JSON.stringify(result)).toBe('PassageRecorded');
  return input;
}

describe('who comes to a commune', () => {
  it('is coming once declared, inside once passed in, and gone once passed out', async () => {
    const { id } = await declared(server);
    expect(await listsOf(id)).toEqual(['COMING']);
    await pass(id, { id: newUuid7(minutes(-20)) });
    await desk.drain();
    expect(await listsOf(id)).toEqual(['INSIDE', 'NOT_REPORTED']);
    expect(await find('INSIDE', id)).toMatchObject({ cameThrough: { name: 'Chốt Dốc Xây' }, unit: { code: '16438' } });
    await pass(id, { id: newUuid7(minutes(-5)), direction: 'OUT' });
    await desk.drain();
    expect(await listsOf(id)).toEqual(['LEFT']);
  });

  it('is seen masked, by their own commune and those above it, and by nobody else', async () => {
    const { id } = await declared(server);
    await pass(id);
    await desk.drain();
    const seen = await find('INSIDE', id);
    expect(seen?.declaration.person).toMatchObject({ fullName: 'Nguyễn T. H.', phone: null });
    expect(await find('INSIDE', id, 'admin.vn')).toBeDefined();
    for (const as of ['admin.01', 'admin.district']) expect(await listsOf(id, as)).toEqual([]);
    const refused = await server.graphql(document, { list: 'INSIDE' }, { as: 'officer.38' });
    expect(refused.errors?.[0]?.extensions['code']).toBe('FORBIDDEN');
  });

  it('is nobody in a unit beyond the jurisdiction, which is an answer', async () => {
    for (const list of ['COMING', 'INSIDE'])
      expect(await ask(list, 'admin.38', { scope: { unitCode: '00001' } })).toMatchObject({ edges: [], totalCount: 0 });
  });

  it('through a checkpoint of another province is seen by the destination’s alone', async () => {
    const input = aDeclaration();
    const [result] = (await submit(server, [input])).data.submitDeclarations;
    const qrPayload = result?.receipt.qrPayload ?? '';
    const passage = aPassage(server.checkpoints.hanoi, { qrPayload });
    const [recorded] = (await record(server, [passage], 'officer.01')).data.recordPassages;
    expect(recorded?.__typename).toBe('PassageRecorded');
    await desk.drain();
    expect(await find('INSIDE', input.id)).toMatchObject({ cameThrough: { name: 'Chốt Pháp Vân' } });
    expect(await listsOf(input.id, 'admin.01')).toEqual([]);
  });

  it('is no arrival where they were turned back, or kept back, or the passage did not happen', async () => {
    const [refused, isolated, voided] = [await declared(server), await declared(server), await declared(server)];
    await pass(refused.id, { decision: 'REFUSED', reason: 'sốt' });
    await pass(isolated.id, { decision: 'ISOLATED' });
    const { id: corrects } = await pass(voided.id, { id: newUuid7(minutes(-1)) });
    await desk.drain();
    expect(await listsOf(voided.id)).toEqual(['INSIDE', 'NOT_REPORTED']);
    const [row] = await server.sql<{ occurred_at: Date }>('select occurred_at from passage where id = $1', [corrects]);
    const correction = newUuid7(row?.occurred_at.getTime());
    await pass(voided.id, { id: correction, corrects, decision: 'VOID' });
    await desk.drain();
    for (const { id } of [refused, isolated, voided]) expect(await listsOf(id)).toEqual(['COMING']);
  });

  it('has left once they pass on another declaration, wherever that leads', async () => {
    const idNumber = anIdNumber();
    const [first, second] = [
      await declared(server, { person: { idNumber } }),
      await declared(server, { person: { idNumber } }),
    ];
    await pass(first.id, { id: newUuid7(minutes(-30)) });
    await pass(second.id, { id: newUuid7(minutes(-10)), direction: 'OUT' });
    await desk.drain();
    expect(await listsOf(first.id)).toEqual(['LEFT']);
  });

  it('has left too where they passed as somebody whom they were merged with', async () => {
    const [first, second] = [await declared(server), await declared(server)];
    await pass(first.id, { id: newUuid7(minutes(-30)) });
    await desk.drain();
    const people = await server.sql<{ citizen_id: string }>(
      'select citizen_id from declaration where id = any($1) order by id = $2',
      [[first.id, second.id], first.id],
    );
    const [keep, merge] = people.map(({ citizen_id: id }) => id);
    const merged = await server.graphql(
      'mutation ($keep: ID!, $merge: ID!) { mergeCitizens(keep: $keep, merge: $merge, reason: "cùng một người") { id } }',
      { keep, merge },
      { as: 'admin.38' },
    );
    expect(merged.errors).toBeUndefined();
    await pass(second.id, { id: newUuid7(minutes(-10)), direction: 'OUT' });
    await desk.drain();
    expect(await listsOf(first.id)).toEqual(['LEFT']);
  });

  it('on a paper form that is keyed in later comes with it', async () => {
    const number = `P-${newUuid7().slice(-6)}`;
    await record(server, [
      aPassage(server.checkpoints.docXay, { paperFormNumber: number, evidence: 'PAPER_AND_CARD' }),
    ]);
    await desk.drain();
    const { receiptSecret: _, ...input } = { ...aDeclaration(), paperFormNumber: number };
    const keyedIn = await server.graphql<{ recordPaperDeclaration: { __typename: string } }>(
      `mutation ($input: DeclarationInput!, $checkpointId: ID!) { recordPaperDeclaration(input: $input, checkpointId: $checkpointId) { __typename } }`,
      { input, checkpointId: server.checkpoints.docXay },
      { as: 'officer.38' },
    );
    expect(keyedIn.data.recordPaperDeclaration.__typename).toBe('DeclarationSubmitted');
    await desk.drain();
    expect(await listsOf(input.id)).toEqual(['INSIDE', 'NOT_REPORTED']);
  });
});

it('the lists are counted as they are, for all and for a part', async () => {
  const { id } = await declared(server);
  await pass(id);
  await desk.drain();
  const names = ['COMING', 'INSIDE', 'NOT_REPORTED', 'OVERSTAYING', 'LEFT'];
  const counted = async (as: string, more: Record<string, unknown>) => {
    const { data } = await server.graphql<{ arrivalCounts: Record<string, number> }>(
      'query ($scope: ScopeInput) { arrivalCounts(scope: $scope) { coming inside notReported overstaying left } }',
      more,
      { as },
    );
    return Object.values(data.arrivalCounts);
  };
  for (const [as, more] of [
    ['admin.38', {}],
    ['admin.38', { scope: { unitCode: '380' } }],
    ['admin.district', {}],
  ] as const) {
    const totals = await Promise.all(names.map(async (list) => (await ask(list, as, more)).totalCount));
    expect(await counted(as, more)).toEqual(totals);
  }
  expect((await counted('admin.38', {}))[1]).toBeGreaterThan(0);
});

describe('a declared stay', () => {
  const day = (offset: number) => vietnamDate(new Date(minutes(offset * 24 * 60)));

  it('that ended is an overstay while they are inside, and none once they left', async () => {
    const { id } = await declared(server, { journey: { staysUntil: day(2) } });
    await pass(id, { id: newUuid7(minutes(-20)) });
    await desk.drain();
    expect(await find('INSIDE', id)).toMatchObject({ staysUntil: day(2), overstays: false });
    const past = (until: string) =>
      server.sql('update arrival set stays_until = $2 where declaration_id = $1', [id, until]);
    await past(day(0));
    expect(await listsOf(id)).toEqual(['INSIDE', 'NOT_REPORTED']);
    await past(day(-1));
    expect(await listsOf(id)).toEqual(['INSIDE', 'NOT_REPORTED', 'OVERSTAYING']);
    await pass(id, { direction: 'OUT' });
    await desk.drain();
    expect(await listsOf(id)).toEqual(['LEFT']);
  });

  it.each([
    [day(-2), 'STAY_PAST'],
    [day(400), 'STAY_TOO_LONG'],
  ])('until %s is %s', async (staysUntil, code) => {
    const [result] = (await submit(server, [aDeclaration({ journey: { staysUntil } })])).data.submitDeclarations;
    expect(result?.fields).toMatchObject([{ path: 'journey.staysUntil', code }]);
  });

  it('that was not said changes nothing of what was sent before it was asked', async () => {
    const input = aDeclaration();
    await submit(server, [input]);
    const again = { ...input, journey: { ...input.journey, staysUntil: null } };
    expect((await submit(server, [again])).data.submitDeclarations[0]?.__typename).toBe('DeclarationSubmitted');
  });
});

describe('who reports in', () => {
  const report = (id: string, reported: boolean, as = 'admin.38') =>
    server.graphql<{ reportArrival: Listed }>(
      'mutation ($id: ID!, $reported: Boolean!) { reportArrival(id: $id, reported: $reported) { id reportedAt reportedBy { name } } }',
      { id, reported },
      { as },
    );
  const entries = (id: string) =>
    server.sql<{ action: string }>(
      `select action from audit_entry where $1 = any(subject_ids) and action like 'arrival.%' order by id`,
      [id],
    );

  it('is entered once, with who did it, and taken back', async () => {
    const { id } = await declared(server);
    await pass(id);
    await desk.drain();
    await report(id, true);
    const { reportArrival } = (await report(id, true)).data;
    expect(reportArrival).toMatchObject({ reportedBy: { name: 'Quản trị Thanh Hóa' } });
    expect(await listsOf(id)).toEqual(['INSIDE']);
    await report(id, false);
    expect(await listsOf(id)).toEqual(['INSIDE', 'NOT_REPORTED']);
    expect(await entries(id)).toEqual([{ action: 'arrival.report' }, { action: 'arrival.unreport' }]);
  });

  it('has come, though no checkpoint saw them, and stays so when a passage comes later', async () => {
    const { id } = await declared(server);
    await report(id, true);
    expect(await listsOf(id)).toEqual(['INSIDE']);
    await pass(id, { id: newUuid7(minutes(-60)) });
    await desk.drain();
    const found = await find('INSIDE', id);
    expect([found?.cameAt !== null, found?.reportedAt !== null]).toEqual([true, true]);
    await report(id, false);
    expect(await listsOf(id)).toEqual(['INSIDE', 'NOT_REPORTED']);
  });

  it.each([
    ['admin.01', 'NOT_FOUND'],
    ['admin.district', 'NOT_FOUND'],
    ['tracer.38', 'FORBIDDEN'],
    ['officer.38', 'FORBIDDEN'],
  ])('is not for %s to enter: %s', async (as, code) => {
    const { id } = await declared(server);
    expect((await report(id, true, as)).errors?.[0]?.extensions['code']).toBe(code);
    expect(await entries(id)).toEqual([]);
  });
});

describe('events', () => {
  interface Event {
    province_code: string;
    id: string;
    created_at: Date;
    topic: string;
    payload: unknown;
  }
  const handle = ({ province_code: provinceCode, id, created_at: createdAt, topic, payload }: Event) =>
    inTransaction(worker, wholeProvinces([provinceCode]), (tx) =>
      followArrivals.handle(tx, provinceCode, [{ provinceCode, id, createdAt, topic, payload }]),
    );
  const table = (ids: string[]) =>
    server.sql(
      'select declaration_id, trail, came_at, came_through, left_at from arrival where declaration_id = any($1) order by 1',
      [ids],
    );

  it('in any order, twice, late, of two provinces, with corrections and VOIDs, give the same arrivals', async () => {
    const step = fc.record({
      minutesAgo: fc.integer({ min: 1, max: 20_000 }),
      direction: fc.constantFrom('IN', 'OUT'),
      on: fc.constantFrom(0, 1),
      away: fc.boolean(),
      corrected: fc.constantFrom('NO', 'NO', 'VOID', 'OUT', 'REFUSED'),
    });
    const plan = fc.tuple(fc.array(step, { minLength: 1, maxLength: 6 }), fc.infiniteStream(fc.nat()));
    await fc.assert(
      fc.asyncProperty(plan, async ([steps, chance]) => {
        const idNumber = anIdNumber();
        const people = [
          await declared(server, { person: { idNumber } }),
          await declared(server, { person: { idNumber } }),
        ];
        await server.sql('delete from outbox');
        for (const { minutesAgo, direction, on, away, corrected } of steps) {
          const at = minutes(-minutesAgo);
          const where = away ? server.checkpoints.hanoi : server.checkpoints.docXay;
          const who = { qrPayload: people[on]?.qrPayload ?? '' };
          const as = away ? 'officer.01' : 'officer.38';
          const first = aPassage(where, { id: newUuid7(at), ...who, direction });
          const to = corrected === 'OUT' ? { direction: 'OUT' } : { decision: corrected, reason: 'nhầm' };
          const second = aPassage(where, { id: newUuid7(at), corrects: first.id, ...who, direction, ...to });
          await record(server, [first], as);
          if (corrected !== 'NO') await record(server, [second], as);
        }
        const events = await server.sql<Event & Record<string, unknown>>(
          'select province_code, id, created_at, topic, payload from outbox order by id',
        );
        for (const event of events) await handle(event);
        const ids = people.map(({ id }) => id);
        const inOrder = await table(ids);
        await server.sql('delete from arrival where declaration_id = any($1)', [ids]);
        const shuffled = [...events, ...events]
          .map((event) => ({ event, at: chance.next().value as number }))
          .sort((a, b) => a.at - b.at);
        await Promise.all(shuffled.slice(0, 4).map(({ event }) => handle(event)));
        for (const { event } of shuffled.slice(4)) await handle(event);
        expect(await table(ids)).toEqual(inOrder);
      }),
      { numRuns: 12 },
    );
  }, 180_000);
});
