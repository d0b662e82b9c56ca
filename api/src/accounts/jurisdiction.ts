import type { Jurisdiction } from '../policy/viewer.ts';
import type { Territory } from '../territory/territory.service.ts';
import type { AdministrativeUnit } from '../territory/unit.entity.ts';

// Keyed by the unit in memory: when a reform is imported the units are new ones, and so is this.
const known = new WeakMap<AdministrativeUnit, Jurisdiction>();

/** What an account at a unit reaches: the unit and all below. */
export function jurisdictionOf(territory: Territory, unitId: string): Jurisdiction {
  const unit = territory.byId(unitId);
  const jurisdiction = known.get(unit) ?? reachOf(territory, unit);
  known.set(unit, jurisdiction);
  return jurisdiction;
}

function reachOf(territory: Territory, unit: AdministrativeUnit): Jurisdiction {
  const { id, level, provinceCode } = unit;
  // What belongs to no province, such as the accounts of the nation itself, stands under the nation's own code.
  if (level === 'NATION')
    return { unitId: id, isNation: true, provinces: [provinceCode, ...codesBelow(unit)], unitIds: null };
  const whole = level === 'PROVINCE';
  return {
    unitId: id,
    isNation: false,
    provinces: [provinceCode],
    unitIds: whole ? null : new Set(territory.within(unit).map((below) => below.id)),
  };
}

const codesBelow = (nation: AdministrativeUnit): string[] => [
  ...new Set(nation.children.map(({ provinceCode }) => provinceCode)),
];
