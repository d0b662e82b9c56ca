import fc from 'fast-check';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { CheckDesk } from '#test/check-desk.ts';
import { asWorker } from '#test/outbox-desk.ts';
import { RegistryProcess } from '#test/registry-process.ts';
import { startServer, type TestServer } from '#test/server.ts';
import { createRegistry } from '../create-registry.ts';
import { checkAgain, storeResolution } from '../verifications.service.ts';
import { inTransaction, wholeProvinces } from '../../platform/database/transaction.ts';
import { newUuid7 } from '../../platform/shared/uuid7.ts';
import type { Registry, RegistryAnswer } from '../registry-port.ts';

const minute = 60_000;
let server: TestServer;
let simulator: RegistryProcess;
let desk: CheckDesk;
beforeAll(async () => {
  [server, simulator] = await Promise.all([startServer(), RegistryProcess.start()]);
  desk = await CheckDesk.open(server);
});
afterAll(async () => {
  await desk.database.close();
  await Promise.all([server.stop(), simulator.stop()]);
});
beforeEach(async () => {
  vi.useFakeTimers({ toFake: ['Date'], now: Date.now() });
  await simulator.clear();
  await server.sql('delete from registry_verification; delete from outbox');
});
afterEach(() => void vi.useRealTimers());

const later = (ms: number) => void vi.setSystemTime(Date.now() + ms);
const asking = (kind: 'soap' | 'json' = 'soap', timeoutMs = 5_000) =>
  createRegistry(
    simulator.settings(kind, { transport: { certificate: null, key: null, authority: null, proxy: null, timeoutMs } }),
  );
const questions = async () => (await simulator.state()).questions;
/** What a person's number answers to is up to the test. */
const answering = (answer: RegistryAnswer | (() => RegistryAnswer)): Registry & { asked: string[] } => {
  const asked: string[] = [];
  return {
    asked,
    async lookUp({ idNumber }) {
      asked.push(idNumber ?? '');
      return typeof answer === 'function' ? answer() : answer;
    },
  };
};

describe('who passed', () => {
  it.each(['soap', 'json'] as const)(
    'is looked up once, by %s, and the answer serves all their passages',
    async (kind) => {
      const before = await questions();
      const id = await desk.waiting();
      await desk.pass(id, { direction: 'OUT' });
      await desk.outbox.drain();
      const worker = desk.worker(asking(kind));
      await worker.drain();
      expect(await desk.verification(id)).toMatchObject({
        status: 'MATCHED',
        attempts: 1,
        due_at: null,
        mismatches: [],
      });
      await desk.pass(id, { checkpointId: server.checkpoints.cauGhep });
      await desk.outbox.drain();
      await worker.drain();
      expect((await questions()) - before).toBe(1);
      // Later than the answer serves, the next passage asks anew, and until then the verdict stands.
      await server.sql('update registry_verification set fresh_until = $1', [new Date()]);
      await desk.pass(id, { direction: 'OUT' });
      await desk.outbox.drain();
      expect(await desk.verification(id)).toMatchObject({ status: 'MATCHED', attempts: 0 });
      expect((await desk.verification(id))?.due_at).not.toBeNull();
    },
  );

  it.each([
    [{ fullName: 'Trần Văn Khác' }, 'MISMATCHED', ['fullName']],
    [{ dateOfBirth: '1901-02-03' }, 'MISMATCHED', ['dateOfBirth']],
    [{ fullName: 'Trần Văn Khác', dateOfBirth: '1901-02-03' }, 'NOT_FOUND', []],
  ])('and declared %j is %s in %j, and no value is stored', async (changes, status, mismatches) => {
    const id = await desk.waiting(changes);
    await desk.worker(asking()).drain();
    expect(await desk.verification(id)).toMatchObject({ status, mismatches, due_at: null });
    const [row] = await server.sql<{ text: string }>('select v::text as text from registry_verification v');
    expect(row?.text).not.toMatch(/Trần|1901|(?<![\w-])\d{12}\b/);
  });

  it('with no number cannot be asked about, and is no task', async () => {
    const id = await desk.waiting();
    await server.sql('update citizen set identifiers_sealed = null; update declaration set identifiers_sealed = null');
    const registry = answering({ kind: 'NOT_FOUND' });
    await desk.worker(registry).drain();
    expect(registry.asked).toEqual([]);
    expect(await desk.verification(id)).toMatchObject({
      status: 'UNAVAILABLE',
      failure: null,
      due_at: null,
      dead_since: null,
    });
  });

  it('and was flagged at the scan is asked about before those who wait longer', async () => {
    const [first, flagged] = [await desk.waiting(), await desk.aPerson()];
    for (let time = 0; time < 2; time += 1) await desk.pass(flagged);
    await desk.outbox.drain();
    const registry = answering({ kind: 'NOT_FOUND' });
    await desk.worker(registry, { concurrency: 1 }).drain();
    const [a, b] = [await desk.verification(flagged), await desk.verification(first)];
    expect(registry.asked).toHaveLength(2);
    expect(a?.checked_at?.getTime()).toBeLessThanOrEqual(b?.checked_at?.getTime() ?? 0);
    const numbers = await server.sql<{ id: string }>('select id from declaration where id = any($1) order by id = $2', [
      [first, flagged],
      first,
    ]);
    expect(numbers[0]?.id).toBe(flagged);
  });

  it('and was erased meanwhile is forgotten', async () => {
    const id = await desk.waiting();
    await server.sql('delete from citizen where id = (select citizen_id from declaration where id = $1)', [id]);
    await desk.worker(answering({ kind: 'NOT_FOUND' })).drain();
    expect(await server.sql('select 1 from registry_verification')).toEqual([]);
  });
});

