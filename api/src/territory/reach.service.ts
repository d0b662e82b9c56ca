import { vietnamDate } from '../platform/shared/vietnam-date.ts';
import { heirOf, isOver } from './succession.service.ts';
import type { Territory } from './territory.service.ts';
import type { AdministrativeUnit } from './unit.entity.ts';

/** Which rows a unit stands for. */
export interface UnitReach {
  /** The codes that its rows bear, its own first: a province that was merged has its predecessors' too. */
  provinces: readonly string[];
  /** Null where it covers these provinces whole. */
  unitIds: ReadonlySet<string> | null;
  /** All of its units, also where it covers them whole. */
  allIds: ReadonlySet<string>;
}

// Kept by the unit in memory: when a reform is imported the units are new ones, and so is this.
const known = new WeakMap<AdministrativeUnit, { on: string; reach: UnitReach }>();

/**
 * The rows of a unit as it is on a day: its own, those of all below, and those of what they replaced, as far as all that
 * took its place lies within. So what was split is nobody's but those above all of its parts, and its own.
 */
export function reachOf(territory: Territory, asked: AdministrativeUnit, on: string): UnitReach {
  const unit = heirOf(asked, on);
  const kept = known.get(unit);
  if (kept?.on === on) return kept.reach;
  const reach = compress(territory, unit, cover(territory, unit, on));
  known.set(unit, { on, reach });
  return reach;
}

/**
 * The rows that somebody asks for by naming a unit: of one of today those of its reach; of one that is gone those of its own
 * days, whatever took its place.
 */
export function reachOfNamed(territory: Territory, unit: AdministrativeUnit, at: Date = new Date()): UnitReach {
  const today = vietnamDate(at);
  if (!isOver(unit, today)) return reachOf(territory, unit, today);
  const allIds = new Set(territory.within(unit).map(({ id }) => id));
  return { provinces: [unit.provinceCode], unitIds: allIds, allIds };
}

function cover(territory: Territory, unit: AdministrativeUnit, on: string): Set<AdministrativeUnit> {
  const covered = new Set(territory.within(unit));
  let fresh = [...covered];
  while (fresh.length > 0) {
    const before = new Set(fresh.flatMap(({ replaces }) => replaces));
    const whole = [...before].filter((one) => isOver(one, on) && one.replacedBy.every((heir) => covered.has(heir)));
    fresh = whole.flatMap((one) => territory.within(one)).filter((one) => !covered.has(one));
    for (const one of fresh) covered.add(one);
  }
  return covered;
}

function compress(territory: Territory, unit: AdministrativeUnit, covered: Set<AdministrativeUnit>): UnitReach {
  const codes = new Set([unit, ...covered].map(({ provinceCode }) => provinceCode));
  let total = 0;
  for (const { provinceCode } of territory.all) if (codes.has(provinceCode)) total += 1;
  const allIds = new Set([...covered].map(({ id }) => id));
  return { provinces: [...codes], unitIds: covered.size === total ? null : allIds, allIds };
}
