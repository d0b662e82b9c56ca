import pg from 'pg';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { inTransaction, wholeProvinces, type Transaction } from '#api/platform/database/transaction.ts';
import { readSpreadsheet } from '#api/platform/spreadsheet/read-spreadsheet.ts';
import { newUuid7, uuid7Time } from '#api/platform/shared/uuid7.ts';
import { vietnamDate } from '#api/platform/shared/vietnam-date.ts';
import { aPassage, declared, record } from '#test/builders.ts';
import { ExportDesk, exportReason, manyPassages, type ShownExport } from '#test/export-desk.ts';
import { startServer, type TestServer } from '#test/server.ts';
import { expireExports } from './expire-exports.service.ts';
import { failExport, finishExport, letGoOfExport, takeExport } from './export-orders.queries.ts';

let server: TestServer;
let desk: ExportDesk;
beforeAll(async () => {
  server = await startServer();
  desk = await ExportDesk.open(server);
});
afterAll(async () => {
  await desk.database.close();
  await server.stop();
});
beforeEach(async () => {
  await server.sql('delete from export_part');
  await server.sql('delete from export');
  await server.sql('delete from passage');
});

const codeOf = (answer: { errors?: Array<{ extensions: Record<string, unknown> }> }) =>
  answer.errors?.[0]?.extensions['code'];

/** Somebody who declared and passed, and what of them no file may show. */
async function somebody(changes: Parameters<typeof aPassage>[1] = {}, checkpointId = server.checkpoints.docXay) {
  const { input, qrPayload } = await declared(server);
  const passage = aPassage(checkpointId, { qrPayload, ...changes });
  const [answer] = (await record(server, [passage])).data.recordPassages;
  if (answer?.__typename !== 'PassageRecorded') throw new Error(JSON.stringify(answer));
  return { input, passage };
}
async function cellsOf(file: ShownExport): Promise<string[][]> {
  const bytes = new Uint8Array(await (await desk.fetch(file.url, 'admin.38')).arrayBuffer());
  const read = await readSpreadsheet(bytes, { rows: 100, columns: 30, characters: 200 });
  if (!('rows' in read)) throw new Error(read.problem);
  return read.rows.map(({ cells }) => cells);
}

describe('a file of passages', () => {
  it('holds what the list finds, newest first, and nobody whole', async () => {
    const { input } = await somebody();
    await somebody({ direction: 'OUT', decision: 'REFUSED', reason: 'hết hạn' });
    await somebody({ direction: 'OUT', decision: 'ISOLATED' });
    const file = await desk.made({ filter: { direction: 'OUT' } });
    expect(file).toMatchObject({ status: 'READY', rows: 2, progress: 1, kind: 'PASSAGES', format: 'CSV' });
    const [head, ...lines] = await desk.lines(file);
    expect(head).toMatch(/^\uFEFFLúc,Chốt,Hướng,Người,Giấy tờ/);
    expect(lines.map((line) => /Cách ly|Từ chối/.exec(line)?.[0])).toEqual(['Cách ly', 'Từ chối']);
    const all = await desk.lines(await desk.made());
    expect(all).toHaveLength(4);
    expect(all[3]).toContain('Nguyễn T. H.');
    for (const secret of [input.person.fullName, input.person.idNumber, input.person.phone, input.journey.plate])
      expect(all.join()).not.toContain(String(secret));
    expect(all.join()).toContain(`•••${input.person.idNumber?.slice(-3)}`);
  });

  it('takes passages as corrected; all rows where they are asked for, and says which were corrected', async () => {
    const { passage } = await somebody();
    const corrects = {
      ...passage,
      id: sameTime(passage.id),
      corrects: passage.id,
      decision: 'REFUSED',
      reason: 'nhầm',
    };
    await record(server, [corrects]);
    expect(await desk.lines(await desk.made())).toHaveLength(2);
    const all = await desk.lines(await desk.made({ filter: { superseded: true }, language: 'en' }));
    expect(all).toHaveLength(3);
    expect(all.filter((line) => line.endsWith(',Yes'))).toHaveLength(1);
  });

  it('has no formulas, whatever was typed', async () => {
    await somebody({ decision: 'REFUSED', reason: '=HYPERLINK("http://evil.example","xem")' });
    expect((await desk.lines(await desk.made()))[1]).toContain(`"'=HYPERLINK(""http://evil.example""`);
    const [, row] = await cellsOf(await desk.made({ format: 'XLSX' }));
    expect(row).toContain('=HYPERLINK("http://evil.example","xem")');
  });

  it('as a workbook has the clock of Viet Nam, and the same rows', async () => {
    const { passage } = await somebody();
    const file = await desk.made({ format: 'XLSX' });
    const answer = await desk.fetch(file.url, 'admin.38');
    expect(answer.headers.get('content-type')).toMatch(/spreadsheetml/);
    expect(answer.headers.get('content-disposition')).toMatch(/^attachment; filename="luot-qua-chot_[\d-]+\.xlsx"$/);
    expect(Number(answer.headers.get('content-length'))).toBe(file.bytes);
    const [head, row] = await cellsOf(file);
    expect(head?.slice(0, 4)).toEqual(['Lúc', 'Chốt', 'Hướng', 'Người']);
    const passedAt = new Date(uuid7Time(passage.id) ?? 0);
    // The hour stands in the sheet too (write-xlsx.test.ts); the reader of uploads asks for days alone.
    expect(row?.[0]).toBe(vietnamDate(passedAt));
    expect(row?.[1]).toBe('Chốt Dốc Xây');
  });

  it('of several pages and parts is whole: each row once, in order', async () => {
    await manyPassages(server, server.checkpoints.docXay, 10_000);
    const file = await desk.made();
    const [parts] = await server.sql<{ count: number }>('select count(*)::int as count from export_part');
    expect(parts?.count).toBeGreaterThan(1);
    const lines = await desk.lines(file);
    const numbers = lines.slice(1).map((line) => Number(/,P(\d+),/.exec(line)?.[1]));
    expect(numbers).toEqual(Array.from({ length: 10_000 }, (_, at) => at + 1));
  }, 120_000);
});

