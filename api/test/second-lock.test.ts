import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newUuid7 } from '#api/platform/shared/uuid7.ts';
import { cloneDatabase } from './postgres.ts';
import { testRolePasswords } from './test-config.ts';

// A linter on the catalogue (findings/security.md section 3): row-level security stands on every table but those that hold
// nothing of a person, and there is no way around it but the functions named here.
const withoutPersons = [
  'account_checkpoint',
  'administrative_reform',
  'administrative_unit',
  'administrative_unit_successor',
  'checkpoint',
  'epidemic_zone',
  'epidemic_zone_unit',
  // Which node holds which keys, by their ids.
  'key_holder',
  'mikro_orm_migrations',
  'movement_rule',
  // Keys are hashes of name and address together.
  'sign_in_attempt',
  'tracing_rule_set',
  'traffic_threshold',
];
const waysAround = [
  'actors',
  'charge_partner_app',
  'contact_of_open_case',
  'count_open_declarations',
  'credentials_of',
  'declaration_of_code',
  'drop_past_week',
  'end_session',
  'enrolled_accounts',
  'ensure_weekly_partitions',
  'erase_citizen',
  'links_of_case',
  'note_partner_error',
  'open_declarations',
  'opened_declarations',
  'partner_credentials',
  'passes_to_stop',
  'remove_second_factor',
  'taken_accounts',
  'touch_session',
  'trace_cases_of_contact',
  'use_partner_app',
  'viewer_of_session',
  'viewers_of_sessions',
  'watched_people',
  'withdrawn_passes',
];
/** What a policy may call: they read the scope and nothing else. */
const scopeReaders = /^(in_scope|in_units|is_own_account)$/;

let owner: pg.Client;
let api: pg.Client;
let drop: () => Promise<void>;
beforeAll(async () => {
  const database = await cloneDatabase();
  drop = database.drop;
  owner = new pg.Client({ connectionString: database.ownerUrl });
  const url = new URL(database.ownerUrl);
  url.username = 'cordon_api';
  url.password = testRolePasswords.api;
  api = new pg.Client({ connectionString: url.toString() });
  await Promise.all([owner.connect(), api.connect()]);
});
afterAll(async () => {
  await Promise.all([owner.end(), api.end()]);
  await drop();
});

const ask = async <Row extends pg.QueryResultRow>(text: string, values: unknown[] = []) =>
  (await owner.query<Row>(text, values)).rows;
const tables = `from pg_class c join pg_namespace n on n.oid = c.relnamespace
  where n.nspname = 'public' and c.relkind in ('r', 'p') and not c.relispartition`;

describe('the second lock', () => {
  it('is forced on every table but those that hold nothing of a person', async () => {
    const open = await ask<{ name: string }>(
      `select c.relname as name ${tables} and not (c.relrowsecurity and c.relforcerowsecurity) order by c.relname collate "C"`,
    );
    expect(open.map(({ name }) => name)).toEqual(withoutPersons);
  });

  it('every policy is on the scope for our two roles, or the owner’s own, and has no subquery', async () => {
    const policies = await ask<{ table: string; roles: string; using: string; check: string; permissive: boolean }>(
      `select p.polrelid::regclass::text as table, p.polpermissive as permissive,
         (select string_agg(r.rolname, ',' order by r.rolname) from pg_roles r where r.oid = any(p.polroles)) as roles,
         pg_get_expr(p.polqual, p.polrelid) as using, pg_get_expr(p.polwithcheck, p.polrelid) as check from pg_policy p`,
    );
    const [me] = await ask<{ name: string }>('select current_user as name');
    for (const { table, roles, using, check } of policies) {
      const isOwners = roles === me?.name && using === 'true' && check === 'true';
      const isScoped = /^cordon_(api|worker)(,cordon_worker)?$/.test(roles) && /in_scope|is_own_account/.test(using);
      expect(isOwners || isScoped, `${table}: ${roles} using ${using} check ${check}`).toBe(true);
      expect(`${using} ${check}`).not.toMatch(/select/i);
    }
    const secured = await ask<{ name: string }>(`select c.relname as name ${tables} and c.relrowsecurity`);
    for (const { name } of secured)
      expect(policies.filter(({ table }) => table === name).length, name).toBeGreaterThanOrEqual(2);
  });

  it('what a policy calls reads the scope, and no table', async () => {
    const called = await ask<{ name: string; body: string }>(
      `select distinct f.proname as name, pg_get_functiondef(f.oid) as body from pg_policy p
       join pg_depend d on d.classid = 'pg_policy'::regclass and d.objid = p.oid and d.refclassid = 'pg_proc'::regclass
       join pg_proc f on f.oid = d.refobjid`,
    );
    expect(called.length).toBeGreaterThan(0);
    for (const { name, body } of called) {
      expect(name).toMatch(scopeReaders);
      expect(body).not.toMatch(/\bfrom\b(?! *public)|security definer/i);
    }
  });

  it('no view and no materialised view shows what is behind it', async () => {
    expect(
      await ask(
        `select c.relname from pg_class c join pg_namespace n on n.oid = c.relnamespace
         where n.nspname = 'public' and c.relkind in ('v', 'm')`,
      ),
    ).toEqual([]);
  });

  it('only the functions named here act as the owner', async () => {
    const definers = await ask<{ name: string }>(
      `select p.proname as name from pg_proc p join pg_namespace n on n.oid = p.pronamespace
       where n.nspname = 'public' and p.prosecdef order by p.proname collate "C"`,
    );
    expect(definers.map(({ name }) => name)).toEqual(waysAround);
  });

  it('partitions are reached through their table alone: no role of ours has a right on one', async () => {
    const granted = await ask(
      `select c.relname from pg_class c where c.relispartition and c.relkind = 'r'
         and (has_any_column_privilege('cordon_api', c.oid, 'select, insert, update')
           or has_any_column_privilege('cordon_worker', c.oid, 'select, insert, update'))`,
    );
    expect(granted).toEqual([]);
  });

  it('our roles may make nothing, truncate nothing, and hang nothing on a table', async () => {
    const rights = await ask(
      `select grantee, table_name, privilege_type from information_schema.role_table_grants
       where grantee like 'cordon\\_%' and privilege_type in ('TRUNCATE', 'REFERENCES', 'TRIGGER')`,
    );
    expect(rights).toEqual([]);
    for (const role of ['cordon_api', 'cordon_worker'])
      expect(await ask(`select has_schema_privilege($1, 'public', 'create') as may`, [role])).toEqual([{ may: false }]);
  });
});

