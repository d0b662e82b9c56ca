import { coversUnit, scopeOf } from '../policy/policy.ts';
import type { Viewer } from '../policy/viewer.ts';
import type { Territory } from '../territory/territory.service.ts';
import type { AdministrativeUnit } from '../territory/unit.entity.ts';

/** The unit that is meant, by its code of a day or its id; null where the viewer does not read reports of all of it. */
export function unitInReach(
  viewer: Viewer,
  territory: Territory,
  code: string,
  day: string,
): AdministrativeUnit | null {
  const scope = scopeOf(viewer, 'report.read');
  const unit = territory.named(code, day);
  if (!scope || !unit) return null;
  const covered = unit.level === 'NATION' ? viewer.jurisdiction.isNation : coversUnit(scope, unit);
  return covered ? unit : null;
}
