import type { RuleVersion } from './evaluate.ts';
import type { ZoneInForce, ZonesAround } from './levels.ts';
import { isWithin } from './code-ranges.ts';

/** A zone as the trust list tells of it, to anybody. */
export interface ListedZone extends ZoneInForce {
  /** Codes of the units it holds, as runs of code-ranges.ts. */
  units: readonly string[];
}

/** What a device needs to judge by itself: a part of the trust list. */
export interface RulesInForce {
  /** Goes up with every change of a rule or zone. */
  rulesVersion: number;
  everywhere: readonly RuleVersion[];
  zones: readonly ListedZone[];
}

/** The zones around a journey, of whose places only the codes are known. */
export function zonesAroundCodes(
  zones: readonly ListedZone[],
  { origin, destination }: { origin: string | null | undefined; destination: string | null | undefined },
): ZonesAround<ListedZone> {
  const holding = (code: string | null | undefined) => (code ? zones.filter(({ units }) => isWithin(code, units)) : []);
  return { origin: holding(origin), destination: holding(destination), visited: [] };
}
