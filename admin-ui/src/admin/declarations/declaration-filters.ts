import type { DeclarationFilter } from '../../gql/admin/graphql.ts';
import { day, oneOf, unitPath, yesNo, type Filters } from '../filters/filter-query.ts';
import { codeOf } from '../filters/unit-path.ts';
import { addDays, startOfDay } from '../days.ts';

export const declarationFields = {
  advice: oneOf('ADMIT', 'EXAMINE', 'REFUSE'),
  origin: unitPath,
  destination: unitPath,
  from: day,
  to: day,
  passed: yesNo,
  channel: oneOf('ONLINE', 'PAPER', 'ASSISTED', 'PARTNER'),
};
export type DeclarationFilters = Filters<typeof declarationFields>;

/** The API's own; `to` is the last day, which the API's range does not contain. */
export function toDeclarationFilter({ origin, destination, from, to, ...same }: DeclarationFilters): DeclarationFilter {
  return {
    ...same,
    ...(origin && { originCode: codeOf(origin) }),
    ...(destination && { destinationCode: codeOf(destination) }),
    ...(from && { submittedFrom: startOfDay(from) }),
    ...(to && { submittedTo: startOfDay(addDays(to, 1)) }),
  };
}
