import { HOUR_MS } from '#api/platform/shared/instant.ts';
import type { PassageFilter } from '../../gql/admin/graphql.ts';
import {
  day,
  hourOfDay,
  ids,
  oneOf,
  onlyYes,
  provinceCode,
  saidAs,
  unitPath,
  yesNo,
  type Filters,
} from '../filters/filter-query.ts';
import { scopeOf } from '../filters/unit-path.ts';
import { addDays, startOfDay } from '../days.ts';

/** What the list can be narrowed by; not by plate or name, which are masked here. */
export const passageFields = {
  decision: oneOf('ADMITTED', 'REFUSED', 'ISOLATED'),
  unit: unitPath,
  at: ids,
  hour: hourOfDay,
  from: day,
  to: day,
  direction: oneOf('IN', 'OUT'),
  flagged: yesNo,
  channel: oneOf('ONLINE', 'PAPER', 'ASSISTED', 'PARTNER'),
  offline: yesNo,
  origin: provinceCode,
  destination: provinceCode,
  purpose: saidAs('purpose', oneOf('WORK', 'HOME', 'MEDICAL', 'GOODS', 'OFFICIAL', 'STUDY', 'FAMILY', 'OTHER')),
  awaitsForm: yesNo,
  unverified: onlyYes,
  lastOfPerson: onlyYes,
  superseded: onlyYes,
};
export type PassageFilters = Filters<typeof passageFields>;

/** The API's own; `to` is the last day, which the API's range does not contain. */
export function toPassageFilter(filters: PassageFilters): PassageFilter {
  const { at, from, to, hour, offline, unit, origin, destination, ...same } = filters;
  return {
    ...same,
    ...scopeOf(unit),
    ...(origin && { originProvince: provinceOf(origin) }),
    ...(destination && { destinationProvince: provinceOf(destination) }),
    ...(at && { checkpointIds: at }),
    ...(from && { from: startOfDay(from) }),
    ...(to && { to: startOfDay(addDays(to, 1)) }),
    ...(offline !== undefined && { recordedOffline: offline }),
    ...(hour && hourSpan(hour)),
  };
}

/** The API's empty one: that nobody said which. */
const provinceOf = (code: string) => (code === 'none' ? '' : code);

function hourSpan(hour: string): { from: string; to: string } {
  const from = new Date(`${hour}:00:00+07:00`);
  return { from: from.toISOString(), to: new Date(from.getTime() + HOUR_MS).toISOString() };
}
