import { execFile } from 'node:child_process';
import { appendFile, cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import pg from 'pg';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { auditDesk } from '#test/audit-desk.ts';
import { cloneDatabase } from '#test/postgres.ts';
import { Keyring } from '../crypto/keyring.ts';
import { newUuid7 } from '../shared/uuid7.ts';
import { auditValues } from './audit.ts';
import { AuditHeads } from './heads.ts';

// Each attack is made as the owner of the database, who may do everything there but sign.
const PATH = [join(process.cwd(), 'node_modules/.bin'), dirname(process.execPath), '/usr/bin', '/bin'].join(delimiter);

let database: Awaited<ReturnType<typeof cloneDatabase>>;
let desk: Awaited<ReturnType<typeof auditDesk>>;
let owner: pg.Client;
let keptHeads: string;
beforeAll(async () => {
  database = await cloneDatabase();
  desk = await auditDesk(database.ownerUrl);
  owner = new pg.Client({ connectionString: database.ownerUrl });
  await owner.connect();
  for (let block = 0; block < 3; block += 1) {
    const detail = { b: 1, a: [block, 'é', null], nested: { z: 1.5, y: {} } };
    for (const action of ['account.create', 'checkpoint.create', 'sign-in'])
      await desk.enter({ action, reason: `${block}`, detail });
    await desk.enter({ action: 'sign-in' }, '01');
    await desk.seal();
  }
  keptHeads = await mkdtemp(join(tmpdir(), 'cordon-kept-'));
  await cp(desk.heads.directory, keptHeads, { recursive: true });
  await owner.query('create schema kept');
  await owner.query('create table kept.entry as table audit_entry');
  await owner.query('create table kept.block as table audit_block');
});
afterEach(async () => {
  await owner.query('delete from audit_entry');
  await owner.query('delete from audit_block');
  await owner.query('insert into audit_entry table kept.entry');
  await owner.query('insert into audit_block table kept.block');
  await rm(desk.heads.directory, { recursive: true });
  await cp(keptHeads, desk.heads.directory, { recursive: true });
});
afterAll(async () => {
  await owner.end();
  await desk.stop();
  await rm(keptHeads, { recursive: true });
  await database.drop();
});

const ask = async <Row extends pg.QueryResultRow>(text: string, values: unknown[] = []) =>
  (await owner.query<Row>(text, values)).rows;
const idsOf = async (block: number) =>
  (
    await ask<{ id: string }>(`select id from audit_entry where province_code = '38' and block = $1 order by id`, [
      block,
    ])
  ).map(({ id }) => id);

describe('a trail that nobody touched', () => {
  it('is whole, and holds every entry in a block of its province', async () => {
    expect(await desk.findings()).toEqual([]);
    const blocks = await ask(
      `select province_code, number::int, entries, late from audit_block order by province_code, number`,
    );
    expect(blocks).toEqual([
      ...[1, 2, 3].map((number) => ({ province_code: '01', number, entries: 1, late: 0 })),
      ...[1, 2, 3].map((number) => ({ province_code: '38', number, entries: 3, late: 0 })),
    ]);
    expect(await ask('select 1 from audit_entry where block is null')).toEqual([]);
  });

  it('stays whole while it grows and is sealed by two workers at once', async () => {
    const others = [desk.newSealer(), desk.newSealer()];
    await Promise.all([
      ...Array.from({ length: 40 }, () => desk.enter({ action: 'sign-in' })),
      ...others.map((sealer) => desk.seal(undefined, sealer)),
    ]);
    await Promise.all(others.map((sealer) => desk.seal(undefined, sealer)));
    expect(await desk.findings()).toEqual([]);
    const [count] = await ask<{ sealed: number }>(
      `select sum(entries)::int as sealed from audit_block where province_code = '38'`,
    );
    expect(count?.sealed).toBe(49);
  });

  it('stays whole when the signing key changes, the old one gone: its public half is kept with the heads', async () => {
    const rotated = new Keyring([{ id: 'next', key: Buffer.alloc(32, 7) }]);
    await desk.enter({ action: 'sign-in' });
    await desk.seal(undefined, desk.newSealer(desk.heads, rotated));
    expect(await ask(`select distinct key_id from audit_block where province_code = '38'`)).toHaveLength(2);
    expect([...(await desk.heads.keys()).keys()]).toHaveLength(2);
    expect(await desk.findings()).toEqual([]);
  });
});

describe('verifying finds', () => {
  it('a changed entry, by its id’s block, whichever column', async () => {
    const [id] = await idsOf(2);
    for (const change of [
      `reason = 'something else'`,
      `actor_id = '01890a5d-ac96-774b-bcce-b302099a8057'`,
      `detail = detail || '{"c": 1}'`,
      `subject_ids = array['01890a5d-ac96-774b-bcce-b302099a8057'::uuid]`,
      `role = null`,
    ]) {
      await owner.query(['update audit_entry set', change, 'where id = $1'].join(' '), [id]);
      expect(await desk.findings()).toContain('38 2 ENTRY_CHANGED');
    }
  });

  it('a changed entry whose leaf hash was made anew', async () => {
    const [id] = await idsOf(2);
    const { values } = auditValues({ provinceCode: '38', actorId: null, role: null, unitId: null, action: 'sign-in' });
    await ask(`update audit_entry set action = 'sign-in', leaf_hash = $2 where id = $1`, [id, values.at(-1)]);
    expect(await desk.findings()).toEqual(expect.arrayContaining(['38 2 CONTENT_CHANGED']));
  });

  it('a removed entry', async () => {
    const [first] = await idsOf(2);
    await ask('delete from audit_entry where id = $1', [first]);
    expect(await desk.findings()).toEqual(['38 2 ENTRIES_REMOVED']);
  });

  it('an entry that was taken out of its block', async () => {
    const [first] = await idsOf(3);
    await ask('update audit_entry set block = null where id = $1', [first]);
    expect(await desk.findings()).toEqual(['38 3 ENTRIES_REMOVED']);
  });

  const insert = (block: number, at: number) => {
    const { values } = auditValues({ provinceCode: '38', actorId: null, role: null, unitId: null, action: 'sign-in' });
    const columns = [newUuid7(at), new Date(at), ...values.slice(2)];
    return ask(
      `insert into audit_entry (province_code, block, id, at, actor_id, role, unit_id, action, subject_kind, subject_ids,
         checkpoint_id, reason, detail, leaf_hash) values ('38', $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)`,
      [block, ...columns],
    );
  };

  it('an inserted entry, among the others of its block or apart from them', async () => {
    await insert(1, Date.now());
    await insert(2, Date.now() - 7 * 86_400_000);
    const findings = await desk.findings();
    expect(findings).toContain('38 1 ENTRIES_INSERTED');
    expect(findings).toContain('38 2 ENTRIES_INSERTED');
  });

  it('an entry of a block that never was', async () => {
    await insert(9, Date.now());
    expect(await desk.findings()).toContain('38 9 NO_SUCH_BLOCK');
  });

  it('entries that changed places, within a block and between two', async () => {
    const [a, b] = await idsOf(1);
    const [c] = await idsOf(2);
    const swapHashes = async (one?: string, other?: string) => {
      const content = 'action, reason, detail, leaf_hash';
      await ask(
        `with old as (select id, ${content} from audit_entry where id in ($1, $2))
         update audit_entry e set action = o.action, reason = o.reason, detail = o.detail, leaf_hash = o.leaf_hash
         from old o where e.id in ($1, $2) and o.id in ($1, $2) and o.id <> e.id`,
        [one, other],
      );
    };
    await swapHashes(a, b);
    expect(await desk.findings()).toContain('38 1 CONTENT_CHANGED');
    await swapHashes(a, b);
    expect(await desk.findings()).toEqual([]);
    await ask('update audit_entry set block = case when id = $1 then 2 else 1 end where id in ($1, $2)', [a, c]);
    expect(await desk.findings()).toEqual(['38 1 CONTENT_CHANGED', '38 2 CONTENT_CHANGED']);
  });

  it('a changed block: each of its columns is signed', async () => {
    for (const change of [
      'entries = entries + 1',
      'late = 1',
      `merkle_root = sha256('x')`,
      `previous_hash = sha256('x')`,
      `to_at = to_at + interval '1 ms'`,
      `sealed_at = sealed_at - interval '1 day'`,
    ]) {
      await owner.query(['update audit_block set', change, `where province_code = '38' and number = 2`].join(' '));
      expect(await desk.findings(), change).toContain('38 2 BLOCK_CHANGED');
      await owner.query('delete from audit_block');
      await owner.query('insert into audit_block table kept.block');
    }
    expect(await desk.findings()).toEqual([]);
  });

  it('a block signed by somebody else', async () => {
    await ask(`update audit_block set key_id = 'deadbeef' where province_code = '38' and number = 1`);
    expect(await desk.findings()).toContain('38 1 UNKNOWN_KEY');
    await ask(
      `update audit_block b set signature = o.signature, key_id = o.key_id from audit_block o where b.number = 1 and o.number = 2 and o.province_code = '38' and b.province_code = '38'`,
    );
    expect(await desk.findings()).toContain('38 1 BLOCK_CHANGED');
  });

  it('a removed block, with its entries and without', async () => {
    await ask(`delete from audit_block where province_code = '38' and number = 2`);
    expect(await desk.findings()).toEqual(expect.arrayContaining(['38 2 BLOCK_MISSING', '38 2 NO_SUCH_BLOCK']));
    await ask(`delete from audit_entry where province_code = '38' and block = 2`);
    expect(await desk.findings()).toEqual(['38 2 BLOCK_MISSING']);
  });

  it('a tail that was cut off, by the heads outside the database', async () => {
    await ask(`delete from audit_entry where province_code = '38' and block > 1`);
    await ask(`delete from audit_block where province_code = '38' and number > 1`);
    expect(await desk.findings()).toEqual(['38 2 TAIL_CUT']);
  });

  it('a whole province that was removed', async () => {
    await ask('delete from audit_entry');
    await ask('delete from audit_block');
    expect(await desk.findings()).toEqual(['01 1 TAIL_CUT', '38 1 TAIL_CUT']);
  });

  it('a tail that was cut off and grew again', async () => {
    await ask(`delete from audit_entry where province_code = '38' and block = 3`);
    await ask(`delete from audit_block where province_code = '38' and number = 3`);
    await desk.enter({ action: 'sign-in' });
    await desk.seal();
    expect(await desk.findings()).toEqual(['38 3 HEAD_DIFFERS']);
  });

  it('heads that were forged or taken away', async () => {
    const file = join(desk.heads.directory, 'heads-38.jsonl');
    const text = await readFile(file, 'utf8');
    await writeFile(file, text.replace('"entries":3', '"entries":4'));
    expect(await desk.findings()).toEqual(['38 1 HEAD_CHANGED']);
    await rm(file);
    expect(await desk.findings()).toEqual(['38 1 NO_HEADS']);
  });
});

describe('a crash', () => {
  it('between the commit and the heads is made good, and is no finding meanwhile', async () => {
    const behind = new AuditHeads(await mkdtemp(join(tmpdir(), 'cordon-heads-')));
    await cp(keptHeads, behind.directory, { recursive: true });
    await desk.enter({ action: 'sign-in' });
    await desk.seal();
    expect(await behind.lastNumber('38')).toBe(3);
    expect(await desk.findings(behind)).toEqual([]);
    await desk.seal(undefined, desk.newSealer(behind));
    expect(await behind.lastNumber('38')).toBe(4);
    expect(await desk.findings(behind)).toEqual([]);
    await rm(behind.directory, { recursive: true });
  });

  it('in the middle of a line leaves that line alone, and the head is written anew', async () => {
    const file = join(desk.heads.directory, 'heads-38.jsonl');
    const whole = await readFile(file, 'utf8');
    await writeFile(file, whole.slice(0, -40));
    expect(await desk.findings()).toEqual([]);
    await desk.seal(undefined, desk.newSealer());
    expect(await desk.heads.lastNumber('38')).toBe(3);
    expect(await desk.findings()).toEqual([]);
    await ask(`delete from audit_block where province_code = '38' and number = 3`);
    expect(await desk.findings()).toContain('38 3 TAIL_CUT');
  });

  it('heads that cannot be written stop the sealing, not the entering, until they can', async () => {
    const file = join(tmpdir(), `cordon-no-directory-${process.pid}`);
    await appendFile(file, '');
    const sealer = desk.newSealer(new AuditHeads(join(file, 'heads')));
    await desk.enter({ action: 'sign-in' });
    await expect(desk.seal(undefined, sealer)).rejects.toThrow();
    expect(await ask('select 1 from audit_entry where block is null')).toHaveLength(1);
    await desk.seal();
    expect(await desk.findings()).toEqual([]);
    await rm(file);
  });
});

describe('what comes late', () => {
  it('goes into the next block, and is counted', async () => {
    const early = Date.now() - 3_600_000;
    const { values } = auditValues({ provinceCode: '38', actorId: null, role: null, unitId: null, action: 'sign-in' });
    await ask(
      `insert into audit_entry (province_code, id, at, action, subject_ids, detail, leaf_hash) values ('38', $1, $2, 'sign-in', '{}', '{}', $3)`,
      [newUuid7(early), new Date(early), values.at(-1)],
    );
    await desk.seal();
    const [block] = await ask(`select entries, late from audit_block where province_code = '38' and number = 4`);
    expect(block).toEqual({ entries: 1, late: 1 });
  });

  it('only what is old enough is sealed', async () => {
    await desk.enter({ action: 'sign-in' });
    expect(await desk.seal(new Date(Date.now() - 30_000))).toEqual([]);
  });
});

it('npm run audit:verify says where, and ends with 1; with 2 where it cannot look', async () => {
  const run = (env: Record<string, string>) => {
    const settings = {
      NODE_ENV: 'production',
      AUDIT_HEADS: desk.heads.directory,
      DATABASE_URL: database.ownerUrl,
      ...env,
    };
    return new Promise<{ code: number | null; said: string }>((resolve) => {
      const child = execFile('npx', ['tsx', 'api/src/audit-verify.ts'], { env: { PATH, ...settings } }, (_, out, err) =>
        resolve({ code: child.exitCode, said: out + err }),
      );
    });
  };
  expect(await run({})).toEqual({
    code: 0,
    said: '01: 3 entries in 3 blocks, 0 late\n38: 9 entries in 3 blocks, 0 late\nThe audit trail is whole.\n',
  });
  const [id] = await idsOf(2);
  await ask(`update audit_entry set reason = 'x' where id = $1`, [id]);
  const changed = await run({});
  expect(changed.code).toBe(1);
  expect(changed.said).toContain(`  ✗ block 2: an entry was changed (ENTRY_CHANGED): entry ${id}`);
  expect((await run({ DATABASE_URL: 'postgres://nobody@127.0.0.1:9/none' })).code).toBe(2);
  expect((await run({ DATABASE_URL: '' })).said).toContain('DATABASE_URL is missing');
}, 120_000);

it('the roles of API and worker can change no entry and no block', async () => {
  const tries = [
    `update audit_entry set reason = 'x'`,
    'delete from audit_entry',
    `update audit_block set late = 0`,
    'delete from audit_block',
    'delete from audit_access',
  ];
  for (const pool of [desk.databases.api.pool, desk.databases.worker.pool])
    for (const text of tries) await expect(pool.query(text), text).rejects.toMatchObject({ code: '42501' });
  await expect(desk.databases.api.pool.query('update audit_entry set block = null')).rejects.toMatchObject({
    code: '42501',
  });
});
