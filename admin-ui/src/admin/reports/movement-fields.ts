import type { MovementFilter, ReportGroup, ScopeInput } from '../../gql/admin/graphql.ts';
import { day, ids, oneOf, saidAs, unitPath, type Filters } from '../filters/filter-query.ts';
import { scopeOf } from '../filters/unit-path.ts';

/** What a report can be narrowed to. */
export const movementFields = {
  from: day,
  to: day,
  unit: unitPath,
  at: ids,
  direction: saidAs('passages.chips.direction', oneOf('IN', 'OUT')),
  decision: saidAs('passages.chips.decision', oneOf('ADMITTED', 'REFUSED', 'ISOLATED')),
  channel: saidAs('passages.chips.channel', oneOf('ONLINE', 'PAPER', 'ASSISTED', 'PARTNER')),
};
export type MovementFilters = Filters<typeof movementFields>;

export const toScope = ({ unit, at }: MovementFilters): ScopeInput => ({
  ...scopeOf(unit),
  ...(at && { checkpointIds: at }),
});
export const toFilter = ({ direction, decision, channel }: MovementFilters): MovementFilter => ({
  ...(direction && { direction }),
  ...(decision && { decision }),
  ...(channel && { channel }),
});

export const groups: readonly ReportGroup[] = [
  ...(['DAY', 'HOUR', 'CHECKPOINT', 'UNIT', 'ORIGIN'] as const),
  ...(['DESTINATION', 'PURPOSE', 'CHANNEL', 'DECISION'] as const),
];
const journeys: readonly ReportGroup[] = ['ORIGIN', 'DESTINATION', 'PURPOSE'];
const notWithJourneys: readonly ReportGroup[] = [...journeys, 'HOUR', 'CHANNEL'];

/** Whether two groups can be counted together: the API keeps no count of every combination. */
export function goTogether(one: ReportGroup, other: ReportGroup): boolean {
  if (one === other) return false;
  const journey = [one, other].find((group) => journeys.includes(group));
  return !journey || !notWithJourneys.includes(one === journey ? other : one);
}

/** The groups that stand in an address: one or two that go together, by day where there are none. */
export function readGroups(text: unknown): ReportGroup[] {
  const asked = typeof text === 'string' ? text.split(',') : [];
  const [first = 'DAY', second] = asked.flatMap((word) => groups.find((group) => group === word) ?? []);
  return second && goTogether(first, second) ? [first, second] : [first];
}
