import type { Transaction } from '../platform/database/transaction.ts';
import type { Page, Sorting } from '../platform/graphql/connection.ts';
import { endOfDay, startOfDay } from '../platform/shared/vietnam-date.ts';
import type { Scope } from '../policy/policy.ts';
import type { CaseRow, CaseStatus } from './case.row.ts';
import type { RuleSet } from './rule-set.ts';

/** A day is a text, whatever the driver makes of dates. */
const caseColumns = `province_code, id, unit_id, citizen_id, status, onset_on::text, sampled_on::text, confirmed_on::text, isolated_at,
  rule_set, infectious_from, infectious_until, override_reason, opened_at, opened_by, justification, closed_at, closed_by, close_reason`;
const own = `select ${caseColumns} from epidemic_case
  where province_code = any($1) and ($2::text[] is null or unit_id = any($2)) and id = $3`;

const byId = { name: 'case-by-id', text: own };

export async function caseById(tx: Transaction, scope: Scope, id: string): Promise<CaseRow | null> {
  const [row] = await tx.rows<CaseRow>(byId, [scope.provinces, scope.unitIds, id]);
  return row ?? null;
}

const locked = { name: 'lock-case', text: `${own} for no key update` };

/** Until the transaction ends nobody else changes or closes it. */
export async function lockCase(tx: Transaction, scope: Scope, id: string): Promise<CaseRow | null> {
  const [row] = await tx.rows<CaseRow>(locked, [scope.provinces, scope.unitIds, id]);
  return row ?? null;
}

const byIds = {
  name: 'cases-by-ids',
  text: `select ${caseColumns} from epidemic_case
         where province_code = any($1) and ($2::text[] is null or unit_id = any($2)) and id = any($3)`,
};

export const casesByIds = (tx: Transaction, scope: Scope, ids: readonly string[]): Promise<CaseRow[]> =>
  tx.rows<CaseRow>(byIds, [scope.provinces, scope.unitIds, ids]);

/** Newest first; a row's key is its `opened_at` and `id`. */
export const caseSorting: Sorting = { list: 'cases', key: ['time', 'id'] };

export interface CaseFilter {
  status: CaseStatus | null;
  /** True: only open ones; false: only closed ones. */
  open: boolean | null;
  openedOn: string | null;
}

const matching = `province_code = any($1) and ($2::text[] is null or unit_id = any($2)) and ($3::text is null or status = $3)
  and ($4::boolean is null or (closed_at is null) = $4)
  and ($5::timestamptz is null or (opened_at >= $5 and opened_at < $6::timestamptz))`;
const list = {
  name: 'cases',
  text: `select ${caseColumns} from epidemic_case where ${matching}
           and ($7::timestamptz is null or (opened_at, id) < ($7, $8::uuid)) order by opened_at desc, id desc limit $9`,
};
const valuesOf = ({ provinces, unitIds }: Scope, { status, open, openedOn }: CaseFilter): unknown[] => [
  ...[provinces, unitIds, status, open],
  ...(openedOn ? [startOfDay(openedOn), endOfDay(openedOn)] : [null, null]),
];

/** One page, and one more. */
export function listCases(tx: Transaction, scope: Scope, filter: CaseFilter, page: Page): Promise<CaseRow[]> {
  const [at, id] = page.after ?? [null, null];
  return tx.rows<CaseRow>(list, [...valuesOf(scope, filter), at, id, page.first + 1]);
}

const count = {
  name: 'count-cases',
  text: `select count(*)::integer as count from (select from epidemic_case where ${matching} limit $7) found`,
};

export async function countCases(tx: Transaction, scope: Scope, filter: CaseFilter, most: number): Promise<number> {
  const [row] = await tx.rows<{ count: number }>(count, [...valuesOf(scope, filter), most]);
  return row?.count ?? 0;
}

const ruleSetColumns = `code, days_before as "daysBefore", days_after as "daysAfter", isolation_days as "isolationDays",
  home_watch_days as "homeWatchDays", source`;
const inForce = {
  name: 'rule-set-in-force',
  text: `select ${ruleSetColumns} from tracing_rule_set where valid_from <= $1::date order by valid_from desc limit 1`,
};

export async function ruleSetOn(tx: Transaction, day: string): Promise<RuleSet> {
  const [rules] = await tx.rows<RuleSet>(inForce, [day]);
  if (!rules) throw new Error(`No rule set of tracing is in force on ${day}.`);
  return rules;
}

const byCode = { name: 'rule-set-by-code', text: `select ${ruleSetColumns} from tracing_rule_set where code = $1` };

export async function ruleSetByCode(tx: Transaction, code: string): Promise<RuleSet> {
  const [rules] = await tx.rows<RuleSet>(byCode, [code]);
  if (!rules) throw new Error(`The rule set ${code} is gone.`);
  return rules;
}