describe('a file of declarations', () => {
  it('holds those of the own jurisdiction that the filter finds, masked', async () => {
    const here = await declared(server, { journey: { originCode: '01' } });
    const elsewhere = await declared(server, {}, '01');
    const file = await desk.made({ kind: 'Declaration', filter: { originCode: '01' }, language: 'en' });
    const text = (await desk.lines(file)).join('\n');
    expect(text).toMatch(/^\uFEFFSubmitted,Code,Person/);
    const spoken = (code: string) => code.match(/.{3}/g)?.join(' ') ?? code;
    expect(text).toContain(spoken(here.code));
    expect(text).not.toContain(spoken(elsewhere.code));
    for (const secret of [here.input.person.fullName, here.input.person.idNumber, 'Thôn 3', '36B112345'])
      expect(text).not.toContain(String(secret));
    const none = await desk.made({ kind: 'Declaration', filter: { originCode: '79' } });
    expect(none).toMatchObject({ status: 'READY', rows: 0 });
    expect(await desk.lines(none)).toHaveLength(1);
  });

  it('is refused for a unit that there is none of', async () => {
    const answer = await desk.order({ kind: 'Declaration', filter: { originCode: 'zz' } });
    expect(codeOf(answer)).toBe('BAD_USER_INPUT');
  });
});