describe('a fault', () => {
  it.each([
    ['SERVER_ERROR', 'FAULT'],
    ['SOAP_FAULT', 'FAULT'],
    ['BROKEN_OFF', 'FAULT'],
    ['TRUNCATED', 'FAULT'],
    ['GARBAGE', 'FAULT'],
    ['XML_BOMB', 'FAULT'],
    ['OVERSIZED', 'FAULT'],
    ['WRONG_NAMESPACE', 'FAULT'],
    ['HANG', 'TIMEOUT'],
    ['CODE_004', 'NOT_AUTHORISED'],
    ['CODE_005', 'NOT_AUTHORISED'],
    ['TOKEN_REFUSED', 'NOT_AUTHORISED'],
  ] as const)(
    '%s leaves the person UNAVAILABLE by %s, due again, and then they are verified',
    async (fault, failure) => {
      const id = await desk.waiting();
      const worker = desk.worker(asking('soap', fault === 'HANG' ? 200 : 5_000));
      await simulator.setFault({ fault });
      await worker.drain();
      const counted = failure === 'NOT_AUTHORISED' ? 0 : 1;
      expect(await desk.verification(id)).toMatchObject({
        status: 'UNAVAILABLE',
        failure,
        attempts: counted,
        claim: null,
      });
      await simulator.clear();
      later(61 * minute);
      await worker.drain();
      expect(await desk.verification(id)).toMatchObject({ status: 'MATCHED', failure: null, due_at: null });
    },
  );

  it('latency and an ended token are none', async () => {
    const id = await desk.waiting();
    await simulator.expireTokens();
    await simulator.setFault({ latencyMs: 300 });
    await desk.worker(asking()).drain();
    expect(await desk.verification(id)).toMatchObject({ status: 'MATCHED' });
  });

  it('that refuses us stops all questions for five minutes, uses up nobody’s tries, and one question goes first then', async () => {
    for (let person = 0; person < 8; person += 1) await desk.waiting();
    const worker = desk.worker(asking(), { concurrency: 1 });
    await simulator.setFault({ fault: 'CODE_005' });
    const before = await questions();
    for (let time = 0; time < 10; time += 1) {
      await worker.drain();
      later(minute);
    }
    // At 0 and 5 minutes.
    expect((await questions()) - before).toBe(2);
    expect(
      await server.sql('select 1 from registry_verification where attempts > 0 or dead_since is not null'),
    ).toEqual([]);
    await simulator.clear();
    later(5 * minute);
    await worker.drain();
    expect(await server.sql(`select 1 from registry_verification where status <> 'MATCHED'`)).toEqual([]);
  });

  it('of one person alone stops nobody, and after so many tries it is a dead letter that someone can enqueue again', async () => {
    const [poison, other] = [await desk.waiting(), await desk.waiting()];
    const broken: RegistryAnswer = { kind: 'FAILED', why: 'FAULT', retryable: true, detail: '' };
    let mended = false;
    const worker = desk.worker(
      answering(() => (mended ? { kind: 'NOT_FOUND' } : broken)),
      { mostAttempts: 3 },
    );
    await server.sql(
      `update registry_verification set due_at = null, status = 'MATCHED' where citizen_id = (select citizen_id from declaration where id = $1)`,
      [other],
    );
    for (let time = 0; time < 5; time += 1) {
      await worker.drain();
      later(2 * 60 * minute);
    }
    expect(await desk.verification(poison)).toMatchObject({
      status: 'UNAVAILABLE',
      failure: 'FAULT',
      attempts: 3,
      due_at: null,
    });
    expect((await desk.verification(poison))?.dead_since).not.toBeNull();
    // One passage more does not start it over.
    await desk.pass(poison);
    await desk.outbox.drain();
    expect((await desk.verification(poison))?.due_at).toBeNull();
    mended = true;
    await again(poison);
    await worker.drain();
    expect(await desk.verification(poison)).toMatchObject({ status: 'NOT_FOUND', dead_since: null, attempts: 1 });
  });
});

