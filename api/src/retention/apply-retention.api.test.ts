import fc from 'fast-check';
import pg from 'pg';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { idsDigest } from '#api/platform/database/purging.ts';
import { withRole } from '#api/platform/database/database.ts';
import { createLogger } from '#api/platform/observability/logger.ts';
import { startWorker } from '#api/platform/jobs/worker.ts';
import { newUuid7 } from '#api/platform/shared/uuid7.ts';
import { declared } from '#test/builders.ts';
import { createApp } from '#test/partner-desk.ts';
import { dayMs, PastDesk, type PastPerson } from '#test/past-desk.ts';
import { startServer, type TestServer } from '#test/server.ts';
import { testRolePasswords } from '#test/test-config.ts';
import { applyRetention } from './apply-retention.ts';
import { defaultDays } from './retention-days.ts';

let server: TestServer;
let past: PastDesk;
beforeEach(async () => {
  server = await startServer();
  past = await PastDesk.open(server);
});
afterEach(async () => {
  await past.database.close();
  await server.stop();
});

const count = async (table: string) =>
  (await server.sql<{ n: number }>(['select count(*)::int as n from', table].join(' ')))[0]?.n;
const whole = ['citizen', 'document', 'name key', 'verdict', 'declaration', 'handle', 'passage'];

/** The Monday, in UTC, of the week that was so many days ago. */
const monday = (daysAgo: number) => {
  const day = new Date(Math.floor((Date.now() - daysAgo * dayMs) / dayMs) * dayMs);
  return new Date(day.getTime() - ((day.getUTCDay() + 6) % 7) * dayMs).toISOString().slice(0, 10);
};

describe('what is past its time', () => {
  it('is dropped by whole weeks, with who nobody names any more; what is not stays', async () => {
    const [old, young] = [await past.aPerson(40), await past.aPerson(10)];
    await past.applyRetention();
    expect(await past.traces(old)).toEqual(['citizen', 'name key', 'verdict']);
    await past.applyRetention();
    expect(await past.traces(old)).toEqual([]);
    expect(await past.traces(young)).toEqual(whole);
  });

  it('leaves evidence for each province: table, week, count and the digest of the ids, once', async () => {
    const people = [await past.aPerson(40), await past.aPerson(40), await past.aPerson(40, '01')];
    await past.applyRetention();
    await past.applyRetention();
    const here = people.filter(({ province }) => province === '38');
    const evidence = (await past.evidence('passage')).map(({ province_code, detail }) => ({
      province_code,
      ...detail,
    }));
    expect(evidence).toEqual([
      expect.objectContaining({ province_code: '01', rows: 1, digest: idsDigest([people[2]?.passageId ?? '']) }),
      expect.objectContaining({
        province_code: '38',
        rows: 2,
        digest: idsDigest(here.map(({ passageId }) => passageId)),
        from: `${monday(40)}T00:00:00.000Z`,
      }),
    ]);
    expect(await past.evidence('declaration')).toHaveLength(2);
    expect((await past.evidence('citizen')).map(({ detail }) => detail.digest)).toContain(
      idsDigest(here.map(({ citizenId }) => citizenId)),
    );
  });

  it('what a scan opened, sessions and tries go too', async () => {
    const { id, input } = await declared(server);
    await server.sql(
      `insert into opened_declaration select '38', id, $2, '38', occurred_at, now() - interval '3 days', citizen_id, channel, valid_until,
         null, purpose, origin_unit_id, destination_unit_id, vehicle, plate, advice, false from declaration where id = $1`,
      [id, server.checkpoints.docXay],
    );
    for (let time = 0; time < 2; time += 1) await server.signIn('officer.38');
    await server.sql(
      `update account_session set expires_at = now() - interval '8 days'; update sign_in_attempt set last_tried_at = now() - interval '31 days'`,
    );
    await server.signIn('admin.38');
    expect(await count('account_session')).toBe(3);
    await past.applyRetention();
    expect(await count('opened_declaration')).toBe(0);
    // The last one of each account tells when somebody last signed in.
    expect(await count('account_session')).toBe(2);
    // Of the one who signed in since: by address and by browser.
    expect(await count('sign_in_attempt')).toBe(2);
    expect(await past.evidence('account_session')).toHaveLength(1);
    expect(input.id).toBe(id);
  });

  it('goes although the run was broken off: each week with its evidence or not at all', async () => {
    const old = await past.aPerson(40);
    await server.sql('revoke insert on audit_entry from cordon_worker');
    await expect(past.applyRetention()).rejects.toThrow();
    expect(await past.traces(old)).toEqual(whole);
    await server.sql('grant insert on audit_entry to cordon_worker');
    await past.applyRetention();
    expect(await past.traces(old)).toEqual(['citizen', 'name key', 'verdict']);
    expect(await past.evidence('passage')).toHaveLength(1);
  });

  it('spares a person whom a form names that was being stored when their number was forgotten', async () => {
    const old = await past.aPerson(40);
    await past.applyRetention();
    const late = { ...(await past.aPerson(1)), citizenId: old.citizenId };
    await server.sql('update declaration set citizen_id = $2 where id = $1', [late.declarationId, old.citizenId]);
    await past.applyRetention();
    expect(await past.traces(old)).toEqual(['citizen', 'name key', 'verdict']);
  });

  it('whoever is merged stays while one of them is named, and goes once none is', async () => {
    const people = [
      await past.aPerson(40),
      await past.aPerson(40),
      await past.aPerson(40),
      await past.aPerson(40),
    ] as const;
    const [kept, merged, goneKept, goneMerged] = people;
    for (const [one, other] of [
      [merged, kept],
      [goneMerged, goneKept],
    ] as const)
      await server.sql(
        `insert into citizen_alias (province_code, alias_id, citizen_id, kept_id, merged_at, merged_by, reason)
         values ('38', $1, $2, $2, now(), $2, 'cùng một người')`,
        [one.citizenId, other.citizenId],
      );
    // Only the one who is merged came back.
    const late = await past.aPerson(1);
    await server.sql('update declaration set citizen_id = $2 where id = $1', [late.declarationId, merged.citizenId]);
    await past.applyRetention();
    await past.applyRetention();
    const stays = ['citizen', 'document', 'name key', 'verdict'];
    expect(await Promise.all(people.map((person) => past.traces(person)))).toEqual([stays, stays, [], []]);
    expect(await server.sql('select alias_id from citizen_alias')).toEqual([{ alias_id: merged.citizenId }]);
  });

  it('goes every night by the worker', async () => {
    const old = await past.aPerson(40);
    const url = withRole(server.ownerUrl, 'cordon_worker', testRolePasswords.worker);
    const run = () => applyRetention(past.database, defaultDays, new Date());
    const jobs = [{ name: 'apply_retention', when: '30 18 * * * ?fill=1d', run }];
    const worker = await startWorker(url, server.ownerUrl, jobs, createLogger('silent'));
    const client = new pg.Client({ connectionString: url });
    await client.connect();
    await client.query(`select graphile_worker.add_job('apply_retention')`);
    await expect.poll(() => past.traces(old), { timeout: 20_000 }).toEqual(['citizen', 'name key', 'verdict']);
    await client.end();
    await worker.stop();
  });
});

