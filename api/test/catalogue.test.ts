import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newUuid7 } from '#api/platform/shared/uuid7.ts';
import { cloneDatabase } from './postgres.ts';

// The rules of findings/distribution.md that can be read from the catalogue: 1, 2, 3, 6 and the function of 13.
const distributed = [
  'citizen',
  'citizen_document',
  'citizen_alias',
  'citizen_double',
  'citizen_name_key',
  'declaration',
  'declaration_handle',
  'opened_declaration',
  'citizen_hold',
  'epidemic_case',
  'case_trace',
  'case_contact',
  'exposure',
  'link_review',
  'named_contact',
  'declaration_held',
  'passage_held',
  'erased_citizen',
  'registry_verification',
  'passage',
  'arrival',
  'outbox',
  'audit_entry',
  'audit_block',
  'audit_access',
  'partner_statistic',
  'export',
  'export_part',
  'traffic_hit',
  'movement_hour',
  'movement_day',
  'journey_day',
  'people_day',
  'recount_due',
  'daily_report',
];
const reference = [
  'administrative_unit',
  'administrative_unit_successor',
  'administrative_reform',
  'checkpoint',
  'account',
  'account_checkpoint',
  'epidemic_zone',
  'epidemic_zone_unit',
  'movement_rule',
  'partner_app',
  'tracing_rule_set',
  'watched_document',
  'watched_person',
  'traffic_threshold',
];
const local = [
  'account_session',
  'account_second_factor',
  'account_recovery_code',
  'sign_in_attempt',
  'partner_use',
  'partner_error',
  'key_holder',
  'mikro_orm_migrations',
];

let client: pg.Client;
let drop: () => Promise<void>;
beforeAll(async () => {
  const database = await cloneDatabase();
  drop = database.drop;
  client = new pg.Client({ connectionString: database.ownerUrl });
  await client.connect();
});
afterAll(async () => {
  await client.end();
  await drop();
});

const ask = async <Row extends pg.QueryResultRow>(text: string, values: unknown[] = []) =>
  (await client.query<Row>(text, values)).rows;
const ordinary = `n.nspname = 'public' and not c.relispartition`;

