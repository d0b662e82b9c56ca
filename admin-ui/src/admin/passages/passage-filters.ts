import type { PassageFilter } from '../../gql/admin/graphql.ts';
import { day, ids, oneOf, onlyYes, yesNo, type Filters } from '../filters/filter-query.ts';
import { addDays, startOfDay } from '../days.ts';

/** What the list can be narrowed by; not by plate or name, which are masked here. */
export const passageFields = {
  decision: oneOf('ADMITTED', 'REFUSED', 'ISOLATED'),
  at: ids,
  from: day,
  to: day,
  direction: oneOf('IN', 'OUT'),
  flagged: yesNo,
  channel: oneOf('ONLINE', 'PAPER', 'ASSISTED', 'PARTNER'),
  offline: yesNo,
  superseded: onlyYes,
};
export type PassageFilters = Filters<typeof passageFields>;

/** The API's own; `to` is the last day, which the API's range does not contain. */
export function toPassageFilter({ at, from, to, offline, ...same }: PassageFilters): PassageFilter {
  return {
    ...same,
    ...(at && { checkpointIds: at }),
    ...(from && { from: startOfDay(from) }),
    ...(to && { to: startOfDay(addDays(to, 1)) }),
    ...(offline !== undefined && { recordedOffline: offline }),
  };
}
