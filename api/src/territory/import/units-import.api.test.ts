import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ReformDraft, bring, bringTo, reformDay, runImport } from '#test/reform-desk.ts';
import { asOwner, cloneDatabase } from '#test/postgres.ts';
import { startServer, type TestServer } from '#test/server.ts';

// Of Quảng Xương: 16438 takes in 16447 whole; 16453 is split between 16438 and 16456. Of 16462 no row says what became of it.
const draft = () =>
  new ReformDraft().withoutDistricts('38').merge('16438', '16447').split('16453', '16438', '16456').split('16462');

let server: TestServer;
beforeAll(async () => {
  server = await startServer();
});
afterAll(() => server.stop());

const rowsOf = async () =>
  JSON.stringify([
    await server.sql('select * from administrative_unit order by unit_id'),
    await server.sql('select * from administrative_unit_successor order by 1, 2'),
    await server.sql('select * from administrative_reform'),
  ]);

describe('before a reform is brought', () => {
  it('a dry run says what would change, and changes nothing', async () => {
    const before = await rowsOf();
    const { said } = await bring(server.ownerUrl, draft(), { dryRun: true });
    expect(said[0]).toBe(
      `From ${reformDay}: 0 provinces, 27 districts, 559 communes end, 0 provinces, 0 districts, 556 communes begin; 559 successions, 1 units split.`,
    );
    expect(said.at(-2)).toContain('1 accounts and 0 checkpoints');
    expect(said.at(-1)).toBe('A dry run: nothing was changed.');
    expect(await rowsOf()).toBe(before);
  });

  const [mapping, units] = [draft().mappingText, draft().unitsText];
  it.each([
    ['a code that is none', mapping.replace('38,', '3x,'), units, /mapping\.csv, line 2, oldProvince: "3x"/],
    [
      'a field too many',
      mapping.replace(',1\n', ',1,9\n'),
      units,
      /mapping\.csv, line \d+: 6 fields are needed, there are 7/,
    ],
    [
      'a column that is missing',
      mapping.replace('newCommune', 'x'),
      units,
      /mapping\.csv, line 1, newCommune: this column/,
    ],
    [
      'a level that is none',
      mapping,
      units.replace('"level":"COMMUNE"', '"level":"W"'),
      /units\.json, line 743, level/,
    ],
    [
      'a parent that is none',
      mapping,
      units.replace('"parent":"38"', '"parent":"99"'),
      /units\.json, line \d+, parent: there is no unit 99/,
    ],
    [
      'a code that stands twice',
      mapping,
      units.replace('"code":"01"', '"code":"02"'),
      /units\.json, line 61, code: 02 stands in line 60 too/,
    ],
    ['a comma that is missing', mapping, units.replace('},\n{', '}\n{'), /units\.json/],
  ])('%s is refused by line and field, and nothing is changed', async (_, mappingText, unitsText, message) => {
    const before = await rowsOf();
    await expect(bring(server.ownerUrl, { unitsText, mappingText })).rejects.toThrow(message);
    expect(await rowsOf()).toBe(before);
  });

  it('a mapping that begins from other units is refused', async () => {
    const elsewhere = draft();
    const rows = elsewhere.rows.map((row) => row.replace(/^(\d+,\d+),\d{5}/, '$1,99999'));
    elsewhere.rows.splice(0, rows.length, ...rows);
    await expect(bring(server.ownerUrl, elsewhere)).rejects.toThrow(/are not among those of 2025-06-30/);
  });
});