describe('what is held', () => {
  it('is copied before its week is dropped, and stays whole; when the hold ends it goes, with evidence', async () => {
    const [held, free] = [await past.aPerson(40), await past.aPerson(40)];
    const hold = await past.hold(held);
    await past.applyRetention();
    await past.applyRetention();
    expect(await past.traces(held)).toEqual([
      'citizen',
      'document',
      'name key',
      'verdict',
      'declaration held',
      'passage held',
    ]);
    expect(await past.traces(free)).toEqual([]);
    await past.endHold(held, hold);
    await past.applyRetention();
    await past.applyRetention();
    expect(await past.traces(held)).toEqual([]);
    expect((await past.evidence('passage_held')).map(({ detail }) => detail.digest)).toEqual([
      idsDigest([held.passageId]),
    ]);
  });

  it('stays while one of two holds stands', async () => {
    const held = await past.aPerson(40);
    const first = await past.hold(held);
    await past.hold(held);
    await past.endHold(held, first);
    await past.applyRetention();
    expect(await past.traces(held)).toContain('passage held');
  });
});

describe('the database itself', () => {
  const asWorker = (text: string, values: unknown[] = []) => past.database.pool.query(text, values);

  it('drops no week that could still be written to, no other table, and none with rows that are held and not copied', async () => {
    const drop = (table: string, week: string) => asWorker('select * from drop_past_week($1, $2)', [table, week]);
    await expect(drop('passage', monday(15))).rejects.toMatchObject({ code: '55000' });
    await expect(drop('audit_entry', monday(300))).rejects.toMatchObject({ code: '55000' });
    await expect(drop('citizen', monday(40))).rejects.toThrow();
    await expect(drop('passage', '2026-01-01')).rejects.toThrow();
    await past.hold(await past.aPerson(40));
    await expect(drop('passage', monday(40))).rejects.toMatchObject({ code: '55000' });
    await expect(drop('declaration', monday(40))).rejects.toMatchObject({ code: '55000' });
    expect(await count('passage')).toBe(1);
  });

  it("lets neither role drop a table, delete a passage, or end another province's hold", async () => {
    const held = await past.aPerson(40);
    const hold = await past.hold(held);
    await expect(asWorker('drop table passage')).rejects.toMatchObject({ code: '42501' });
    await expect(asWorker('delete from passage')).rejects.toMatchObject({ code: '42501' });
    await expect(asWorker('delete from declaration')).rejects.toMatchObject({ code: '42501' });
    await past.endHold({ ...held, province: '01' }, hold);
    expect(await server.sql('select from citizen_hold where ended_at is null')).toHaveLength(1);
  });
});