describe('without a scope', () => {
  const secured = () =>
    ask<{ name: string }>(`select c.relname as name ${tables} and c.relrowsecurity
      and has_table_privilege('cordon_api', c.oid, 'select')`);
  const rowsSeen = async (name: string) =>
    (await api.query<{ count: string }>(`select count(*) from ${api.escapeIdentifier(name)}`)).rows[0]?.count;

  beforeAll(async () => {
    await owner.query(
      `insert into citizen (province_code, id, full_name, date_of_birth, sex, nationality, created_at)
       values ('38', '01880000-0000-7000-8000-000000000001', 'A', '1990', 'MALE', 'VNM', now()),
              ('01', '01880000-0000-7000-8000-000000000002', 'B', '1990', 'MALE', 'VNM', now())`,
    );
  });

  it('nothing is seen, on a fresh connection as on one that had a scope before', async () => {
    const fresh = new Map<string, string | undefined>();
    for (const { name } of await secured()) fresh.set(name, await rowsSeen(name));
    expect(new Set(fresh.values())).toEqual(new Set(['0']));
    await api.query('begin');
    await api.query('select set_scope($1, $2, $3)', ['38', '*', '']);
    expect(await rowsSeen('citizen')).toBe('1');
    await api.query('commit');
    for (const { name } of await secured()) expect(await rowsSeen(name), name).toBe('0');
  });

  it('nothing is written', async () => {
    const write = api.query(
      `insert into citizen (province_code, id, full_name, date_of_birth, sex, nationality, created_at)
       values ('38', '01880000-0000-7000-8000-000000000003', 'C', '1990', 'MALE', 'VNM', now())`,
    );
    await expect(write).rejects.toMatchObject({ code: '42501' });
  });
});

describe('with a scope', () => {
  it('a row is neither written to another province nor moved there', async () => {
    await api.query('begin');
    await api.query('select set_scope($1, $2, $3)', ['38', '*', '']);
    const elsewhere = api.query(
      `insert into citizen (province_code, id, full_name, date_of_birth, sex, nationality, created_at)
       values ('01', '01880000-0000-7000-8000-000000000004', 'D', '1990', 'MALE', 'VNM', now())`,
    );
    await expect(elsewhere).rejects.toMatchObject({ code: '42501' });
    await api.query('rollback');
  });

  it('who passed is filled in once, from nobody, with the flags, and nothing else of a passage changes', async () => {
    const insert = `insert into passage (province_code, id, occurred_at, recorded_at, checkpoint_id, unit_id, citizen_id, direction,
        decision, evidence, channel, recorded_by, recorded_offline, flags, flagged, content_hash)
      values ('38', $1, uuid_time($1), now(), $1, '16438@2021', null, 'IN', 'ADMITTED', 'PAPER_AND_CARD', 'PAPER', $1, false, '{}', false, '')`;
    const id = newUuid7();
    await owner.query(insert, [id]);
    const inScope = async (text: string, values: unknown[], provinces = '38') => {
      await api.query('begin');
      await api.query('select set_scope($1, $2, $3)', [provinces, '*', '']);
      const result = await api.query(text, values).catch((error: { code: string }) => error.code);
      await api.query(typeof result === 'string' ? 'rollback' : 'commit');
      return typeof result === 'string' ? result : result.rowCount;
    };
    const identify = 'update passage set citizen_id = $2 where province_code = $3 and id = $1';
    expect(await inScope(identify, [id, id, '38'], '01')).toBe(0);
    expect(await inScope(identify, [id, null, '38'])).toBe('42501');
    expect(await inScope(`update passage set decision = 'REFUSED' where id = $1`, [id])).toBe('42501');
    expect(await inScope(identify, [id, id, '38'])).toBe(1);
    expect(await inScope(identify, [id, newUuid7(), '38'])).toBe(0);
    expect(await inScope(`update passage set flags = '{PASS_REUSED}', flagged = true where id = $1`, [id])).toBe(0);
  });
});
