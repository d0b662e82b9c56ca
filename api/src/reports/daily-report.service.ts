import type { Transaction } from '../platform/database/transaction.ts';
import { canonical } from '../platform/shared/canonical.ts';
import { dayBefore } from '../platform/shared/vietnam-date.ts';
import { checkpointsByIds } from '../checkpoints/checkpoints.service.ts';
import { reachOfNamed } from '../territory/reach.service.ts';
import type { Territory } from '../territory/territory.service.ts';
import type { AdministrativeUnit } from '../territory/unit.entity.ts';
import { DailyReport } from './daily-report.entity.ts';
import { keptReports, lastChangeOf, type KeptReport } from './daily-reports.queries.ts';
import { countDay, countedBy, sections, type DayContent, type PeopleTally } from './day-content.ts';
import type { MovementRow } from './movement-report.entity.ts';
import type { Counted } from './movement-report.service.ts';
import type { ReportScope } from './read-asked.ts';
import type { ReportGroup } from './report-group.ts';
import { ReportWords } from './report-words.ts';
import { passagesIn } from './tally.ts';

export interface AskedDay {
  unit: AdministrativeUnit;
  day: string;
  at: Date;
  /** False: counted now, whatever is kept. */
  kept: boolean;
}

/** The rows that a unit's report is of. */
export function reportScopeOf(territory: Territory, unit: AdministrativeUnit): ReportScope {
  const { provinces, unitIds } = reachOfNamed(territory, unit);
  const scope = { provinces, unitIds: unitIds && [...unitIds], checkpointIds: null };
  return { scope, unit, unitCode: unit.id, checkpointIds: null };
}

/** The report of a unit on a day: the one that was kept, or else one counted now. */
export async function dailyReport(tx: Transaction, territory: Territory, asked: AskedDay): Promise<DailyReport> {
  const { unit, day, at } = asked;
  const of = reportScopeOf(territory, unit);
  const reading = { tx, territory, of };
  const reports = new Map((await keptReports(tx, unit, [day, dayBefore(day)])).map((one) => [one.day, one]));
  const kept = asked.kept ? reports.get(day) : undefined;
  const content = kept?.content ?? (await countDay(reading, day, reports.get(dayBefore(day))?.content ?? null));
  const names = new Map(
    (
      await checkpointsByIds(
        tx,
        content.byCheckpoint.flatMap(({ keys }) => keys),
      )
    ).map(({ id, name }) => [id, name]),
  );
  return Object.assign(new DailyReport(), {
    ...content,
    ...rowsOf(content, territory, of, { day, names }),
    unit,
    date: day,
    generatedAt: kept?.made_at ?? at,
    final: kept !== undefined,
    changedAt: kept ? await changedSince(reading, kept) : null,
  });
}

interface Naming {
  day: string;
  names: ReadonlyMap<string, string>;
}

function rowsOf(content: DayContent, territory: Territory, of: ReportScope, { day, names }: Naming) {
  const wordsOf = (on: string, groups: ReportGroup[]) =>
    new ReportWords(territory, of, { span: { from: on, to: on }, groups, filter: {} }, names);
  const whole = (on: string, { people, ...tally }: PeopleTally) => wordsOf(on, []).rowOf(null, tally, people);
  const rows = (section: keyof typeof sections): MovementRow[] => {
    const words = wordsOf(day, [sections[section]]);
    return words.sorted(content[section].map(({ keys, tally, people }) => words.rowOf(keys, tally, people)));
  };
  const most = (section: MovementRow[]) => section.toSorted((one, other) => passagesIn(other) - passagesIn(one));
  return {
    movement: whole(day, content.movement),
    previousDay: whole(dayBefore(day), content.previousDay),
    byHour: rows('byHour'),
    byCheckpoint: rows('byCheckpoint'),
    byOrigin: most(rows('byOrigin')),
    byDestination: most(rows('byDestination')),
  };
}

/** When the day changed since its report was made; null where its checkpoints' figures are what it says. */
async function changedSince(
  reading: { tx: Transaction; territory: Territory; of: ReportScope },
  { day, content }: KeptReport,
): Promise<Date | null> {
  const now = await countedBy(reading, day, sections.byCheckpoint);
  if (figuresOf(now) === figuresOf(content.byCheckpoint)) return null;
  return lastChangeOf(reading.tx, reading.of.scope, day);
}

const figuresOf = (counted: readonly Counted[]): string =>
  counted
    .map(({ keys, tally }) => canonical([keys, tally]))
    .sort()
    .join();