describe('whatever there is', () => {
  const person = fc.record({
    daysAgo: fc.integer({ min: 1, max: 100 }),
    province: fc.constantFrom('38', '01'),
    hold: fc.constantFrom('none', 'standing', 'ended'),
  });

  it('held rows are never lost, past ones go, young ones stay, and evidence counts what went', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(person, { minLength: 1, maxLength: 12 }), async (people) => {
        await past.makeWeeks();
        const made: Array<PastPerson & { daysAgo: number; hold: string }> = [];
        for (const { daysAgo, province, hold } of people) {
          const one = await past.aPerson(daysAgo, province);
          if (hold !== 'none') {
            const id = await past.hold(one);
            if (hold === 'ended') await past.endHold(one, id);
          }
          made.push({ ...one, daysAgo, hold });
        }
        const before = await evidenced();
        await past.applyRetention();
        await past.applyRetention();
        let dropped = 0;
        for (const one of made) {
          const weekEnd = new Date(`${monday(one.daysAgo)}T00:00:00Z`).getTime() + 7 * dayMs;
          const isPast = weekEnd + 21 * dayMs <= Date.now();
          const traces = await past.traces(one);
          dropped += isPast ? 1 : 0;
          if (!isPast) expect(traces).toEqual(whole);
          else if (one.hold === 'standing')
            expect(traces).toEqual(['citizen', 'document', 'name key', 'verdict', 'declaration held', 'passage held']);
          else expect(traces).toEqual([]);
        }
        expect((await evidenced()) - before).toBe(dropped);
      }),
      { numRuns: 4 },
    );
  }, 180_000);

  const evidenced = async () => (await past.evidence('passage')).reduce((sum, { detail }) => sum + detail.rows, 0);
});

it("a form's number that was keyed in for another province goes with its week", async () => {
  const [old, young] = [40, 10].map((days) => newUuid7(Date.now() - days * dayMs));
  await server.sql(
    `insert into declaration_handle (province_code, kind, handle, declaration_id, occurred_at, declaration_province)
     values ('38', 'PAPER_FORM', 'old', $1, uuid_time($1), '01'), ('38', 'PAPER_FORM', 'young', $2, uuid_time($2), '01')`,
    [old, young],
  );
  await past.applyRetention();
  expect(await server.sql('select declaration_id as id from declaration_handle')).toEqual([{ id: young }]);
});

it('rows of an outbox that nobody read, and who looked, have their time too', async () => {
  const old = newUuid7(Date.now() - 60 * dayMs);
  await server.sql(`insert into outbox values ('38', $1, uuid_time($1), 'x', '{}')`, [old]);
  await server.sql(
    `insert into audit_access values ('38', $1, uuid_time($1), $1, 'OFFICER', '38@2021', 'scan', null)`,
    [old],
  );
  await past.applyRetention();
  expect(await count('outbox')).toBe(0);
  expect(await count('audit_access')).toBe(0);
  expect((await past.evidence('audit_access')).map(({ detail }) => detail.digest)).toEqual([idsDigest([old])]);
});

it('what partner apps asked for has its time too, and what is of today stays', async () => {
  const app = await createApp(server);
  const use = (daysAgo: number) =>
    server.sql(
      `insert into partner_use (app_id, province_code, day, requests, errors, cost, minute, minute_requests, minute_cost, last_at)
       values ($1, '38', current_date - $2::integer, 1, 1, 1, now(), 1, 1, now())`,
      [app.id, daysAgo],
    );
  const fail = (daysAgo: number) =>
    server.sql(
      `insert into partner_error (app_id, id, province_code, at, code, field) values ($1, $2, '38', uuid_time($2), 'X', 'y')`,
      [app.id, newUuid7(Date.now() - daysAgo * dayMs)],
    );
  for (const daysAgo of [0, 399, 402]) {
    await use(daysAgo);
    await fail(daysAgo);
  }
  await past.applyRetention();
  const left = await server.sql(`select current_date - day as ago from partner_use order by day desc`);
  expect(left).toEqual([{ ago: 0 }, { ago: 399 }]);
  expect(await count('partner_error')).toBe(2);
  expect((await past.evidence('partner_use')).map(({ detail }) => detail.rows)).toEqual([1]);
});
