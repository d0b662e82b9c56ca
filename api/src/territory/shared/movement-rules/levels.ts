import { vietnamDate } from '#api/platform/shared/vietnam-date.ts';
import type { AppliedRule, RuleVersion } from './evaluate.ts';
import type { Levels } from './facts.ts';

/** A zone as far as rules and levels need it. */
export interface ZoneInForce {
  /** 1 to 4. */
  level: number;
  /** Days in Viet Nam, both inclusive. */
  startsOn: string;
  endsOn: string | null;
  entryRules: readonly RuleVersion[];
  exitRules: readonly RuleVersion[];
}

/** The zones, of whatever days, that hold each place of a journey. */
export interface ZonesAround<Zone extends ZoneInForce = ZoneInForce> {
  origin: readonly Zone[];
  destination: readonly Zone[];
  visited: readonly Zone[];
}

export function holdsOn({ startsOn, endsOn }: Pick<ZoneInForce, 'startsOn' | 'endsOn'>, day: string): boolean {
  return startsOn <= day && (endsOn === null || day <= endsOn);
}

export function isInForce({ validFrom, endedAt }: RuleVersion, at: Date): boolean {
  const now = at.getTime();
  return Date.parse(validFrom) <= now && (endedAt === null || now < Date.parse(endedAt));
}

/** Where zones overlap, the highest level counts. 0 in none. */
function levelOn(zones: readonly ZoneInForce[], day: string): number {
  return zones.reduce((highest, zone) => (holdsOn(zone, day) ? Math.max(highest, zone.level) : highest), 0);
}

export function levelsOf({ origin, destination, visited }: ZonesAround, at: Date): Levels {
  const day = vietnamDate(at);
  return {
    origin: levelOn(origin, day),
    destination: levelOn(destination, day),
    visited: levelOn(visited, day),
  };
}

/**
 * The rules for a journey at a moment: those in force everywhere, the entry rules of all zones of the destination, the exit
 * rules of all zones of the origin.
 */
export function rulesFor(everywhere: readonly RuleVersion[], around: ZonesAround, at: Date): AppliedRule[] {
  const day = vietnamDate(at);
  const inZones = (zones: readonly ZoneInForce[]) => zones.filter((zone) => holdsOn(zone, day));
  const applied = (direction: AppliedRule['direction'], rules: readonly RuleVersion[]) =>
    rules.filter((rule) => isInForce(rule, at)).map((rule) => ({ rule, direction }));
  return [
    ...applied('IN', everywhere),
    ...inZones(around.destination).flatMap(({ entryRules }) => applied('IN', entryRules)),
    ...inZones(around.origin).flatMap(({ exitRules }) => applied('OUT', exitRules)),
  ];
}
