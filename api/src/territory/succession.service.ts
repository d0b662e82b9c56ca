import type { AdministrativeUnit } from './unit.entity.ts';

/** Whether a unit is gone on a day. */
export const isOver = ({ validTo }: AdministrativeUnit, on: string): boolean => validTo !== null && validTo < on;

/**
 * What a unit means on a day: itself while it holds, and after that what took its whole place, through any number of
 * reforms. Where it was split, or nothing is known to follow, it stays what it was: a person decides.
 */
export function heirOf(unit: AdministrativeUnit, on: string): AdministrativeUnit {
  const [heir, ...others] = isOver(unit, on) ? unit.replacedBy : [];
  return heir && others.length === 0 && isWhole(unit) ? heirOf(heir, on) : unit;
}

/** A district went whole into one unit only where of each commune is known that it did. */
const isWhole = (unit: AdministrativeUnit): boolean =>
  unit.level !== 'DISTRICT' || unit.children.every((commune) => commune.replacedBy.length > 0);

/** What stands at it keeps what it had until a person decides: it is gone, and no one unit took its place. */
export const awaitsDecision = (unit: AdministrativeUnit, on: string): boolean => isOver(heirOf(unit, on), on);

/** The unit that something at `unit` stood in on an earlier or later day: forward as `heirOf`, back where there is one way. */
export function unitOfDay(unit: AdministrativeUnit, on: string): AdministrativeUnit {
  if (unit.validFrom <= on) return heirOf(unit, on);
  const [before, ...others] = unit.replaces;
  return before && others.length === 0 ? unitOfDay(before, on) : unit;
}

/** Where something at a unit that awaits a decision may go: what took its place, or where nothing is known that of the unit above. */
export function proposalsFor(unit: AdministrativeUnit, on: string): AdministrativeUnit[] {
  const above = unit.parent && unit.level !== 'PROVINCE' ? unit.parent : null;
  const heirs = unit.replacedBy.length > 0 ? unit.replacedBy : (above?.replacedBy ?? []);
  // A district's work may as well go to the province: there is nothing else of its size.
  const province = unit.level === 'DISTRICT' && above ? [above] : [];
  return [...new Set([...heirs, ...province].map((heir) => heirOf(heir, on)))].filter((heir) => !isOver(heir, on));
}
