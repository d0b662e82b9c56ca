import { badInput } from '../../platform/graphql/problems.ts';
import { permit, type Scope } from '../../policy/policy.ts';
import type { Context } from '../../policy/viewer.ts';
import type { ScopeInput } from '../../checkpoints/scope-input.entity.ts';
import { narrowScope } from '../../checkpoints/scope.service.ts';
import type { Territory } from '../../territory/territory.service.ts';
import type { Asked } from './arrivals.queries.ts';

/** Whose arrivals somebody asks for, cut to what they may see. */
export function narrowArrivals(
  context: Context,
  territory: Territory,
  { part, zoneId }: { part: ScopeInput | null; zoneId: string | null },
): { within: Scope; asked: Omit<Asked, 'list'> } {
  const within = narrowScope(permit(context, 'arrival.list'), part, territory);
  return { within, asked: { unitIds: zoneId ? unitsOfZone(territory, zoneId) : null, at: context.at } };
}

function unitsOfZone({ zones }: Territory, zoneId: string): string[] {
  if (zones.all.every(({ id }) => id !== zoneId))
    throw badInput({ zoneId: { vi: 'Không có vùng dịch này.', en: 'There is no such zone.' } });
  return zones.unitIdsIn(zoneId);
}