describe('whose rows a file holds', () => {
  it('is decided by the jurisdiction of who asked', async () => {
    await manyPassages(server, server.checkpoints.docXay, 1);
    await manyPassages(server, server.checkpoints.hamRong, 2);
    await manyPassages(server, server.checkpoints.hanoi, 4);
    const rows = async (as: string) => (await desk.made({ as })).rows;
    expect(await rows('admin.38')).toBe(3);
    expect(await rows('admin.district')).toBe(2);
    expect(await rows('admin.01')).toBe(4);
    expect(await rows('admin.vn')).toBe(7);
    expect(await rows('analyst.38')).toBe(3);
  });

  it('is narrowed to a unit, and to none that one does not reach', async () => {
    await manyPassages(server, server.checkpoints.docXay, 1);
    await manyPassages(server, server.checkpoints.hamRong, 2);
    await manyPassages(server, server.checkpoints.hanoi, 4);
    const rows = async (unitCode: string) => (await desk.made({ filter: { unitCode } })).rows;
    expect(await rows('380')).toBe(2);
    expect(await rows('01')).toBe(0);
    expect(codeOf(await desk.order({ filter: { unitCode: 'zz' } }))).toBe('BAD_USER_INPUT');
  });

  it.each([
    ['suspended', `update account set active = false where username = $1`],
    ['at another unit', `update account set unit_id = '380@2021' where username = $1`],
    ['an officer', `update account set roles = '{OFFICER}' where username = $1`],
    ['to change a password first', `update account set must_change_password = true where username = $1`],
  ])('is nobody’s once the account is %s', async (_, change) => {
    const as = await anAnalyst();
    await manyPassages(server, server.checkpoints.docXay, 1);
    const id = newUuid7();
    await desk.order({ id, as });
    await server.sql(change, [as]);
    await desk.worker().drain();
    const [row] = await server.sql('select status, failure from export where id = $1', [id]);
    expect(row).toEqual({ status: 'FAILED', failure: 'NO_RIGHT' });
    expect(await server.sql('select 1 from export_part')).toEqual([]);
  });

  it('waits for the second factor where it is obligatory', async () => {
    const id = newUuid7();
    await desk.order({ id });
    await desk.worker({ secondFactorObligatory: true }).drain();
    expect(await desk.read(id)).toMatchObject({ status: 'FAILED', failure: 'NO_RIGHT', url: null });
  });

  it.each(['officer.38', 'tracer.38', 'auditor.38'])('is not asked for by who has no right to: %s', async (as) => {
    expect(codeOf(await desk.order({ as }))).toBe('FORBIDDEN');
    expect(codeOf(await desk.order({ as, kind: 'Declaration' }))).toBe('FORBIDDEN');
    expect(codeOf(await server.graphql('{ exports { id } }', {}, { as }))).toBe('FORBIDDEN');
  });

  it('is not narrowed by what is masked', async () => {
    expect(codeOf(await desk.order({ filter: { plate: '36B112345' } }))).toBe('FORBIDDEN');
  });
});

describe('an order', () => {
  it('sent twice is one file; its id with another order is told apart', async () => {
    const id = newUuid7();
    const filter = { from: '2021-08-01T00:00:00Z', direction: 'IN' };
    expect((await desk.order({ id, filter })).data['requestPassageExport']?.status).toBe('QUEUED');
    expect((await desk.order({ id, filter })).data['requestPassageExport']?.id).toBe(id);
    expect(await server.sql('select 1 from export')).toHaveLength(1);
    for (const other of [{ filter: {} }, { filter, format: 'XLSX' as const }, { filter, reason: 'một lý do khác' }])
      expect(codeOf(await desk.order({ id, ...other }))).toBe('BAD_USER_INPUT');
    expect(codeOf(await desk.order({ id, filter, as: 'analyst.38' }))).toBe('BAD_USER_INPUT');
  });

  it.each([
    ['without a reason', { reason: 'x' }],
    ['with a number of somebody in the reason', { reason: 'hỏi về 038190012234' }],
    ['with an id that is none', { id: '0e37df36-f698-11e6-8dd4-cb9ced3df976' }],
  ])('is refused %s', async (_, order) => {
    expect(codeOf(await desk.order(order))).toBe('BAD_USER_INPUT');
  });

  it('is refused to who has ten files, until one is deleted', async () => {
    const ids = Array.from({ length: 10 }, () => newUuid7());
    for (const id of ids) expect((await desk.order({ id })).errors).toBeUndefined();
    const refused = await desk.order();
    expect(codeOf(refused)).toBe('RATE_LIMITED');
    expect((await desk.order({ as: 'analyst.38' })).errors).toBeUndefined();
    expect(await discard(ids[0] ?? '')).toBe(true);
    expect((await desk.order()).errors).toBeUndefined();
  });

  it('is refused to who asks for more than ten at once', async () => {
    for (let kept = 0; kept < 9; kept += 1) await desk.order();
    const other = new pg.Client({ connectionString: server.ownerUrl });
    await other.connect();
    // Nobody can insert before each has counted, or waits for its turn to.
    await other.query('begin; lock table export in share mode');
    const orders = Promise.all([desk.order(), desk.order(), desk.order()]);
    const waiting = `select 1 from pg_locks where not granted and database = (select oid from pg_database where datname = current_database())`;
    await expect.poll(() => server.sql(waiting), { timeout: 15_000 }).toHaveLength(3);
    await other.query('commit');
    expect((await orders).filter((answer) => codeOf(answer) === 'RATE_LIMITED')).toHaveLength(2);
    await other.end();
  });

  it('that finds more rows than a file may hold fails before a row is written, and says what to do', async () => {
    await manyPassages(server, server.checkpoints.docXay, 4);
    const failed = await desk.made({ language: 'en' }, { mostRows: 3 });
    expect(failed).toMatchObject({ status: 'FAILED', failure: 'TOO_MANY_ROWS', url: null, rows: 0 });
    expect(failed.failureMessage).toMatch(/fewer days/);
    expect((await desk.made({}, { mostRows: 4 })).status).toBe('READY');
  });

  it('stands in the list of who asked, newest first, and in nobody else’s', async () => {
    const [first, second] = [newUuid7(), newUuid7()];
    await desk.order({ id: first });
    await desk.order({ id: second, kind: 'Declaration' });
    const list = async (as: string) =>
      (await server.graphql<{ exports: ShownExport[] }>('{ exports { id kind } }', {}, { as })).data.exports;
    expect(await list('admin.38')).toEqual([
      { id: second, kind: 'DECLARATIONS' },
      { id: first, kind: 'PASSAGES' },
    ]);
    expect(await list('analyst.38')).toEqual([]);
    expect(await desk.find(first, { as: 'analyst.38' })).toBeNull();
    expect(await discard(first, 'analyst.38')).toBe(false);
    expect(await discard(first, 'admin.vn')).toBe(false);
  });
});

