import { fold } from '../../platform/shared/text.ts';
import { dayBefore } from '../../platform/shared/vietnam-date.ts';
import { planSuccessors } from './plan-successors.ts';
import {
  ReformRefused,
  type FileMapping,
  type FileUnit,
  type ReformPlan,
  type StoredUnit,
  type Successor,
  type Unmapped,
} from './reform.ts';

export interface Files {
  unitsFile: string;
  units: FileUnit[];
  mappings: FileMapping[];
}

export interface Stored {
  units: StoredUnit[];
  successors: Successor[];
}

/** What has to change so that the files' units hold from a day on. Brought already, it is nothing. */
export function planReform(stored: Stored, files: Files, day: string): ReformPlan {
  const before = dayBefore(day);
  refuseLaterUnits(stored.units, files, day);
  const old = byCode(stored.units, before);
  const now = byCode(stored.units, day);
  const next = nextUnits(old, now, files, day);
  const kept = new Set([...next.values()].map(({ unitId }) => unitId));
  const gone = [...old.values()].filter(({ level, unitId }) => level !== 'NATION' && !kept.has(unitId));
  const ended = gone.filter(({ validTo }) => validTo === null || validTo > before);
  const stands = new Set(stored.units.map(({ unitId }) => unitId));
  const begun = [...next.values()].filter(({ unitId }) => !stands.has(unitId));
  const { successors, unmapped } = planSuccessors({ old, next, gone, day, known: stored.successors }, files.mappings);
  refuseOtherBeginning(unmapped, files, before);
  return { ended: ended.map((unit) => ({ ...unit, validTo: before })), begun, successors, unmapped };
}

const byCode = (units: StoredUnit[], on: string) =>
  new Map(
    units
      .filter(({ validFrom, validTo }) => validFrom <= on && (validTo === null || on <= validTo))
      .map((unit) => [unit.code, unit]),
  );

function refuseLaterUnits(units: StoredUnit[], { unitsFile: file }: Files, day: string): void {
  const later = units.find(({ validFrom }) => validFrom > day);
  if (!later) return;
  const problem = `units from ${later.validFrom} are there already (${later.unitId}): reforms come one after the other`;
  throw new ReformRefused([{ file, line: null, field: null, problem }]);
}

/** A mapping that begins from other units than those that stand here would give codes that are used again a wrong past. */
function refuseOtherBeginning(unmapped: Unmapped[], { mappings }: Files, before: string): void {
  const unknown = unmapped.filter(({ kind }) => kind === 'UNKNOWN_OLD_UNIT').length;
  const file = mappings[0]?.file ?? '';
  const problem = `${unknown} of its ${mappings.length} old units are not among those of ${before}: another day, or another reform?`;
  if (unknown > mappings.length / 2) throw new ReformRefused([{ file, line: null, field: null, problem }]);
}

/** The units of the day by code: those that stay as they are, and those that begin with it. */
function nextUnits(
  old: Map<string, StoredUnit>,
  now: Map<string, StoredUnit>,
  files: Files,
  day: string,
): Map<string, StoredUnit> {
  const moved = codesThatMove(files.mappings);
  const next = new Map<string, StoredUnit>();
  const nation = old.get('VN') ?? now.get('VN');
  const inOrder = files.units.toSorted((a, b) => a.code.length - b.code.length);
  const problems: ReformRefused['problems'][number][] = [];
  for (const unit of inOrder) {
    const parent = unit.parent === null ? nation : next.get(unit.parent);
    const wanted = toStored(unit, parent, day);
    const standing = now.get(unit.code);
    const same = standing && isSame(standing, wanted);
    if (standing?.validFrom === day && !same)
      problems.push({ file: files.unitsFile, line: unit.line, field: 'name', problem: differs(standing) });
    const stays = same && (standing.validFrom === day || !moved.has(unit.code));
    next.set(unit.code, stays ? standing : wanted);
  }
  if (problems.length > 0) throw new ReformRefused(problems);
  return next;
}

const differs = ({ unitId, fullName }: StoredUnit) =>
  `${unitId} was imported for this day as "${fullName}", of the same code but another name, level or unit above`;

function toStored(unit: FileUnit, parent: StoredUnit | undefined, day: string): StoredUnit {
  const { code, name, fullName, level } = unit;
  const provinceCode = level === 'PROVINCE' ? code : (parent?.provinceCode ?? '');
  const parentId = parent?.unitId ?? null;
  return {
    unitId: `${code}@${day}`,
    code,
    name,
    fullName,
    level,
    parentId,
    provinceCode,
    validFrom: day,
    validTo: null,
  };
}

/** Spelling apart: Thanh Hóa and Thanh Hoá are one name. */
const isSame = (one: StoredUnit, other: StoredUnit): boolean =>
  one.level === other.level && one.parentId === other.parentId && fold(one.fullName) === fold(other.fullName);

/** Codes of units that gave something away or took something in: what bears the code from then on is another unit. */
function codesThatMove(mappings: FileMapping[]): Set<string> {
  const moved = new Set<string>();
  for (const { oldProvince, oldDistrict, oldCommune, newProvince, newCommune } of mappings) {
    for (const [from, to] of [
      [oldProvince, newProvince],
      [oldCommune || oldDistrict, newCommune],
    ] as const)
      if (from !== to) moved.add(from).add(to);
  }
  return moved;
}
