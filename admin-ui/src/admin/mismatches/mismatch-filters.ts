import type { PeopleToCheckQueryVariables } from '../../gql/admin/graphql.ts';
import { ids, oneOf, onlyYes, saidAs, unitPath, type Filters } from '../filters/filter-query.ts';
import { scopeOf } from '../filters/unit-path.ts';

export const mismatchFields = {
  status: saidAs('verdict', oneOf('MISMATCHED', 'NOT_FOUND')),
  at: ids,
  unit: unitPath,
  referred: onlyYes,
};
type MismatchFilters = Filters<typeof mismatchFields>;

export function toMismatchVariables({
  status,
  at,
  unit,
  referred,
}: MismatchFilters): Pick<PeopleToCheckQueryVariables, 'scope' | 'filter'> {
  const scope = { ...scopeOf(unit), ...(at && { checkpointIds: at }) };
  return { scope, filter: { ...(status && { status }), referred: referred ?? false } };
}
