import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { auditValues } from '#api/platform/audit/audit.ts';
import { auditDesk } from '#test/audit-desk.ts';
import { dayMs, PastDesk } from '#test/past-desk.ts';
import { startServer, type TestServer } from '#test/server.ts';

let server: TestServer;
let past: PastDesk;
let desk: Awaited<ReturnType<typeof auditDesk>>;
beforeAll(async () => {
  server = await startServer();
  past = await PastDesk.open(server);
  desk = await auditDesk(server.ownerUrl);
  await past.makeWeeks(66, ['audit_entry']);
  // A block of old entries, one that reaches from old to younger ones, one of young ones.
  for (const ages of [
    [450, 450, 450],
    [450, 300],
    [1, 1, 1],
  ]) {
    for (const age of ages) await enter(age);
    await desk.seal();
  }
});
afterAll(async () => {
  await past.database.close();
  await desk.stop();
  await server.stop();
});

/** An entry as it was made so many days ago. */
async function enter(daysAgo: number, detail: Record<string, unknown> = {}): Promise<void> {
  const now = vi.spyOn(Date, 'now').mockReturnValueOnce(Date.now() - daysAgo * dayMs);
  const entry = { provinceCode: '38', actorId: null, role: 'WORKER', unitId: null, action: 'retention.drop', detail };
  const { values } = auditValues(entry);
  now.mockRestore();
  await server.sql(
    `insert into audit_entry (province_code, id, at, actor_id, role, unit_id, action, subject_kind, subject_ids, checkpoint_id,
       reason, detail, leaf_hash) values ('38', $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)`,
    [...values],
  );
}

const entriesIn = async (block: number) =>
  (await server.sql('select 1 from audit_entry where block = $1', [block])).length;

it('entries past their time are dropped, their blocks stay, and the trail is whole by the evidence', async () => {
  expect(await desk.findings()).toEqual([]);
  await past.applyRetention({ auditEntries: 400 });
  expect(await Promise.all([1, 2, 3].map(entriesIn))).toEqual([0, 1, 3]);
  expect(await desk.findings()).toEqual([]);
  await desk.seal();
  expect(await desk.findings()).toEqual([]);
  expect((await past.evidence('audit_entry')).map(({ detail }) => detail.rows)).toEqual([4]);
});

it('what is removed that is younger is found, and no false evidence covers it', async () => {
  const to = new Date().toISOString();
  await enter(0, { table: 'audit_entry', from: null, to, rows: 3, digest: '' });
  await server.sql(
    'delete from audit_entry where block = 3 and id = (select min(id::text)::uuid from audit_entry where block = 3)',
  );
  expect(await desk.findings()).toEqual(['38 3 ENTRIES_REMOVED']);
});
