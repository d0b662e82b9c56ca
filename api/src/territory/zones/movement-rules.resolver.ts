import { Arg, Ctx, Query, Resolver } from 'type-graphql';
import { DateTime } from '../../platform/graphql/dates.ts';
import type { RequestContext } from '../../platform/graphql/context.ts';
import type { Locale } from '../../platform/graphql/locale.ts';
import { badInput } from '../../platform/graphql/problems.ts';
import { vietnamDate } from '../../platform/shared/vietnam-date.ts';
import { describe, type RuleVersion } from '../shared/movement-rules/evaluate.ts';
import { holdsOn, isInForce, levelsOf } from '../shared/movement-rules/levels.ts';
import { nationalRules } from '../shared/movement-rules/national-rules.ts';
import type { Territory } from '../territory.service.ts';
import { JourneyRule, JourneyRules, PublicZone, type RuleAppliesTo } from './place-rules.entity.ts';
import { zoneLevelOf } from './zone.entity.ts';
import type { Zone } from './zone.ts';

const mostVisited = 20;
const tooMany = { vi: 'Tối đa 20 nơi.', en: 'At most 20 places.' };
const unknownUnit = { vi: 'Không có đơn vị nào mang mã này.', en: 'No unit has this code.' };

/** What anybody may ask before declaring anything. From memory: it opens no transaction. */
@Resolver()
export class MovementRulesResolver {
  readonly #territory: () => Territory;

  constructor(territory: () => Territory) {
    this.#territory = territory;
  }

  @Query(() => JourneyRules, {
    description:
      'The rules that a journey must meet, in words and as data, with the zones they are of and whom to call. BAD_USER_INPUT for a code that no unit has today.',
  })
  movementRules(
    @Ctx() { at: now, locale }: RequestContext,
    @Arg('destinationCode', () => String, { description: 'Official code of the unit where the journey ends.' })
    destinationCode: string,
    @Arg('originCode', () => String, { nullable: true, description: 'Official code of the unit where it begins.' })
    originCode: string | null,
    @Arg('departsAt', () => DateTime, { nullable: true, description: 'As in force then; now when absent.' })
    departsAt: Date | null,
    @Arg('visitedCodes', () => [String], {
      nullable: true,
      description: 'Units visited in the last 14 days, 20 at most.',
    })
    visitedCodes: string[] | null,
  ): JourneyRules {
    const at = departsAt ?? now;
    const day = vietnamDate(at);
    const territory = this.#territory();
    const visited = visitedCodes ?? [];
    if (visited.length > mostVisited) throw badInput({ visitedCodes: tooMany });
    const destinationId = unitId(territory, 'destinationCode', destinationCode);
    const originId = originCode ? unitId(territory, 'originCode', originCode) : '';
    const visitedIds = visited.map((code, index) => unitId(territory, `visitedCodes.${index}`, code));
    const around = territory.zones.around({ destinationId, originId, visitedIds });
    const { origin, destination, visited: visitedLevel } = levelsOf(around, at);
    const holding = (zones: readonly Zone[]) => zones.filter((zone) => holdsOn(zone, day));
    const [entered, left] = [holding(around.destination), holding(around.origin)];
    const shown = (appliesTo: RuleAppliesTo, zone: Zone | null, rules: readonly RuleVersion[]) =>
      rules.filter((rule) => isInForce(rule, at)).map((rule) => showRule(rule, appliesTo, zone, locale));
    return Object.assign(new JourneyRules(), {
      ...{ originLevel: origin, destinationLevel: destination, visitedLevel },
      zones: [...new Set([...entered, ...left])].sort((one, other) => other.level - one.level).map(showZone),
      rules: [
        ...shown('EVERYWHERE', null, nationalRules),
        ...entered.flatMap((zone) => shown('ENTRY', zone, zone.entryRules)),
        ...left.flatMap((zone) => shown('EXIT', zone, zone.exitRules)),
      ],
    });
  }
}

function unitId(territory: Territory, path: string, code: string): string {
  const unit = territory.byCode(code);
  if (!unit) throw badInput({ [path]: unknownUnit });
  return unit.id;
}

function showZone({ id, name, level, startsOn, endsOn, contactName, contactPhone }: Zone): PublicZone {
  const shown = { id, name, startsOn, endsOn, contactName, contactPhone, level: zoneLevelOf(level) ?? 'LEVEL_1' };
  return Object.assign(new PublicZone(), shown);
}

function showRule(rule: RuleVersion, appliesTo: RuleAppliesTo, zone: Zone | null, locale: Locale): JourneyRule {
  const { id, version, onFailure } = rule;
  return Object.assign(new JourneyRule(), {
    ...{ id, version, onFailure, appliesTo },
    logic: rule.logic as Record<string, unknown>,
    description: describe(rule, locale),
    zone: zone && showZone(zone),
  });
}
