import 'reflect-metadata';
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, vi } from 'vitest';
import { bringReform, type Brought } from '#api/bring-reform.ts';
import { openDatabase } from '#api/platform/database/database.ts';
import { readMappingFile, readUnitsFile } from '#api/territory/import/import-units.service.ts';
import { unitsOf2021 } from '#api/territory/units-of-2021.service.ts';
import type { TestServer } from './server.ts';

export const reformDay = '2025-07-01';
const root = join(import.meta.dirname, '../..');

interface DraftUnit {
  code: string;
  name: string;
  fullName: string;
  level: string;
  parent: string | null;
}

/** A reform of our own: the units of 2021, of which a test takes away, merges and splits what it is about. */
export class ReformDraft {
  readonly units = new Map<string, DraftUnit>();
  readonly rows: string[] = [];
  readonly #districtOf = new Map<string, string>();

  constructor() {
    const levels = [
      ['tinh_tp', 'PROVINCE'],
      ['quan_huyen', 'DISTRICT'],
      ['xa_phuong', 'COMMUNE'],
    ] as const;
    for (const [list, level] of levels)
      for (const { code, name, name_with_type: fullName, parent_code } of unitsOf2021(list)) {
        this.units.set(code, { code, name, fullName, level, parent: parent_code ?? null });
        if (level === 'COMMUNE') this.#districtOf.set(code, parent_code ?? '');
      }
  }

  /** Takes the districts of a province away: its communes lie right below it, each what it was. */
  withoutDistricts(province: string): this {
    const districts = [...this.units.values()].filter(({ parent }) => parent === province).map(({ code }) => code);
    for (const unit of this.units.values())
      if (districts.includes(unit.parent ?? '')) {
        unit.parent = province;
        this.#row(unit.code, province, unit.code, false);
      }
    for (const district of districts) this.units.delete(district);
    return this;
  }

  merge(into: string, ...others: string[]): this {
    for (const code of others) this.#replace(code, [into]);
    return this;
  }

  split(code: string, ...parts: string[]): this {
    this.#replace(code, parts);
    return this;
  }

  /** One province goes whole into another, its districts and all. */
  mergeProvinces(into: string, other: string): this {
    for (const unit of this.units.values()) if (unit.parent === other) unit.parent = into;
    this.units.delete(other);
    const communes = [...this.units.values()].filter(
      ({ level, parent }) => level === 'COMMUNE' && this.units.get(parent ?? '')?.parent === into,
    );
    const old = unitsOf2021('quan_huyen');
    for (const { code, parent } of communes) {
      const from = old.find((district) => district.code === parent)?.parent_code ?? '';
      if (from === other) this.rows.push([other, parent, code, into, code, '0'].join(','));
    }
    return this;
  }

  rename(code: string, fullName: string): this {
    const unit = this.units.get(code);
    if (unit) unit.fullName = fullName;
    return this;
  }

  #replace(code: string, heirs: string[]): void {
    const province = this.#provinceOf(code);
    const own = this.rows.findIndex((row) => row.split(',')[2] === code);
    if (own >= 0) this.rows.splice(own, 1);
    for (const heir of heirs) this.#row(code, province, heir, heirs.length > 1);
    if (!heirs.includes(code)) this.units.delete(code);
  }

  #provinceOf(code: string): string {
    const parent = this.units.get(code)?.parent;
    return parent ? this.#provinceOf(parent) : code;
  }

  #row(code: string, province: string, heir: string, split: boolean): void {
    this.rows.push([province, this.#districtOf.get(code), code, province, heir, split ? '1' : '0'].join(','));
  }

  get unitsText(): string {
    return `[\n${[...this.units.values()].map((unit) => JSON.stringify(unit)).join(',\n')}\n]\n`;
  }

  get mappingText(): string {
    return ['oldProvince,oldDistrict,oldCommune,newProvince,newCommune,split', ...this.rows].join('\n');
  }
}

export interface Ran {
  code: number;
  out: string;
  err: string;
}

/** Runs npm run units:import as its own process, as an operator does. */
export async function runImport(ownerUrl: string, words: string[]): Promise<Ran> {
  const args = [join(root, 'node_modules/tsx/dist/cli.mjs'), join(root, 'api/src/import-units.ts'), ...words];
  const env = { PATH: process.env['PATH'] ?? '', DATABASE_URL: ownerUrl };
  return promisify(execFile)(process.execPath, args, { cwd: root, env }).then(
    ({ stdout, stderr }) => ({ code: 0, out: stdout, err: stderr }),
    (failed: { code: number; stdout: string; stderr: string }) => ({
      code: failed.code,
      out: failed.stdout,
      err: failed.stderr,
    }),
  );
}

interface Texts {
  unitsText: string;
  mappingText: string;
}

/** Brings a reform as the command does, without the second that a process takes. */
export async function bring(
  ownerUrl: string,
  { unitsText, mappingText }: Texts,
  { day = reformDay, dryRun = false }: { day?: string; dryRun?: boolean } = {},
): Promise<Brought> {
  const units = readUnitsFile('units.json', unitsText);
  const mappings = readMappingFile('mapping.csv', mappingText);
  const database = await openDatabase({
    url: ownerUrl,
    poolSize: 1,
    entities: [],
    onError: () => undefined,
    longestMs: 60_000,
  });
  try {
    const reform = { unitsFile: 'units.json', units, mappings, day, at: new Date() };
    return await bringReform(database, reform, { dryRun });
  } finally {
    await database.close();
  }
}

/** Brings a reform to a running server, and waits until it answers with the new units. */
export async function bringTo(server: TestServer, draft: Texts, day = reformDay): Promise<void> {
  await bring(server.ownerUrl, draft, { day });
  const [begun] = await server.sql<{ unit_id: string; code: string; province_code: string }>(
    `select unit_id, code, province_code from administrative_unit where valid_from = $1 and level = 'COMMUNE' limit 1`,
    [day],
  );
  const document = `query ($parentCode: String!) { administrativeUnits(parentCode: $parentCode, level: COMMUNE) { id code } }`;
  const idOfCode = async () => {
    const answer = await server.graphql<{ administrativeUnits: Array<{ id: string; code: string }> }>(document, {
      parentCode: begun?.province_code,
    });
    return answer.data?.administrativeUnits.find(({ code }) => code === begun?.code)?.id;
  };
  await vi.waitFor(async () => expect(await idOfCode()).toBe(begun?.unit_id), { timeout: 20_000, interval: 100 });
}