describe('a file that is finished', () => {
  it('stays, though its worker never heard that it was, and tries again', async () => {
    const id = newUuid7();
    await desk.order({ id });
    const at = new Date();
    const taken = await asOfProvince((tx) => takeExport(tx, '38', { at, until: at, claim: newUuid7() }));
    if (!taken) throw new Error('There is no order.');
    const written = { rows: 0, bytes: 0, sha256: Buffer.alloc(32) };
    expect(await asOfProvince((tx) => finishExport(tx, taken, written, { at, expires: at }))).toBe(true);
    await asOfProvince((tx) => letGoOfExport(tx, taken, { dueAt: at, attempts: 1 }));
    expect(await asOfProvince((tx) => failExport(tx, taken, 'INTERRUPTED', at))).toBe(false);
    expect(await server.sql('select status from export')).toEqual([{ status: 'READY' }]);
  });
});

describe('the link of a file', () => {
  it('breaks off where a part of the file is gone', async () => {
    await manyPassages(server, server.checkpoints.docXay, 10_000);
    const { url } = await desk.made();
    await server.sql('delete from export_part where number = 1');
    const answer = await desk.fetch(url, 'admin.38');
    await expect(answer.arrayBuffer()).rejects.toThrow();
  });

  it('is nobody’s but the account’s with its session', async () => {
    const { url } = await desk.made();
    expect((await desk.fetch(url)).status).toBe(401);
    for (const as of ['analyst.38', 'admin.vn', 'admin.district']) expect((await desk.fetch(url, as)).status).toBe(404);
    const answer = await desk.fetch(url, 'admin.38');
    expect(answer.status).toBe(200);
    expect(answer.headers.get('cache-control')).toBe('no-store');
  });

  it('opens nothing once it is changed, or five minutes old', async () => {
    const { url } = await desk.made();
    const [id = '', until = '', proof = ''] = (url ?? '').replace('/exports/', '').split('.');
    const later = (Number.parseInt(until, 36) + 60_000).toString(36);
    const past = (Date.now() - 1).toString(36);
    const forged = [
      `${id}.${later}.${proof}`,
      `${newUuid7()}.${until}.${proof}`,
      `${id}.${past}.${proof}`,
      'x',
      `${id}..`,
    ];
    for (const link of forged) expect((await desk.fetch(`/exports/${link}`, 'admin.38')).status, link).toBe(404);
    expect(Number.parseInt(until, 36)).toBeLessThanOrEqual(Date.now() + 5 * 60_000);
  });

  it('and the file end together', async () => {
    const file = await desk.made();
    await server.sql(`update export set expires_at = now() - interval '1 minute' where id = $1`, [file.id]);
    expect(await desk.read(file.id)).toMatchObject({ status: 'EXPIRED', url: null, rows: 0, progress: 1 });
    expect((await desk.fetch(file.url, 'admin.38')).status).toBe(404);
    await expireExports(desk.database, new Date());
    expect(await server.sql('select 1 from export_part')).toEqual([]);
    expect(await server.sql('select status from export')).toEqual([{ status: 'EXPIRED' }]);
  });
});

