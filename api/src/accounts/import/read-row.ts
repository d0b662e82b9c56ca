import type { Checkpoint } from '../../checkpoints/checkpoint.entity.ts';
import { fold } from '../../platform/shared/text.ts';
import type { Role } from '../../policy/viewer.ts';
import { vietnamDate } from '../../platform/shared/vietnam-date.ts';
import { reachOf } from '../../territory/reach.service.ts';
import type { Territory } from '../../territory/territory.service.ts';
import type { AdministrativeUnit } from '../../territory/unit.entity.ts';
import type { UnitFinder } from './find-unit.ts';
import type { ImportRow } from './import-columns.ts';
import type { RowProblem } from './import.problems.ts';

/** What a row asks for, as far as its cells could be read; the rules of accounts are asked afterwards. */
export interface ReadRow {
  row: ImportRow;
  roles: Role[];
  unit: AdministrativeUnit | null;
  checkpointIds: string[];
  problems: RowProblem[];
}

export interface Lookups {
  units: UnitFinder;
  /** Where a row says nothing. */
  ownUnit: AdministrativeUnit;
  territory: Territory;
  /** By province and upper-case code. */
  checkpoints: ReadonlyMap<string, Checkpoint>;
}

const roleWords: Record<string, Role> = {
  admin: 'ADMIN',
  'quan tri': 'ADMIN',
  'quan tri vien': 'ADMIN',
  administrator: 'ADMIN',
  officer: 'OFFICER',
  'can bo': 'OFFICER',
  'can bo chot': 'OFFICER',
  'can bo truc chot': 'OFFICER',
  'checkpoint officer': 'OFFICER',
  tracer: 'TRACER',
  'truy vet': 'TRACER',
  analyst: 'ANALYST',
  'phan tich': 'ANALYST',
  auditor: 'AUDITOR',
  'kiem tra': 'AUDITOR',
};
const formula = /^[=+\-@]/;

export const keyOfCheckpoint = (provinceCode: string, code: string): string => `${provinceCode} ${code.toUpperCase()}`;

export function readRow(row: ImportRow, lookups: Lookups): ReadRow {
  const problems: RowProblem[] = [];
  for (const path of ['fullName', 'username', 'roles', 'unit', 'checkpoints'] as const)
    if (formula.test(row[path])) problems.push({ path, code: 'FORMULA' });
  const roles = readRoles(row.roles, problems);
  const found = row.unit === '' ? { unit: lookups.ownUnit } : lookups.units.find(row.unit);
  if ('problem' in found) problems.push({ path: 'unit', code: found.problem });
  const unit = 'unit' in found ? found.unit : null;
  const checkpointIds = unit ? readCheckpoints(row.checkpoints, unit, lookups, problems) : [];
  return { row, roles, unit, checkpointIds, problems: firstOfEach(problems) };
}

/** An officer where nothing is written: spreadsheets are of officers. */
function readRoles(text: string, problems: RowProblem[]): Role[] {
  const words = text.split(/[,;/\n]+/).filter((word) => word.trim() !== '');
  const roles = words.map((word) => roleWords[fold(word)] ?? { unknown: word.trim() });
  const unknown = roles.find((role) => typeof role === 'object');
  if (unknown) problems.push({ path: 'roles', code: 'UNKNOWN_ROLE', about: unknown.unknown.slice(0, 40) });
  return words.length === 0 ? ['OFFICER'] : [...new Set(roles.filter((role) => typeof role === 'string'))];
}

function readCheckpoints(
  text: string,
  unit: AdministrativeUnit,
  { checkpoints, territory }: Lookups,
  problems: RowProblem[],
): string[] {
  const codes = text
    .normalize('NFC')
    .split(/[,;\s]+/)
    .filter(Boolean);
  // A checkpoint keeps the code of the province it was made in: after a reform the province may have several.
  const { provinces } = reachOf(territory, unit, vietnamDate(new Date()));
  const withCode = (code: string) => provinces.map((province) => checkpoints.get(keyOfCheckpoint(province, code)));
  const found = codes.map((code) => withCode(code).find(Boolean)?.id ?? null);
  const missing = codes.filter((_, at) => found[at] === null);
  const about = missing.slice(0, 5).join(', ').slice(0, 120);
  if (missing.length > 0) problems.push({ path: 'checkpoints', code: 'UNKNOWN_CODE', about });
  return [...new Set(found.filter((id) => id !== null))];
}

/** One problem a cell is enough to mend it. */
const firstOfEach = (problems: RowProblem[]): RowProblem[] =>
  problems.filter(({ path }, at) => problems.findIndex((other) => other.path === path) === at);
