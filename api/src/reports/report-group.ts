export const ReportGroup = {
  HOUR: 'HOUR',
  DAY: 'DAY',
  CHECKPOINT: 'CHECKPOINT',
  UNIT: 'UNIT',
  ORIGIN: 'ORIGIN',
  DESTINATION: 'DESTINATION',
  PURPOSE: 'PURPOSE',
  CHANNEL: 'CHANNEL',
  DECISION: 'DECISION',
} as const;
export type ReportGroup = keyof typeof ReportGroup;

/** What is known of journeys alone. */
export const journeyKinds = ['ORIGIN', 'DESTINATION', 'PURPOSE'] as const satisfies readonly ReportGroup[];
export type JourneyKind = (typeof journeyKinds)[number];
export const isJourneyKind = (group: ReportGroup): group is JourneyKind =>
  (journeyKinds as readonly string[]).includes(group);
