import { afterAll, beforeAll, expect, it } from 'vitest';
import { aMismatch, answered, passed, resolveDocument } from '#test/mismatch-desk.ts';
import { aPassage, record } from '#test/builders.ts';
import { asWorker } from '#test/outbox-desk.ts';
import { startServer, type TestServer } from '#test/server.ts';
import type { Database } from '../platform/database/database.ts';
import { inTransaction } from '../platform/database/transaction.ts';
import { newUuid7, uuid7Time } from '../platform/shared/uuid7.ts';
import { vietnamDate } from '../platform/shared/vietnam-date.ts';
import type { Scope } from '../policy/policy.ts';
import { mismatchesByDay } from './mismatches-by-day.service.ts';

let server: TestServer;
let database: Database;
beforeAll(async () => {
  server = await startServer();
  database = await asWorker(server.ownerUrl);
});
afterAll(async () => {
  await database.close();
  await server.stop();
});

const hour = 3_600_000;
const province: Scope = { provinces: ['38'], unitIds: null, checkpointIds: null };
const counted = (scope: Scope = province) =>
  inTransaction(database, { provinces: [...scope.provinces], unitIds: null, accountId: null }, (tx) =>
    mismatchesByDay(tx, scope, new Date(Date.now() - 72 * hour), new Date(Date.now() + hour)),
  );
/** People and, of them, who wait, by the checkpoint's name; all days together. */
async function byCheckpoint(scope?: Scope): Promise<Record<string, [number, number]>> {
  const names = new Map(Object.entries(server.checkpoints).map(([name, id]) => [id, name]));
  const sums: Record<string, [number, number]> = {};
  for (const { checkpointId, people, waiting } of await counted(scope)) {
    const [before, waited] = sums[names.get(checkpointId) ?? ''] ?? [0, 0];
    sums[names.get(checkpointId) ?? ''] = [before + people, waited + waiting];
  }
  return sums;
}

it('people whom the population database knows otherwise are counted by day and checkpoint, as corrected, merged and settled', async () => {
  const { docXay, cauGhep } = server.checkpoints;
  const [one, unknown] = [await aMismatch(server), await aMismatch(server, {}, 'NOT_FOUND')];
  const right = await passed(server);
  await answered(server, right, 'MATCHED');
  expect(await byCheckpoint()).toEqual({ docXay: [2, 2] });

  // The same person twice a day at one checkpoint counts once, and at another one there too.
  const again = aPassage(docXay, { declarationId: one.id, direction: 'OUT' });
  const other = aPassage(cauGhep, { declarationId: one.id });
  await record(server, [again, other]);
  expect(await byCheckpoint()).toEqual({ docXay: [2, 2], cauGhep: [1, 1] });

  // A passage that did not happen is none.
  const at = uuid7Time(other.id) ?? undefined;
  await record(server, [aPassage(cauGhep, { id: newUuid7(at), corrects: other.id, decision: 'VOID' })]);
  expect(await byCheckpoint()).toEqual({ docXay: [2, 2] });

  // Two who are merged are one person, by the verdict on either.
  const double = await passed(server, {}, cauGhep);
  const merge =
    'mutation ($keep: ID!, $merge: ID!, $reason: String!) { mergeCitizens(keep: $keep, merge: $merge, reason: $reason) { id } }';
  const reason = 'cùng một người, đã đối chiếu';
  await server.graphql(merge, { keep: double.citizenId, merge: one.citizenId, reason }, { as: 'admin.38' });
  expect(await byCheckpoint()).toEqual({ docXay: [2, 2], cauGhep: [1, 1] });

  await server.graphql(
    resolveDocument,
    { citizenId: unknown.citizenId, kind: 'ACCEPTED', reason },
    { as: 'officer.38' },
  );
  expect(await byCheckpoint()).toEqual({ docXay: [2, 1], cauGhep: [1, 1] });
  await answered(server, unknown, 'MATCHED');
  expect(await byCheckpoint()).toEqual({ docXay: [1, 1], cauGhep: [1, 1] });

  // Within a scope, and of no other province.
  const [{ unit_id: unit } = { unit_id: '' }] = await server.sql<{ unit_id: string }>(
    'select unit_id from checkpoint where id = $1',
    [docXay],
  );
  expect(await byCheckpoint({ ...province, checkpointIds: [cauGhep] })).toEqual({ cauGhep: [1, 1] });
  expect(Object.keys(await byCheckpoint({ ...province, unitIds: [unit] }))).toContain('docXay');
  expect(await byCheckpoint({ ...province, unitIds: ['00001@2021'] })).toEqual({});
  expect(await byCheckpoint({ ...province, provinces: ['01'] })).toEqual({});
});

it('a day is one of Viet Nam', async () => {
  const midnight = new Date(`${vietnamDate(new Date(Date.now() - 24 * hour))}T00:00:00+07:00`).getTime();
  const person = await aMismatch(server);
  const passages = [midnight - 1_000, midnight].map((time) =>
    aPassage(server.checkpoints.cauGhep, { id: newUuid7(time), declarationId: person.id, direction: 'OUT' }),
  );
  await record(server, passages);
  const days = (await counted({ ...province, checkpointIds: [server.checkpoints.cauGhep] })).map(({ day }) => day);
  expect(days).toEqual(expect.arrayContaining([midnight - 1_000, midnight].map((time) => vietnamDate(new Date(time)))));
});