describe('a reform', () => {
  it('reaches a running node without a restart', async () => {
    await bringTo(server, draft());
    const [reform] = await server.sql('select * from administrative_reform');
    expect(reform).toMatchObject({ takes_effect_on: reformDay, units_begun: 556, units_ended: 586 });
  });

  it('ends the old units the day before and begins the new ones; a province that stays what it was stays', async () => {
    const rows = await server.sql(
      `select unit_id, valid_from, valid_to, parent_id from administrative_unit where code in ('38', '406', '16438', '16447') order by 1`,
    );
    expect(rows).toEqual([
      { unit_id: '16438@2021', valid_from: '2021-01-01', valid_to: '2025-06-30', parent_id: '406@2021' },
      { unit_id: `16438@${reformDay}`, valid_from: reformDay, valid_to: null, parent_id: '38@2021' },
      { unit_id: '16447@2021', valid_from: '2021-01-01', valid_to: '2025-06-30', parent_id: '406@2021' },
      { unit_id: '38@2021', valid_from: '2021-01-01', valid_to: null, parent_id: 'VN@2021' },
      { unit_id: '406@2021', valid_from: '2021-01-01', valid_to: '2025-06-30', parent_id: '38@2021' },
    ]);
  });

  it('keeps which became which, many to many', async () => {
    const pairs = await server.sql<{ pair: string }>(
      `select unit_id || ' -> ' || successor_id as pair from administrative_unit_successor
       where unit_id in ('16438@2021', '16447@2021', '16453@2021', '16462@2021') order by 1`,
    );
    expect(pairs.map(({ pair }) => pair)).toEqual([
      `16438@2021 -> 16438@${reformDay}`,
      `16447@2021 -> 16438@${reformDay}`,
      `16453@2021 -> 16438@${reformDay}`,
      `16453@2021 -> 16456@${reformDay}`,
    ]);
  });

  it('brought a second time changes nothing, says so, and reports again what did not map', async () => {
    const before = await rowsOf();
    const { said, report } = await bring(server.ownerUrl, draft());
    expect(said[0]).toBe(`Nothing to change: these units hold from ${reformDay} already.`);
    expect(said.join()).toContain('OLD_WITHOUT_SUCCESSOR): 16462@2021');
    expect(report).toMatch(/^kind,file,line,code,name\nOLD_WITHOUT_SUCCESSOR,,,16462@2021,Xã Quảng Nhân\n$/);
    expect(await rowsOf()).toBe(before);
  });

  it('with a row that was missing takes that in, and nothing else', async () => {
    const more = draft();
    more.rows.push('38,406,16462,38,16456,0');
    const { said } = await bring(server.ownerUrl, more);
    expect(said.join()).toContain('0 communes begin; 1 successions');
    expect(said.join()).toContain('Everything is mapped.');
  });

  it('with another name for a unit of the same day is refused', async () => {
    await expect(bring(server.ownerUrl, draft().rename('16438', 'Xã Khác'))).rejects.toThrow(
      /units\.json, line \d+, name: 16438@2025-07-01 was imported for this day/,
    );
  });

  it('of an earlier day than one that was brought is refused', async () => {
    await expect(bring(server.ownerUrl, draft(), { day: '2024-01-01' })).rejects.toThrow('one after the other');
  });

  it('brought by two at once is brought once', async () => {
    const next = draft();
    next.rows.splice(0, next.rows.length);
    next.merge('14758', '14761').merge('16438');
    next.rows.push('38,,14758,38,14758,0'.replace(',,', ',380,'));
    const both = await Promise.all([1, 2].map(() => bring(server.ownerUrl, next, { day: '2026-01-01' })));
    expect(both.filter(({ said }) => said[0]?.startsWith('Nothing'))).toHaveLength(1);
    expect(await server.sql(`select code from administrative_unit where valid_from = '2026-01-01'`)).toHaveLength(1);
  });
});

describe('npm run units:import', () => {
  const directory = mkdtempSync(join(tmpdir(), 'cordon-units-'));
  afterAll(() => rmSync(directory, { recursive: true }));

  it('says how it is called, and writes what did not map to a file', { timeout: 120_000 }, async () => {
    const path = (name: string) => join(directory, name);
    expect((await runImport(server.ownerUrl, ['--units', 'none.json'])).err).toContain('npm run units:import --');
    writeFileSync(path('units.json'), draft().unitsText);
    writeFileSync(path('mapping.csv'), draft().mappingText);
    const words = ['--units', path('units.json'), '--mapping', path('mapping.csv')];
    const right = await runImport(server.ownerUrl, [
      ...words,
      '--from',
      '2026-01-01',
      '--dry-run',
      '--report',
      path('r.csv'),
    ]);
    expect(right).toMatchObject({ code: 0, err: '' });
    expect(right.out).toContain('A dry run: nothing was changed.');
    expect(readFileSync(path('r.csv'), 'utf8')).toMatch(/^kind,file,line,code,name\n/);
  });
});

// The real files are an operator's and stay outside the project: UNITS_FILES names the folder where they are given.
describe.each([process.env['UNITS_FILES']].filter((folder) => folder !== undefined))(
  'the reform of July 2025 in %s',
  (folder) => {
    it('leaves 34 provinces and 3,321 communes, and says what did not map', { timeout: 120_000 }, async () => {
      const { ownerUrl, drop } = await cloneDatabase();
      const read = (name: string) => readFileSync(join(folder, name), 'utf8');
      const files = { unitsText: read('units-2025.json'), mappingText: read('units-2021-to-2025.csv') };
      const { said, report } = await bring(ownerUrl, files);
      expect(said[0]).toContain(
        '53 provinces, 705 districts, 10599 communes end, 24 provinces, 0 districts, 3321 communes begin',
      );
      const kinds = ['OLD_WITHOUT_SUCCESSOR', 'NEW_WITHOUT_PREDECESSOR', 'UNKNOWN_OLD_UNIT', 'UNKNOWN_NEW_UNIT'];
      const count = (kind: string) => report.split('\n').filter((line) => line.startsWith(kind)).length;
      expect(kinds.map(count)).toEqual([571, 1, 3, 5]);
      const left = await asOwner(ownerUrl, async (client) => {
        const { rows } = await client.query<{ level: string; count: number }>(
          `select level, count(*)::int from administrative_unit where valid_to is null group by level order by level`,
        );
        return rows;
      });
      expect(left).toEqual([
        { level: 'COMMUNE', count: 3_321 },
        { level: 'NATION', count: 1 },
        { level: 'PROVINCE', count: 34 },
      ]);
      expect((await bring(ownerUrl, files)).said[0]).toMatch(/^Nothing to change/);
      await drop();
    });
  },
);