describe('the schema obeys what a cluster asks for', () => {
  it('every table is known as distributed, reference or local', async () => {
    const tables = await ask<{ name: string }>(
      `select c.relname as name from pg_class c join pg_namespace n on n.oid = c.relnamespace where c.relkind in ('r', 'p') and ${ordinary}`,
    );
    expect(tables.map(({ name }) => name).sort()).toEqual([...distributed, ...reference, ...local].sort());
  });

  it('rule 1: province_code is text, not null, never generated, and first in every key of a distributed table', async () => {
    const columns = await ask<{ table_name: string; data_type: string; is_nullable: string; is_generated: string }>(
      `select table_name, data_type, is_nullable, is_generated from information_schema.columns where column_name = 'province_code' and table_name = any($1)`,
      [distributed],
    );
    expect(columns.map(({ table_name }) => table_name).sort()).toEqual([...distributed].sort());
    expect(
      new Set(columns.map((column) => `${column.data_type} ${column.is_nullable} ${column.is_generated}`)),
    ).toEqual(new Set(['text NO NEVER']));
    const keys = await ask<{ index: string; first: string }>(
      `select i.indexrelid::regclass::text as index, a.attname as first from pg_index i join pg_class c on c.oid = i.indrelid
       join pg_namespace n on n.oid = c.relnamespace join pg_attribute a on a.attrelid = c.oid and a.attnum = i.indkey[0]
       where i.indisunique and c.relname = any($1) and ${ordinary}`,
      [distributed],
    );
    expect(keys.filter(({ first }) => first !== 'province_code')).toEqual([]);
    expect(keys.length).toBeGreaterThanOrEqual(distributed.length);
  });

  it('rule 2: one level of partitions, by a range of one time column, and no foreign key to a partitioned table', async () => {
    const partitioned = await ask<{ name: string; strategy: string; key: string }>(
      `select c.relname as name, p.partstrat::text as strategy, pg_get_partkeydef(c.oid) as key from pg_partitioned_table p join pg_class c on c.oid = p.partrelid`,
    );
    expect(partitioned.map(({ name }) => name).sort()).toEqual([
      'audit_access',
      'audit_entry',
      'declaration',
      'outbox',
      'passage',
    ]);
    expect(new Set(partitioned.map(({ strategy }) => strategy))).toEqual(new Set(['r']));
    for (const { key } of partitioned) expect(key).toMatch(/^RANGE \((occurred_at|created_at|at)\)$/);
    expect(await ask(`select 1 from pg_class where relkind = 'p' and relispartition`)).toEqual([]);
    expect(
      await ask(
        `select conname from pg_constraint k join pg_class c on c.oid = k.confrelid where k.contype = 'f' and c.relkind = 'p'`,
      ),
    ).toEqual([]);
  });

  it('rules 3 and 4: foreign keys stand among reference tables only', async () => {
    const keys = await ask<{ from: string; to: string }>(
      `select conrelid::regclass::text as from, confrelid::regclass::text as to from pg_constraint where contype = 'f' and connamespace = 'public'::regnamespace`,
    );
    expect(keys.length).toBeGreaterThan(5);
    expect(keys.filter(({ from, to }) => !reference.includes(from) || !reference.includes(to))).toEqual([]);
  });

  it('rule 6: no triggers, no unlogged tables, no exclusion, no identity, every constraint named by us', async () => {
    expect(
      await ask(
        `select tgname from pg_trigger t join pg_class c on c.oid = t.tgrelid join pg_namespace n on n.oid = c.relnamespace where not t.tgisinternal and n.nspname = 'public'`,
      ),
    ).toEqual([]);
    expect(
      await ask(
        `select relname from pg_class c join pg_namespace n on n.oid = c.relnamespace where relpersistence <> 'p' and n.nspname = 'public'`,
      ),
    ).toEqual([]);
    expect(await ask(`select conname from pg_constraint where contype = 'x'`)).toEqual([]);
    expect(
      await ask(
        `select table_name from information_schema.columns where table_schema = 'public' and is_identity = 'YES'`,
      ),
    ).toEqual([]);
    const unnamed = await ask(
      `select conname from pg_constraint where connamespace = 'public'::regnamespace and contype in ('c', 'f') and conname ~ '(_check|_fkey)\\d*$'`,
    );
    expect(unnamed).toEqual([]);
  });

  it('rule 13: no function sets the scope but by SET LOCAL', async () => {
    const functions = await ask<{ proname: string; prosrc: string }>(
      `select proname, prosrc from pg_proc p join pg_namespace n on n.oid = p.pronamespace where n.nspname = 'public'`,
    );
    const setters = functions.filter(({ prosrc }) => /set_config|set local/i.test(prosrc));
    expect(setters.map(({ proname }) => proname)).toEqual(['set_scope']);
    expect(setters[0]?.prosrc).not.toMatch(/set_config/i);
  });

  it('definer functions have a fixed search path and are not for everybody', async () => {
    const open = await ask(
      `select proname from pg_proc p join pg_namespace n on n.oid = p.pronamespace
       where n.nspname = 'public' and prosecdef and (proconfig is null or not exists (select from unnest(proconfig) c where c like 'search_path=%')
         or has_function_privilege('public', p.oid, 'execute'))`,
    );
    expect(open).toEqual([]);
  });

  it('the roles of API and worker own nothing and may do nothing more', async () => {
    const roles = await ask<{ rolname: string }>(
      `select rolname from pg_roles where rolname in ('cordon_api', 'cordon_worker') and rolcanlogin and not (rolsuper or rolbypassrls or rolcreaterole or rolcreatedb)`,
    );
    expect(roles).toHaveLength(2);
    expect(
      await ask(
        `select relname from pg_class where relowner in (select oid from pg_roles where rolname like 'cordon\\_%')`,
      ),
    ).toEqual([]);
    const changeable = await ask<{ table_name: string }>(
      `select distinct table_name from information_schema.role_table_grants where grantee = 'cordon_api' and privilege_type in ('UPDATE', 'DELETE', 'TRUNCATE', 'TRIGGER', 'REFERENCES') and table_name in ('passage', 'audit_entry', 'audit_block', 'audit_access', 'outbox', 'declaration')`,
    );
    expect(changeable).toEqual([]);
  });
});

