import { DAY_MS } from '../../platform/shared/instant.ts';
import { vietnamDate } from '../../platform/shared/vietnam-date.ts';
import { rangesOf } from '../shared/movement-rules/code-ranges.ts';
import type { RuleVersion } from '../shared/movement-rules/evaluate.ts';
import { nationalRules } from '../shared/movement-rules/national-rules.ts';
import type { ListedZone, RulesInForce } from '../shared/movement-rules/rules-in-force.ts';
import type { Territory } from '../territory.service.ts';
import type { AdministrativeUnit } from '../unit.entity.ts';

// A device may be without the server for days: what begins meanwhile it knows beforehand.
const aheadMs = 7 * DAY_MS;

/** What is in force now or will be within a week, as a device needs it to judge by itself. */
export function rulesInForce(territory: Territory, at: Date): RulesInForce {
  const { zones } = territory;
  const ahead = new Date(at.getTime() + aheadMs);
  const [today, lastDay] = [vietnamDate(at), vietnamDate(ahead)];
  const soon = (rules: readonly RuleVersion[]) =>
    rules.filter(({ validFrom, endedAt }) => {
      const over = endedAt !== null && Date.parse(endedAt) <= at.getTime();
      return !over && Date.parse(validFrom) <= ahead.getTime();
    });
  const listed = zones.all
    .filter(({ startsOn, endsOn }) => startsOn <= lastDay && (endsOn === null || endsOn >= today))
    .map(({ id, level, startsOn, endsOn, entryRules, exitRules }): ListedZone => {
      const rules = { entryRules: soon(entryRules), exitRules: soon(exitRules) };
      return { level, startsOn, endsOn, units: rangesIn(territory, id), ...rules };
    });
  return { rulesVersion: zones.revision, everywhere: soon(nationalRules), zones: listed };
}

const known = new WeakMap<readonly AdministrativeUnit[], string[]>();

/** The codes that a zone holds, as runs; found once for each state of the zones. */
function rangesIn({ zones, all }: Territory, zoneId: string): string[] {
  const held = zones.unitsIn(zoneId);
  const found = known.get(held);
  if (found) return found;
  const own = new Set(held.map(({ code }) => code));
  const ranges = rangesOf(
    [...all].map(({ code }) => code),
    (code) => own.has(code),
  );
  known.set(held, ranges);
  return ranges;
}
