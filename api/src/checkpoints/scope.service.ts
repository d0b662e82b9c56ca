import { badInput } from '../platform/graphql/problems.ts';
import { uuid7Time } from '../platform/shared/uuid7.ts';
import type { Scope } from '../policy/policy.ts';
import { reachOfNamed } from '../territory/reach.service.ts';
import type { Territory } from '../territory/territory.service.ts';
import type { AdministrativeUnit } from '../territory/unit.entity.ts';
import type { ScopeInput } from './scope-input.entity.ts';

const mostCheckpoints = 200;

/** What a viewer asks for, cut to what the action reaches: a scope only ever gets narrower. `path` is where it was asked. */
export function narrowScope(
  scope: Scope,
  input: ScopeInput | null | undefined,
  territory: Territory,
  path = 'scope',
): Scope {
  const { unitCode, checkpointIds } = input ?? {};
  const byUnit = unitCode ? withinUnit(scope, unitOf(unitCode, territory, path), territory) : scope;
  return checkpointIds ? atCheckpoints(byUnit, checkpointIds, path) : byUnit;
}

/** What was asked for, as the audit trail may keep it. */
export const codesOf = (input: ScopeInput | null | undefined) => ({
  unitCode: input?.unitCode,
  checkpoints: input?.checkpointIds?.length,
});

function unitOf(code: string, territory: Territory, path: string): AdministrativeUnit {
  const unit = territory.named(code);
  if (!unit)
    throw badInput({ [`${path}.unitCode`]: { vi: 'Không có đơn vị nào mang mã này.', en: 'No unit has this code.' } });
  return unit;
}

function withinUnit(scope: Scope, unit: AdministrativeUnit, territory: Territory): Scope {
  if (unit.level === 'NATION') return scope;
  const reach = reachOfNamed(territory, unit);
  const provinces = scope.provinces.filter((code) => reach.provinces.includes(code));
  return { ...scope, provinces, unitIds: bothUnits(scope.unitIds, reach.unitIds) };
}

function bothUnits(held: readonly string[] | null, asked: ReadonlySet<string> | null): readonly string[] | null {
  if (!held || !asked) return held ?? (asked && [...asked]);
  return held.filter((id) => asked.has(id));
}

function atCheckpoints(scope: Scope, asked: string[], path: string): Scope {
  if (asked.length > mostCheckpoints) {
    throw badInput({
      [`${path}.checkpointIds`]: {
        vi: `Tối đa ${mostCheckpoints} chốt.`,
        en: `At most ${mostCheckpoints} checkpoints.`,
      },
    });
  }
  const ids = asked.filter((id) => uuid7Time(id) !== null);
  return { ...scope, checkpointIds: scope.checkpointIds ? ids.filter((id) => scope.checkpointIds?.includes(id)) : ids };
}
