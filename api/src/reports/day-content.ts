import type { Transaction } from '../platform/database/transaction.ts';
import { dayCounts } from '../passages/day-counts.service.ts';
import { dayBefore, endOfDay, startOfDay } from '../platform/shared/vietnam-date.ts';
import type { Territory } from '../territory/territory.service.ts';
import { caseCounts, type CaseCounts } from '../tracing/case-counts.service.ts';
import { countMovement, countPeople, type Counted, type ReportScope } from './movement-report.service.ts';
import type { ReportGroup } from './report-group.ts';
import { addTallies, type Tally } from './tally.ts';

/** How many passed, and how many different people that were; null where that is not known. */
export type PeopleTally = Tally & { people: number | null };
export type Section = Array<Counted & { people: number | null }>;

export interface Counts {
  paperEntered: number;
  paperOutstanding: number;
  verificationsPending: number;
  mismatches: number;
  mismatchesWaiting: number;
  cases: CaseCounts;
}

/** What a daily report says, as it is kept: keys and counts, and nobody. */
export interface DayContent extends Counts {
  movement: PeopleTally;
  previousDay: PeopleTally;
  previousCounts: Counts;
  byHour: Section;
  byCheckpoint: Section;
  byOrigin: Section;
  byDestination: Section;
}

/** The sections of a report, and by what each counts. */
export const sections = {
  byHour: 'HOUR',
  byCheckpoint: 'CHECKPOINT',
  byOrigin: 'ORIGIN',
  byDestination: 'DESTINATION',
} as const satisfies Record<string, ReportGroup>;

type Reading = { tx: Transaction; territory: Territory; of: ReportScope };

/** Counts a day. What its day before kept of itself is given, where it did. */
export async function countDay(reading: Reading, day: string, kept: Counts | null): Promise<DayContent> {
  const before = dayBefore(day);
  const [{ movement, byCheckpoint }, { movement: previousDay }] = [
    await wholeDay(reading, day),
    await wholeDay(reading, before),
  ];
  return {
    movement,
    previousDay,
    ...(await countsOf(reading, day, movement)),
    previousCounts: kept ?? (await countsOf(reading, before, previousDay)),
    byHour: await sectionOf(reading, day, sections.byHour),
    byCheckpoint,
    byOrigin: await sectionOf(reading, day, sections.byOrigin),
    byDestination: await sectionOf(reading, day, sections.byDestination),
  };
}

/** A day by its checkpoints, and all of it. */
async function wholeDay(reading: Reading, day: string): Promise<Pick<DayContent, 'movement' | 'byCheckpoint'>> {
  const counted = await countedBy(reading, day, sections.byCheckpoint);
  const groups = [sections.byCheckpoint];
  const people = await countPeople(reading.tx, reading.territory, reading.of, asked(day, groups));
  return {
    movement: { ...addTallies(counted.map(({ tally }) => tally)), people: people?.total() ?? null },
    byCheckpoint: counted.map((one) => ({ ...one, people: people?.of(one.keys, groups) ?? null })),
  };
}

async function sectionOf(reading: Reading, day: string, group: ReportGroup): Promise<Section> {
  return (await countedBy(reading, day, group)).map((one) => ({ ...one, people: null }));
}

const asked = (day: string, groups: readonly ReportGroup[]) => ({ span: { from: day, to: day }, groups, filter: {} });

/** The passages of a day, by one thing. */
export const countedBy = ({ tx, territory, of }: Reading, day: string, group: ReportGroup): Promise<Counted[]> =>
  countMovement(tx, territory, of, asked(day, [group]));

async function countsOf({ tx, of }: Reading, day: string, { paper }: Tally): Promise<Counts> {
  const waiting = await dayCounts(tx, of.scope, startOfDay(day), endOfDay(day));
  return {
    // What was recorded a second ago may wait already and not be counted as paper yet.
    paperEntered: Math.max(0, paper - waiting.paperOutstanding),
    paperOutstanding: waiting.paperOutstanding,
    verificationsPending: waiting.unverified,
    mismatches: waiting.mismatched,
    mismatchesWaiting: waiting.mismatchesWaiting,
    cases: await caseCounts(tx, of.scope, day),
  };
}
