import { coversUnit, scopeOf, type Scope } from '../../policy/policy.ts';
import type { Viewer } from '../../policy/viewer.ts';
import type { RuleVersion } from '../shared/movement-rules/evaluate.ts';
import { isInForce } from '../shared/movement-rules/levels.ts';
import type { Territory } from '../territory.service.ts';
import { liesWithin } from './save-zone.ts';
import { EpidemicZone, MovementRule, zoneLevelOf } from './zone.entity.ts';
import { standing, type Zone } from './zone.ts';

/** Whether a zone holds a part of a jurisdiction, or lies in it. */
export function isAbout(zone: Zone, scope: Scope, unitId: string, territory: Territory): boolean {
  const own = territory.byId(unitId);
  return zone.unitIds
    .map((id) => territory.byId(id))
    .some((unit) => coversUnit(scope, unit) || territory.contains(unit, own));
}

/** As of a past moment, or as it stands. */
export function showZone(
  zone: Zone,
  { viewer, territory, at }: { viewer: Viewer | null; territory: Territory; at: Date | null },
): EpidemicZone {
  const scope = viewer && scopeOf(viewer, 'zone.save');
  const shown = (rules: readonly RuleVersion[]) =>
    (at ? rules.filter((rule) => isInForce(rule, at)) : standing(rules)).map(showRule);
  const ended = (rules: readonly RuleVersion[]) =>
    rules
      .filter(({ endedAt }) => endedAt !== null)
      .sort((one, other) => ((one.endedAt ?? '') < (other.endedAt ?? '') ? 1 : -1))
      .map(showRule);
  return Object.assign(new EpidemicZone(), {
    ...{ id: zone.id, name: zone.name, startsOn: zone.startsOn, endsOn: zone.endsOn },
    ...{ contactName: zone.contactName, contactPhone: zone.contactPhone },
    level: zoneLevelOf(zone.level) ?? 'LEVEL_1',
    units: zone.unitIds.map((id) => territory.byId(id)),
    entryRules: shown(zone.entryRules),
    exitRules: shown(zone.exitRules),
    endedEntryRules: ended(zone.entryRules),
    endedExitRules: ended(zone.exitRules),
    mayChange: scope !== null && liesWithin(zone, scope, territory),
  });
}

function showRule({ validFrom, endedAt, ...rule }: RuleVersion): MovementRule {
  const moments = { validFrom: new Date(validFrom), endedAt: endedAt === null ? null : new Date(endedAt) };
  return Object.assign(new MovementRule(), { ...rule, logic: rule.logic as Record<string, unknown> }, moments);
}
