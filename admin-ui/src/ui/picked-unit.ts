import { getFragmentData, type FragmentType } from '../gql/ui/fragment-masking.ts';
import { PickableUnitFragmentDoc, type FindUnitsQuery, type UnitLevel } from '../gql/ui/graphql.ts';

/** A unit that was picked, with what forms need to know of it without asking again. */
export interface PickedUnit {
  id: string;
  code: string;
  level: UnitLevel;
  /** Xã Quảng Bình, Quảng Xương, Thanh Hóa */
  path: string;
  /** The codes of the units above it, nearest first. */
  above: string[];
  /** What it was found by: a place that it took in, as people still call it. */
  formerly?: string;
}

const mostOffered = 20;

/** Those of today, and for those that are gone what took their place, under the old name. Each place once. */
export function offered(
  found: FindUnitsQuery['administrativeUnits'],
  level: UnitLevel | null,
  today: string,
): PickedUnit[] {
  const isGone = ({ validTo }: { validTo?: string | null | undefined }) => Boolean(validTo && validTo < today);
  const units = new Map(found.filter((unit) => !isGone(unit)).map((unit) => [unit.id, toPickedUnit(unit)]));
  for (const former of found.filter(isGone))
    for (const heir of former.replacedBy.filter((unit) => !isGone(unit)).map(toPickedUnit))
      if (!units.has(heir.id) && (level === null || heir.level === level))
        units.set(heir.id, { ...heir, formerly: toPickedUnit(former).path });
  return [...units.values()].slice(0, mostOffered);
}

/** As it is picked in a form that is filled in already. */
export function toPickedUnit(masked: FragmentType<typeof PickableUnitFragmentDoc>): PickedUnit {
  const unit = getFragmentData(PickableUnitFragmentDoc, masked);
  const above = [unit.parent, unit.parent?.parent]
    .filter((step) => step?.level && step.level !== 'NATION')
    .filter((step) => !!step);
  return {
    id: unit.id,
    code: unit.code,
    level: unit.level,
    path: [unit.fullName, ...above.map((step) => step.name)].join(', '),
    above: above.map((step) => step.code),
  };
}