/** As the API asks for a new look-up. */
async function again(declarationId: string): Promise<void> {
  const id = await citizenOf(declarationId);
  await inTransaction(desk.database, wholeProvinces(['38']), (tx) =>
    checkAgain(tx, { province: '38', id }, new Date()),
  );
}
async function citizenOf(declarationId: string): Promise<string> {
  const [row] = await server.sql<{ id: string }>('select citizen_id as id from declaration where id = $1', [
    declarationId,
  ]);
  return row?.id ?? '';
}
async function settle(declarationId: string, kind: 'ACCEPTED' | 'CORRECTED'): Promise<void> {
  const id = await citizenOf(declarationId);
  const resolution = { kind, reason: 'x', at: new Date(), by: newUuid7() };
  await inTransaction(desk.database, wholeProvinces(['38']), (tx) => storeResolution(tx, '38', [id], resolution));
}

describe('a mismatch that was settled', () => {
  const other = { fullName: 'Trần Văn Khác' };

  it('stays so when the same is answered again, and is a task again when something else is', async () => {
    const id = await desk.waiting(other);
    const worker = desk.worker(asking());
    await worker.drain();
    await settle(id, 'ACCEPTED');
    await server.sql('update registry_verification set due_at = $1', [new Date()]);
    await worker.drain();
    expect(await desk.verification(id)).toMatchObject({ status: 'MISMATCHED', resolution_kind: 'ACCEPTED' });
    await server.sql('update registry_verification set due_at = $1', [new Date()]);
    await desk.worker(answering({ kind: 'NOT_FOUND' })).drain();
    expect(await desk.verification(id)).toMatchObject({ status: 'NOT_FOUND', resolution_kind: null });
  });

  it('by a correction is asked anew of what is now known, and is a task again when that differs too', async () => {
    const id = await desk.waiting(other);
    const worker = desk.worker(asking());
    await worker.drain();
    await settle(id, 'CORRECTED');
    await again(id);
    await worker.drain();
    expect(await desk.verification(id)).toMatchObject({ status: 'MISMATCHED', resolution_kind: null });
    await settle(id, 'CORRECTED');
    await server.sql(
      `update citizen c set full_name = d.full_name from declaration d where d.id = $1 and c.id = d.citizen_id`,
      [id],
    );
    await again(id);
    await desk
      .worker(
        answering({
          kind: 'FOUND',
          record: {
            idNumber: null,
            formerIdNumber: null,
            fullName: 'TRAN VAN KHAC',
            sex: null,
            dateOfBirth: null,
            permanent: null,
          },
        }),
      )
      .drain();
    expect(await desk.verification(id)).toMatchObject({ status: 'MATCHED', resolution_kind: 'CORRECTED' });
  });

  it('while it is being asked about anew, an answer to the question as it was comes too late', async () => {
    const id = await desk.waiting();
    let meanwhile = true;
    const registry: Registry = {
      async lookUp() {
        if (meanwhile) await again(id);
        meanwhile = false;
        return { kind: 'NOT_FOUND' };
      },
    };
    const worker = desk.worker(registry, { concurrency: 1 });
    await worker.drain();
    expect(await desk.verification(id)).toMatchObject({ status: 'PENDING', attempts: 0, claim: null });
    await worker.drain();
    expect(await desk.verification(id)).toMatchObject({ status: 'NOT_FOUND', attempts: 1 });
  });
});

it('an hour of outage: passages go on, few questions are tried, nobody is given up, and then all are verified once', async () => {
  const worker = desk.worker(asking('soap', 200));
  await simulator.setFault({ fault: 'SERVER_ERROR' });
  const before = await questions();
  const ids: string[] = [];
  for (let passed = 0; passed < 60; passed += 1) {
    if (passed % 2 === 0) ids.push(await desk.waiting());
    await worker.drain();
    later(minute);
  }
  const tried = (await questions()) - before;
  expect(tried).toBeGreaterThan(20);
  // One a minute, and what it took to find out.
  expect(tried).toBeLessThan(60 + 4 + 5);
  expect(await server.sql('select 1 from registry_verification where dead_since is not null')).toEqual([]);
  expect(
    await server.sql(`select 1 from registry_verification where status in ('PENDING', 'UNAVAILABLE')`),
  ).toHaveLength(ids.length);
  await simulator.clear();
  const atEnd = await questions();
  later(60 * minute);
  await worker.drain();
  for (const id of ids) expect(await desk.verification(id)).toMatchObject({ status: 'MATCHED' });
  expect((await questions()) - atEnd).toBe(ids.length);
}, 120_000);