describe('ids', () => {
  const insertPassage = (id: string, at: string) =>
    client.query(
      `insert into passage (province_code, id, occurred_at, recorded_at, checkpoint_id, unit_id, direction, decision, evidence, channel, recorded_by, recorded_offline, flags, flagged, content_hash)
       values ('38', $1, $2, now(), $3, '38@2021', 'IN', 'ADMITTED', 'NO_CARD', 'ONLINE', $3, false, '{}', false, '')`,
      [id, at, newUuid7()],
    );

  it('a UUIDv4 where a v7 belongs is refused by the database', async () => {
    await expect(insertPassage('5e0e2ab1-7a0e-4a3f-9d33-0f5c8c7d2f10', new Date().toISOString())).rejects.toMatchObject(
      { code: '23514' },
    );
    await expect(
      client.query(
        `insert into checkpoint values ('5e0e2ab1-7a0e-4a3f-9d33-0f5c8c7d2f10', 'X', 'X', '38@2021', '38', 'ROAD', null, null, true, now())`,
      ),
    ).rejects.toMatchObject({ code: '23514' });
  });

  it('a time other than the one in the id is refused, so an id is in one partition only', async () => {
    const now = Date.now();
    await expect(insertPassage(newUuid7(now), new Date(now + 1).toISOString())).rejects.toMatchObject({
      code: '23514',
    });
    await insertPassage(newUuid7(now), new Date(now).toISOString());
  });

  it('uuid_time is what the code reads from an id, and null for any other version', async () => {
    const at = 1_629_700_000_123;
    const [row] = await ask<{ time: Date; none: null }>(
      `select uuid_time($1) as time, uuid_time('5e0e2ab1-7a0e-4a3f-9d33-0f5c8c7d2f10') as none`,
      [newUuid7(at)],
    );
    expect(row?.time.getTime()).toBe(at);
    expect(row?.none).toBeNull();
  });
});

describe('what must not be forgotten', () => {
  const columnsLike = async (pattern: string) =>
    (
      await ask<{ name: string }>(
        `select c.relname || '.' || a.attname as name from pg_attribute a join pg_class c on c.oid = a.attrelid join pg_namespace n on n.oid = c.relnamespace
         where c.relkind in ('r', 'p') and ${ordinary} and a.attnum > 0 and not a.attisdropped and a.attname ~ $1`,
        [pattern],
      )
    )
      .map(({ name }) => name)
      .sort();

  // Who adds one here gives keys/rekeying.ts a page that brings it under the active key.
  it('what is stored under keys is known to their rotation', async () => {
    expect(await columnsLike('sealed$|hmac')).toEqual([
      'account_second_factor.offered_sealed',
      'account_second_factor.secret_sealed',
      'citizen.identifiers_sealed',
      'citizen_document.hmac',
      'citizen_document.hmac_key',
      'citizen_document.hmac_next',
      ...['declaration', 'declaration_held'].flatMap((table) =>
        ['id_number_hmac', 'identifiers_sealed', 'passport_hmac', 'phone_hmac'].map((column) => `${table}.${column}`),
      ),
      'watched_document.hmac',
    ]);
  });

  // Who adds one here thinks of erase_citizen and of retention/drop-unnamed-citizens.ts.
  it('what names a citizen is known to erasure and retention', async () => {
    expect(await columnsLike('^citizen_id$')).toEqual([
      'arrival.citizen_id',
      'case_contact.citizen_id',
      'citizen_alias.citizen_id',
      'citizen_document.citizen_id',
      'citizen_hold.citizen_id',
      'citizen_name_key.citizen_id',
      'declaration.citizen_id',
      'declaration_held.citizen_id',
      'epidemic_case.citizen_id',
      'erased_citizen.citizen_id',
      'opened_declaration.citizen_id',
      'passage.citizen_id',
      'passage_held.citizen_id',
      'registry_verification.citizen_id',
      'watched_document.citizen_id',
      'watched_person.citizen_id',
    ]);
  });
});

describe('copies that are held', () => {
  it.each(['declaration', 'passage'])('have the columns of a %s, in its order', async (table) => {
    const columns = (of: string) =>
      ask(
        `select attname, atttypid::regtype::text as type, attnotnull from pg_attribute where attrelid = $1::regclass and attnum > 0 and not attisdropped order by attnum`,
        [of],
      );
    expect(await columns(`${table}_held`)).toEqual(await columns(table));
  });
});

describe('migrations', () => {
  it('the settings that keep what was acknowledged are on', async () => {
    for (const setting of ['fsync', 'full_page_writes', 'synchronous_commit']) {
      expect((await ask<Record<string, string>>(`show ${setting}`))[0]?.[setting]).toBe('on');
    }
  });
});
