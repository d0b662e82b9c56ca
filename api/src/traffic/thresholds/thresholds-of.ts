import type { Territory } from '../../territory/territory.service.ts';
import type { AdministrativeUnit } from '../../territory/unit.entity.ts';
import { defaultThresholds, type Thresholds } from './thresholds.ts';

/** What holds in a unit: what was set for it, or for the nearest one above it. */
export function thresholdsOf(
  set: ReadonlyMap<string, Thresholds>,
  territory: Territory,
  unit: AdministrativeUnit,
): { setFor: AdministrativeUnit | null; thresholds: Thresholds } {
  for (const one of new Set([...territory.path(unit), territory.nation])) {
    const thresholds = set.get(one.id);
    if (thresholds) return { setFor: one, thresholds };
  }
  return { setFor: null, thresholds: defaultThresholds };
}
