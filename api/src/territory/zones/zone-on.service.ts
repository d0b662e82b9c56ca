import { vietnamDate } from '../../platform/shared/vietnam-date.ts';
import type { Viewer } from '../../policy/viewer.ts';
import { holdsOn } from '../shared/movement-rules/levels.ts';
import type { Territory } from '../territory.service.ts';
import { showZone } from './show-zone.ts';
import type { EpidemicZone } from './zone.entity.ts';

/** The zone of the highest level that holds a unit on the day of a moment. From memory. */
export function zoneOn(
  territory: Territory,
  unitId: string,
  { at, viewer }: { at: Date; viewer: Viewer | null },
): EpidemicZone | null {
  const day = vietnamDate(at);
  const [highest] = territory.zones
    .holding(unitId)
    .filter((zone) => holdsOn(zone, day))
    .sort((one, other) => other.level - one.level);
  return highest ? showZone(highest, { viewer, territory, at: null }) : null;
}
