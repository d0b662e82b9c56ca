import { HOUR_MS } from '../platform/shared/instant.ts';
import type { Database } from '../platform/database/database.ts';
import { everyProvince, inTransaction, wholeProvinces } from '../platform/database/transaction.ts';
import { dayBefore, vietnamDate } from '../platform/shared/vietnam-date.ts';
import { reachOfNamed } from '../territory/reach.service.ts';
import { heirOf } from '../territory/succession.service.ts';
import type { Territory } from '../territory/territory.service.ts';
import type { AdministrativeUnit } from '../territory/unit.entity.ts';
import { anyMovement, keepReport, keptReports, madeReports, unitsWithCheckpoints } from './daily-reports.queries.ts';
import { countDay } from './day-content.ts';
import { reportScopeOf } from './daily-report.service.ts';
import { storedSince } from './stored-days.queries.ts';
import { verifyDay } from './verify-rollups.service.ts';

const nation = 'VN';
/** How far back reports are made up for: as long as passages may come late. */
const daysBack = 14;

export interface Making {
  /** The hour of the morning, in Viet Nam, at which the report of the day before is made. */
  hour: number;
  at: Date;
  isStopped?: () => boolean;
}

/** The last day whose report is to be made by now. */
const lastReportDay = ({ hour, at }: Pick<Making, 'hour' | 'at'>): string =>
  dayBefore(vietnamDate(new Date(at.getTime() - hour * HOUR_MS)));

/**
 * Makes the reports that are due and not kept: of every unit with checkpoints in it, and of the country. A day that was missed is
 * made up for where anybody passed. Answers how many were made. Done by two workers at once, each is kept once.
 */
export async function makeReports(database: Database, territory: Territory, making: Making): Promise<number> {
  const standing = await inTransaction(database, everyProvince, unitsWithCheckpoints);
  let made = 0;
  for (const day of daysDue(making))
    for (const [province, units] of unitsByProvince(territory, standing, day)) {
      if (making.isStopped?.()) return made;
      const codes = province === nation ? null : codesOf(territory, units);
      const isLast = day === lastReportDay(making);
      const due = await reportsDue(database, { province, codes, units, day, isLast });
      for (const code of due.length > 0 ? (codes ?? []) : [])
        await mendDay(database, { province: code, day, at: making.at });
      for (const unit of due) await makeReport(database, territory, { unit, day, at: making.at });
      made += due.length;
    }
  return made;
}

/** Oldest first, so that each finds what the day before kept. */
function daysDue(making: Making): string[] {
  const days = [lastReportDay(making)];
  while (days.length < daysBack) days.unshift(dayBefore(days[0] ?? ''));
  return days;
}

/** As they were on the day, the country last. */
function unitsByProvince(
  territory: Territory,
  standing: readonly string[],
  day: string,
): Array<[string, AdministrativeUnit[]]> {
  const steps = standing.flatMap((id) => territory.path(heirOf(territory.byId(id), day)));
  const provinces = Map.groupBy(new Set(steps), ({ provinceCode }) => provinceCode);
  return provinces.size > 0 ? [...provinces, [nation, [territory.nation]]] : [];
}

/** Those that the passages of these units bear: a checkpoint keeps its own when its province is merged. */
const codesOf = (territory: Territory, units: readonly AdministrativeUnit[]): string[] => [
  ...new Set(units.flatMap((unit) => reachOfNamed(territory, unit).provinces)),
];

interface Due {
  province: string;
  codes: readonly string[] | null;
  units: readonly AdministrativeUnit[];
  day: string;
  isLast: boolean;
}

function reportsDue(database: Database, { province, codes, units, day, isLast }: Due): Promise<AdministrativeUnit[]> {
  return inTransaction(database, everyProvince, async (tx) => {
    const made = await madeReports(tx, province, day);
    const missing = units.filter(({ id }) => !made.has(id));
    const wanted = missing.length > 0 && (isLast || (await anyMovement(tx, codes, day)));
    return wanted ? missing : [];
  });
}

/** What goes into a report that is kept is counted anew first. */
async function mendDay(
  database: Database,
  { province, day, at }: { province: string; day: string; at: Date },
): Promise<void> {
  await inTransaction(database, wholeProvinces([province]), async (tx) => {
    const since = await storedSince(tx, province);
    if (since) await verifyDay(tx, province, { day, since, at });
  });
}

async function makeReport(
  database: Database,
  territory: Territory,
  { unit, day, at }: { unit: AdministrativeUnit; day: string; at: Date },
): Promise<void> {
  const of = reportScopeOf(territory, unit);
  await inTransaction(database, wholeProvinces(of.scope.provinces), async (tx) => {
    const [before] = await keptReports(tx, unit, [dayBefore(day)]);
    const content = await countDay({ tx, territory, of }, day, before?.content ?? null);
    await keepReport(tx, unit, { day, at, content });
  });
}
