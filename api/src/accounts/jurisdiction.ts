import { vietnamDate } from '../platform/shared/vietnam-date.ts';
import type { Jurisdiction } from '../policy/viewer.ts';
import { reachOf } from '../territory/reach.service.ts';
import { heirOf } from '../territory/succession.service.ts';
import type { Territory } from '../territory/territory.service.ts';

/** What an account at a unit reaches today: the unit, or what took its whole place, all below, and what they replaced. */
export function jurisdictionOf(territory: Territory, unitId: string, at: Date = new Date()): Jurisdiction {
  const today = vietnamDate(at);
  const unit = heirOf(territory.byId(unitId), today);
  const { provinces, unitIds } = reachOf(territory, unit, today);
  return { unitId: unit.id, isNation: unit.level === 'NATION', provinces, unitIds };
}