describe('a worker that ends', () => {
  it('killed between question and answer leaves the check to the next, once its lease has ended and not before', async () => {
    const id = await desk.waiting();
    const doomed = await asWorker(server.ownerUrl, 4);
    const registry = answering({ kind: 'NOT_FOUND' });
    const killed: Registry = {
      async lookUp(...of) {
        const answer = await registry.lookUp(...of);
        await doomed.close();
        return answer;
      },
    };
    await desk
      .worker(killed, { concurrency: 1 }, doomed)
      .drain()
      .catch(() => undefined);
    expect(await desk.verification(id)).toMatchObject({ status: 'PENDING', attempts: 0 });
    const next = desk.worker(registry);
    await next.drain();
    expect(registry.asked).toHaveLength(1);
    later(2 * minute);
    await next.drain();
    expect(await desk.verification(id)).toMatchObject({ status: 'NOT_FOUND', attempts: 1 });
    expect(registry.asked).toHaveLength(2);
  });

  it('asked to stop gives back what it took at once', async () => {
    const ids = [await desk.waiting(), await desk.waiting(), await desk.waiting()];
    await simulator.setFault({ fault: 'HANG' });
    const worker = desk.worker(asking('soap', 20_000), { concurrency: 1, timeoutMs: 20_000 });
    worker.start();
    await expect
      .poll(async () => (await server.sql('select 1 from registry_verification where claim is not null')).length)
      .toBe(3);
    await worker.stop();
    for (const id of ids) {
      const left = await desk.verification(id);
      expect(left).toMatchObject({ status: 'PENDING', attempts: 0, claim: null });
      expect(left?.due_at?.getTime()).toBeLessThanOrEqual(Date.now());
    }
  });
});

it('several workers at once ask about each person once', async () => {
  const ids: string[] = [];
  for (let person = 0; person < 30; person += 1) ids.push(await desk.aPerson());
  await Promise.all(ids.map((id) => desk.pass(id)));
  await desk.outbox.drain();
  const before = await questions();
  await Promise.all(Array.from({ length: 3 }, () => desk.worker(asking()).drain()));
  expect((await questions()) - before).toBe(30);
  for (const id of ids) expect(await desk.verification(id)).toMatchObject({ status: 'MATCHED', attempts: 1 });
});

/** Time goes by for what waits, and for nobody's session. */
const pastBy = (minutes: number) =>
  server.sql('update registry_verification set due_at = due_at - make_interval(mins => $1)', [minutes]);

it('whatever the order, doubles, crashes and outages: nobody is forgotten, and nobody is asked about again without need', async () => {
  const step = fc.oneof(
    fc.record({ kind: fc.constant('pass' as const), person: fc.nat(4) }),
    fc.record({ kind: fc.constantFrom('outbox' as const, 'work' as const, 'crash' as const, 'fail' as const) }),
    fc.record({ kind: fc.constant('later' as const), minutes: fc.integer({ min: 1, max: 90 }) }),
  );
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 25 }), async (steps) => {
      await server.sql('delete from registry_verification; delete from outbox');
      const people: string[] = [];
      for (let person = 0; person < 5; person += 1) people.push(await desk.aPerson());
      const passed = new Set<string>();
      let [answered, lost] = [0, 0];
      const good: Registry = { lookUp: async () => ((answered += 1), { kind: 'NOT_FOUND' }) };
      const bad = answering({ kind: 'FAILED', why: 'TIMEOUT', retryable: true, detail: '' });
      const worker = desk.worker(good);
      for (const one of steps) {
        if (one.kind === 'pass') {
          const id = people[one.person] ?? '';
          await desk.pass(id);
          passed.add(id);
        } else if (one.kind === 'outbox') await desk.outbox.drain();
        else if (one.kind === 'work') await worker.drain();
        else if (one.kind === 'fail') await desk.worker(bad).drain();
        else if (one.kind === 'later') await pastBy(one.minutes);
        else {
          // Killed after the answer and before it was stored.
          const doomed = await asWorker(server.ownerUrl, 2);
          const dying: Registry = { lookUp: async () => (await doomed.close(), (lost += 1), { kind: 'NOT_FOUND' }) };
          await desk
            .worker(dying, { concurrency: 1 }, doomed)
            .drain()
            .catch(() => undefined);
          await doomed.close();
        }
      }
      await desk.outbox.drain();
      for (let time = 0; time < 3; time += 1) {
        await pastBy(61);
        await worker.drain();
      }
      const rows = await server.sql<{ status: string }>('select status, due_at from registry_verification');
      expect(rows).toHaveLength(passed.size);
      expect(rows.every(({ status }) => status === 'NOT_FOUND')).toBe(true);
      expect(answered).toBe(passed.size);
      expect(lost).toBeGreaterThanOrEqual(0);
    }),
    { numRuns: 8 },
  );
}, 180_000);
