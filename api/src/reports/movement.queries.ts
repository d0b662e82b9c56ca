import { sql, type RawBuilder } from '../platform/database/mikro-orm.ts';
import type { Transaction } from '../platform/database/transaction.ts';
import { endOfDay, startOfDay } from '../platform/shared/vietnam-date.ts';
import type { Scope } from '../policy/policy.ts';
import { columnOf, decisions, directions, journeyCounters, movementCounters, sumsOf } from './counters.ts';
import { isJourneyKind, type JourneyKind, type ReportGroup } from './report-group.ts';

/** Inclusive days of Viet Nam. */
export interface Span {
  from: string;
  to: string;
}

/** The keys of a group, one for each of those asked for, and every counter. */
export interface SumRow {
  keys: string[];
  counts: Record<string, number>;
}

export const mostRows = 10_000;

const paperSums = directions
  .flatMap((direction) =>
    decisions.map((decision) => {
      const column = columnOf(direction, decision, 'all');
      return `coalesce(sum(m.${column}) filter (where m.channel = 'PAPER'), 0)::integer as ${column}_paper`;
    }),
  )
  .join(', ');
const movementSums = [sumsOf(movementCounters), paperSums].join(', ');
const journeySums = sumsOf(journeyCounters);

/** What each group is in the rollup of days, and of hours. DECISION is no column: each row has them all. */
const columns: Partial<Record<ReportGroup, RawBuilder<unknown>>> = {
  HOUR: sql`to_char(m.hour at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"')`,
  CHECKPOINT: sql`m.checkpoint_id`,
  UNIT: sql`m.unit_id`,
  ORIGIN: sql`m.value`,
  DESTINATION: sql`m.value`,
  PURPOSE: sql`m.value`,
  CHANNEL: sql`m.channel`,
};
const days = sql`m.day::text`;
const daysOfHours = sql`(m.hour at time zone 'Asia/Ho_Chi_Minh')::date::text`;

/** Adds up what a scope's passages were in a span of days; one statement, whatever its length. More than `mostRows`: one too many. */
export async function sumMovement(
  tx: Transaction,
  scope: Scope,
  { from, to }: Span,
  groups: readonly ReportGroup[],
  channel: string | null,
): Promise<SumRow[]> {
  const kind = groups.find(isJourneyKind) ?? null;
  const byHour = groups.includes('HOUR');
  const keys = groups.flatMap((group) => (group === 'DAY' ? (byHour ? daysOfHours : days) : (columns[group] ?? [])));
  const places = keys.map((_key, place) => sql.lit(place + 1));
  const named = keys.map((key, place) => sql`${key} as ${sql.ref(`k${place}`)}`);
  const { rows } = await sql<Record<string, string | number>>`
    select ${sql.join([...named, sql.raw(kind ? journeySums : movementSums)])}
    from ${tableOf(kind, byHour)} as m
    where m.province_code = any(${scope.provinces}::text[]) and ${spanOf(byHour, from, to)}
      and (${scope.unitIds}::text[] is null or m.unit_id = any(${scope.unitIds}::text[]))
      and (${scope.checkpointIds}::uuid[] is null or m.checkpoint_id = any(${scope.checkpointIds}::uuid[]))
      ${kind ? sql`and m.kind = ${kind}` : sql``} ${channel ? sql`and m.channel = ${channel}` : sql``}
    ${places.length > 0 ? sql`group by ${sql.join(places)}` : sql``}
    limit ${mostRows + 1}`.execute(tx.kysely);
  return rows.map((row) => ({
    keys: keys.map((_key, place) => String(row[`k${place}`])),
    counts: row as Record<string, number>,
  }));
}

const tableOf = (kind: JourneyKind | null, byHour: boolean) =>
  sql.table(kind ? 'journey_day' : byHour ? 'movement_hour' : 'movement_day');

const spanOf = (byHour: boolean, from: string, to: string) =>
  byHour
    ? sql`m.hour >= ${startOfDay(from)} and m.hour < ${endOfDay(to)}`
    : sql`m.day between ${from}::date and ${to}::date`;

export interface PeopleRow {
  unit_id: string;
  place: string;
  people: number;
}

const people = {
  name: 'people-of-day',
  text: `select unit_id, place, sum(people)::integer as people from people_day
         where province_code = any($1) and day = $2 and ($3::text[] is null or unit_id = any($3))
           and ($4::uuid[] is null or place = any($4::text[]))
         group by 1, 2`,
};

/** How many different people passed on a day, at each checkpoint and in each unit of a scope. */
export function peopleOfDay(tx: Transaction, scope: Scope, day: string): Promise<PeopleRow[]> {
  return tx.rows<PeopleRow>(people, [scope.provinces, day, scope.unitIds, scope.checkpointIds]);
}