/** A person, and whoever they are merged with, by the place among those asked about. */
const people = `with person as materialized (
  select w.place, w.province_code, w.id, array(select m.citizen_id from people_merged(array[w.province_code], array[w.id]) m) as ids
  from unnest($1::text[], $2::uuid[]) with ordinality as w (province_code, id, place))`;
type CitizenKeys = ReadonlyArray<{ province_code: string; id: string }>;
const keysOf = (keys: CitizenKeys) => [keys.map((key) => key.province_code), keys.map(({ id }) => id)];

const openOf = {
  name: 'open-cases-of-people',
  text: `${people}
         select w.place::integer as place, e.* from person w cross join lateral (
           select ${caseColumns} from epidemic_case
           where province_code = w.province_code and citizen_id = any(w.ids) and closed_at is null offset 0) e`,
};

/** The open case of each of these, or of whoever they are merged with; by their place from 1 on. */
export const openCasesOf = (tx: Transaction, keys: CitizenKeys): Promise<Array<CaseRow & { place: number }>> =>
  tx.rows(openOf, keysOf(keys));

const stays = {
  name: 'stays-of-people',
  text: `${people}
         select w.place::integer as place, s.unit_id from person w
         cross join lateral stays_of(w.province_code, w.ids) s
         order by w.place, s.rank, s.at desc`,
};

/** The units where each of these may stay, the best known first. */
export async function staysOf(tx: Transaction, keys: CitizenKeys): Promise<string[][]> {
  const rows = await tx.rows<{ place: number; unit_id: string }>(stays, keysOf(keys));
  const found = Map.groupBy(rows, ({ place }) => place);
  return keys.map((_, at) => (found.get(at + 1) ?? []).map(({ unit_id }) => unit_id));
}

const insert = {
  name: 'open-cases',
  text: `insert into epidemic_case (province_code, id, unit_id, citizen_id, status, onset_on, sampled_on, confirmed_on, isolated_at, rule_set,
           infectious_from, infectious_until, override_reason, opened_at, opened_by, justification)
         select * from unnest($1::text[], $2::uuid[], $3::text[], $4::uuid[], $5::text[], $6::date[], $7::date[], $8::date[],
           $9::timestamptz[], $10::text[], $11::timestamptz[], $12::timestamptz[], $13::text[], $14::timestamptz[], $15::uuid[], $16::text[])
         on conflict do nothing returning ${caseColumns}`,
};
const inserted = [
  ...(['province_code', 'id', 'unit_id', 'citizen_id', 'status', 'onset_on', 'sampled_on', 'confirmed_on'] as const),
  ...(['isolated_at', 'rule_set', 'infectious_from', 'infectious_until', 'override_reason'] as const),
  ...(['opened_at', 'opened_by', 'justification'] as const),
];

export type NewCase = Pick<CaseRow, (typeof inserted)[number]>;

/** Those that were opened: not where the id stands, or the person's open case does. */
export const insertCases = (tx: Transaction, rows: readonly NewCase[]): Promise<CaseRow[]> =>
  tx.rows<CaseRow>(
    insert,
    inserted.map((column) => rows.map((row) => row[column])),
  );

const change = {
  name: 'change-case',
  text: `update epidemic_case set status = $3, onset_on = $4, sampled_on = $5, confirmed_on = $6, isolated_at = $7,
           infectious_from = $8, infectious_until = $9, override_reason = $10
         where province_code = $1 and id = $2 returning ${caseColumns}`,
};
const changeable = [
  ...(['status', 'onset_on', 'sampled_on', 'confirmed_on', 'isolated_at'] as const),
  ...(['infectious_from', 'infectious_until', 'override_reason'] as const),
];
export type CaseContent = Pick<CaseRow, (typeof changeable)[number]>;

export async function changeCaseRow(
  tx: Transaction,
  { province_code, id }: Pick<CaseRow, 'province_code' | 'id'>,
  content: CaseContent,
): Promise<CaseRow> {
  const [row] = await tx.rows<CaseRow>(change, [province_code, id, ...changeable.map((column) => content[column])]);
  if (!row) throw new Error('A case that was locked is gone.');
  return row;
}

const close = {
  name: 'close-case',
  text: `update epidemic_case set status = $3, closed_at = $4, closed_by = $5, close_reason = $6
         where province_code = $1 and id = $2 and closed_at is null returning ${caseColumns}`,
};

export interface Closing {
  status: CaseStatus;
  at: Date;
  by: string;
  reason: string;
}

/** Null where it was closed before. */
export async function closeCaseRow(
  tx: Transaction,
  { province_code, id }: Pick<CaseRow, 'province_code' | 'id'>,
  { status, at, by, reason }: Closing,
): Promise<CaseRow | null> {
  const [row] = await tx.rows<CaseRow>(close, [province_code, id, status, at, by, reason]);
  return row ?? null;
}