describe('who is erased', () => {
  it('stands in no file any more: those that were asked for before are gone, of the province and of the country', async () => {
    const { passage } = await somebody();
    const [here, country, elsewhere] = [
      await desk.made(),
      await desk.made({ as: 'admin.vn' }),
      await desk.made({ as: 'admin.01' }),
    ];
    await server.graphql(
      `mutation ($id: ID!, $reason: String!) { eraseCitizen(id: $id, reason: $reason) { __typename } }`,
      { id: await citizenOf(passage.id), reason: 'theo đơn của công dân' },
      { as: 'admin.38' },
    );
    const after = await desk.made();
    await expireExports(desk.database, new Date());
    const statusOf = async ({ id }: ShownExport, as: string) => (await desk.read(id, { as })).status;
    expect(await statusOf(here, 'admin.38')).toBe('EXPIRED');
    expect(await statusOf(country, 'admin.vn')).toBe('EXPIRED');
    expect(await statusOf(elsewhere, 'admin.01')).toBe('READY');
    expect(await statusOf(after, 'admin.38')).toBe('READY');
    const kept = await server.sql<{ id: string }>('select distinct export_id as id from export_part');
    expect(kept.map(({ id }) => id).sort()).toEqual([elsewhere.id, after.id].sort());
  });
});

describe('a file that was asked for at another unit', () => {
  it('is not deleted from here, nor emptied', async () => {
    const as = await anAnalyst();
    const { id } = await desk.made({ as });
    await server.sql(`update account set unit_id = '380@2021' where username = $1`, [as]);
    expect(await discard(id, as)).toBe(false);
    expect(await server.sql('select 1 from export_part')).toHaveLength(1);
  });
});

describe('the audit trail', () => {
  it('has that a file was asked for and why, what was made of it, each time it was fetched, and its end', async () => {
    await server.sql(`delete from audit_entry where action like 'export.%'`);
    await manyPassages(server, server.checkpoints.docXay, 2);
    const file = await desk.made({ filter: { decision: 'ADMITTED' } });
    await desk.fetch(file.url, 'admin.38');
    await desk.fetch(file.url, 'analyst.38');
    await discard(file.id);
    const entries = await server.sql(
      `select action, province_code, unit_id, role, reason, detail from audit_entry where action like 'export.%' order by id`,
    );
    const whole = { province_code: '38', unit_id: '38@2021', role: 'ADMIN' };
    const about = { exportId: file.id, kind: 'PASSAGES', format: 'CSV' };
    const conditions = { decision: 'ADMITTED', superseded: false };
    expect(entries).toEqual([
      { ...whole, action: 'export.request', reason: exportReason, detail: { ...about, conditions } },
      {
        ...whole,
        action: 'export.make',
        reason: exportReason,
        detail: { ...about, rows: 2, sha256: expect.stringMatching(/^[0-9a-f]{64}$/) as string },
      },
      { ...whole, action: 'export.download', reason: exportReason, detail: { ...about, rows: 2 } },
      { ...whole, action: 'export.discard', reason: null, detail: { exportId: file.id } },
    ]);
  });
});

async function citizenOf(passageId: string): Promise<string> {
  const [row] = await server.sql<{ id: string }>('select citizen_id as id from passage where id = $1', [passageId]);
  return row?.id ?? '';
}

const asOfProvince = <Result>(work: (tx: Transaction) => Promise<Result>) =>
  inTransaction(desk.database, wholeProvinces(['38']), work);

const discard = async (id: string, as = 'admin.38') =>
  (await server.graphql<{ discardExport: boolean }>('mutation ($id: ID!) { discardExport(id: $id) }', { id }, { as }))
    .data.discardExport;

let analysts = 0;
/** An analyst of their own, whom a test may suspend. */
async function anAnalyst(): Promise<string> {
  const username = `analyst.own.${(analysts += 1)}`;
  await server.sql(
    `insert into account (id, username, full_name, password_hash, must_change_password, roles, unit_id, province_code, active, demo, created_at)
     select $1, $2, 'Phân tích viên', password_hash, false, '{ANALYST}', unit_id, province_code, true, false, now()
     from account where username = 'analyst.38'`,
    [newUuid7(), username],
  );
  return username;
}

/** Another id of the same time. */
const sameTime = (id: string): string => id.slice(0, 13) + newUuid7().slice(13);
