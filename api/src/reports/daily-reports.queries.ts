import type { Scope } from '../policy/policy.ts';
import type { DayContent } from './day-content.ts';
import type { Runs } from './recount.queries.ts';

export interface KeptReport {
  day: string;
  unit_id: string;
  made_at: Date;
  content: DayContent;
}
interface UnitKey {
  id: string;
  provinceCode: string;
}

const kept = {
  name: 'kept-daily-reports',
  text: `select day::text as day, unit_id, made_at, content from daily_report
         where province_code = $1 and unit_id = $2 and day = any($3::date[])`,
};

/** The reports of a unit that were kept of these days. */
export function keptReports(runs: Runs, unit: UnitKey, days: readonly string[]): Promise<KeptReport[]> {
  return runs.rows<KeptReport>(kept, [unit.provinceCode, unit.id, days]);
}

const changed = {
  name: 'day-changed-at',
  text: `select max(changed_at) as at from movement_day
         where province_code = any($1) and day = $2 and ($3::text[] is null or unit_id = any($3))`,
};

/** When any count of a day last changed. */
export async function lastChangeOf(runs: Runs, { provinces, unitIds }: Scope, day: string): Promise<Date | null> {
  const [row] = await runs.rows<{ at: Date | null }>(changed, [provinces, day, unitIds]);
  return row?.at ?? null;
}

const keep = {
  name: 'keep-daily-report',
  text: `insert into daily_report (province_code, day, unit_id, made_at, content) values ($1, $2, $3, $4, $5)
         on conflict on constraint daily_report_pkey do nothing`,
};

/** Keeps a report, once: whoever comes second leaves the first as it was. */
export async function keepReport(
  runs: Runs,
  unit: UnitKey,
  { day, at, content }: { day: string; at: Date; content: DayContent },
): Promise<void> {
  await runs.rows(keep, [unit.provinceCode, day, unit.id, at, JSON.stringify(content)]);
}

const made = {
  name: 'daily-reports-made',
  text: 'select unit_id from daily_report where province_code = $1 and day = $2',
};

/** The units of a province whose report of a day is kept. */
export async function madeReports(runs: Runs, province: string, day: string): Promise<Set<string>> {
  const rows = await runs.rows<{ unit_id: string }>(made, [province, day]);
  return new Set(rows.map(({ unit_id: id }) => id));
}

const stands = { name: 'units-with-checkpoints', text: 'select distinct unit_id from checkpoint order by 1' };

/** The units that checkpoints stand in, of the whole country. */
export async function unitsWithCheckpoints(runs: Runs): Promise<string[]> {
  return (await runs.rows<{ unit_id: string }>(stands, [])).map(({ unit_id: id }) => id);
}

const moved = {
  name: 'movement-on-day',
  text: 'select exists (select from movement_day where ($1::text[] is null or province_code = any($1)) and day = $2) as any',
};

/** Whether anything was counted on a day, in these provinces or (null) anywhere. */
export async function anyMovement(runs: Runs, provinces: readonly string[] | null, day: string): Promise<boolean> {
  const [row] = await runs.rows<{ any: boolean }>(moved, [provinces, day]);
  return row?.any ?? false;
}
