import { checkIds } from '../platform/graphql/check-ids.ts';
import { badInput } from '../platform/graphql/problems.ts';
import { reachOfNamed } from '../territory/reach.service.ts';
import type { Territory } from '../territory/territory.service.ts';
import type { DeclarationFilter } from './declaration.input.ts';
import type { DeclarationListFilter } from './declaration-list.queries.ts';

/** What was asked for, as rows have it: the units that its codes stand for today. Refuses what no row can have. */
export function readDeclarationFilter(
  territory: Territory,
  { originCode, destinationCode, ...rest }: DeclarationFilter,
): DeclarationListFilter {
  checkIds({ 'filter.citizenId': rest.citizenId });
  return {
    ...rest,
    originUnitIds: unitIdsOf(territory, 'originCode', originCode),
    destinationUnitIds: unitIdsOf(territory, 'destinationCode', destinationCode),
  };
}

function unitIdsOf(territory: Territory, argument: string, code: string | null | undefined): string[] | null {
  if (!code) return null;
  const unit = territory.named(code);
  if (!unit)
    throw badInput({
      [`filter.${argument}`]: { vi: 'Không có đơn vị nào mang mã này.', en: 'No unit has this code.' },
    });
  return [...reachOfNamed(territory, unit).allIds];
}
