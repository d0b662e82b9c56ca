import type { Scope } from '../../policy/policy.ts';
import type { RuleVersion } from '../shared/movement-rules/evaluate.ts';
import type { Territory } from '../territory.service.ts';
import type { RuleDraft } from './plan-rules.ts';
import { readZone, type ZoneDraft } from './read-zone.ts';
import type { ZoneInput } from './zone-input.entity.ts';
import type { Zone } from './zone.ts';
import { Zones } from './zones.service.ts';

export interface ZoneTrial {
  /** All zones as they would be with this one, whatever its days. */
  zones: Zones;
  /** The units that it would hold, also by what they were or became in a reform. */
  unitIds: string[];
}

/** The zones as they would be; throws BAD_USER_INPUT as saving would. */
export function tryZone(input: ZoneInput, by: { scope: Scope; territory: Territory; at: Date }): ZoneTrial {
  const { territory } = by;
  const draft = readZone(input, by);
  const zones = new Zones(territory);
  const others = territory.zones.all.filter(({ id }) => id !== draft.id);
  zones.replace(territory.zones.revision, [...others, asIfInForce(draft)]);
  return { zones, unitIds: zones.unitIdsIn(draft.id) };
}

const always = { startsOn: '0001-01-01', endsOn: null };

function asIfInForce(draft: ZoneDraft): Zone {
  const rules = (list: RuleDraft['appliesTo']) =>
    draft.rules.filter(({ appliesTo }) => appliesTo === list).map(toVersion);
  return { ...draft, ...always, entryRules: rules('ENTRY'), exitRules: rules('EXIT') };
}

const toVersion = ({ id, description, descriptionEnglish, logic, onFailure }: RuleDraft): RuleVersion => ({
  ...{ id, description, descriptionEnglish, logic, onFailure },
  version: 0,
  validFrom: '0001-01-01T00:00:00Z',
  endedAt: null,
});
