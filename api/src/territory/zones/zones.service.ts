import type { Language } from '../../platform/shared/language.ts';
import { describe, type RuleVersion } from '../shared/movement-rules/evaluate.ts';
import type { ZonesAround } from '../shared/movement-rules/levels.ts';
import { nationalRules } from '../shared/movement-rules/national-rules.ts';
import type { AdministrativeUnit } from '../unit.entity.ts';
import type { Zone } from './zone.ts';

interface Units {
  readonly all: Iterable<AdministrativeUnit>;
  find(id: string): AdministrativeUnit | undefined;
}

/** The units of a journey, by their ids. */
export interface JourneyUnits {
  originId: string;
  destinationId: string;
  visitedIds: readonly string[];
}

/** How a declaration names the rule that it did not meet; before rules had versions, it was the code alone. */
export const reasonOf = ({ id, version }: RuleVersion): string => `${id}@${version}`;

/** All zones with their rules, in memory, whole: replaced at once when any of them was changed, on whatever node. */
export class Zones {
  readonly #territory: Units;
  #revision = 1;
  #all: readonly Zone[] = [];
  #byUnitId = new Map<string, Zone[]>();
  #byReason = new Map<string, RuleVersion>();
  /** By the unit itself: where a reform brings new ones, they are asked for anew. */
  #holding = new WeakMap<AdministrativeUnit, readonly Zone[]>();
  #held: ReadonlyMap<string, readonly AdministrativeUnit[]> | null = null;

  constructor(territory: Units) {
    this.#territory = territory;
    this.replace(this.#revision, []);
  }

  /** Goes up with every change: what judged by an earlier one may advise otherwise. */
  get revision(): number {
    return this.#revision;
  }

  get all(): readonly Zone[] {
    return this.#all;
  }

  replace(revision: number, zones: readonly Zone[]): void {
    this.#revision = revision;
    this.#all = zones;
    this.#holding = new WeakMap();
    this.#held = null;
    this.#byUnitId = new Map();
    for (const zone of zones)
      for (const unitId of zone.unitIds) this.#byUnitId.set(unitId, [...(this.#byUnitId.get(unitId) ?? []), zone]);
    const rules = zones.flatMap(({ entryRules, exitRules }) => [...entryRules, ...exitRules]);
    this.#byReason = new Map([...nationalRules, ...rules].map((rule) => [reasonOf(rule), rule]));
  }

  /** The zones, of whatever days, that hold a unit: by itself, by one above it, or by what it was or became in a reform. */
  holding(unitId: string): readonly Zone[] {
    const unit = this.#byUnitId.size > 0 ? this.#territory.find(unitId) : undefined;
    if (!unit) return [];
    const known = this.#holding.get(unit);
    if (known) return known;
    const found = new Set([...kinOf(unit)].flatMap(({ id }) => this.#byUnitId.get(id) ?? []));
    this.#holding.set(unit, [...found]);
    return [...found];
  }

  /** The ids of all units, of whatever days, that a zone holds; none where there is no such zone. */
  unitIdsIn(zoneId: string): string[] {
    return this.unitsIn(zoneId).map(({ id }) => id);
  }

  /** The same as units: found once for each state of the zones, by a look at all units. */
  unitsIn(zoneId: string): readonly AdministrativeUnit[] {
    this.#held ??= this.#unitsOfAll();
    return this.#held.get(zoneId) ?? [];
  }

  #unitsOfAll(): ReadonlyMap<string, readonly AdministrativeUnit[]> {
    const held = new Map<string, AdministrativeUnit[]>(this.#all.map(({ id }) => [id, []]));
    for (const unit of this.#territory.all) for (const { id } of this.holding(unit.id)) held.get(id)?.push(unit);
    return held;
  }

  around({ originId, destinationId, visitedIds }: JourneyUnits): ZonesAround<Zone> {
    return {
      origin: this.holding(originId),
      destination: this.holding(destinationId),
      visited: [...new Set(visitedIds.flatMap((id) => this.holding(id)))],
    };
  }

  /** What a stored reason said, in the words of its version; null for one that nobody knows. */
  reasonText(reason: string, language: Language): string | null {
    const rule = this.#byReason.get(reason.includes('@') ? reason : `${reason}@1`);
    return rule ? describe(rule, language) : null;
  }
}

/** A unit, those above it, and the same of all that it took the place of or that took its place. */
function kinOf(unit: AdministrativeUnit): Set<AdministrativeUnit> {
  const kin = new Set<AdministrativeUnit>();
  const walk = (from: AdministrativeUnit, next: (unit: AdministrativeUnit) => readonly AdministrativeUnit[]) => {
    for (let step: AdministrativeUnit | null = from; step; step = step.parent) kin.add(step);
    for (const other of next(from)) walk(other, next);
  };
  walk(unit, ({ replacedBy }) => replacedBy);
  walk(unit, ({ replaces }) => replaces);
  return kin;
}
