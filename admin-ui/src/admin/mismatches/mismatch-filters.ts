import type { PeopleToCheckQueryVariables } from '../../gql/admin/graphql.ts';
import { ids, oneDay, oneOf, onlyYes, saidAs, unitPath, type Filters } from '../filters/filter-query.ts';
import { scopeOf } from '../filters/unit-path.ts';

export const mismatchFields = {
  status: saidAs('verdict', oneOf('MISMATCHED', 'NOT_FOUND')),
  at: ids,
  unit: unitPath,
  referred: onlyYes,
  passedOn: oneDay,
  state: oneOf('WAITING', 'ANY'),
};
type MismatchFilters = Filters<typeof mismatchFields>;

export function toMismatchVariables({
  at,
  unit,
  ...wanted
}: MismatchFilters): Pick<PeopleToCheckQueryVariables, 'scope' | 'filter'> {
  const scope = { ...scopeOf(unit), ...(at && { checkpointIds: at }) };
  return { scope, filter: { ...wanted, referred: wanted.referred ?? false } };
}
