import type { Transaction } from '../platform/database/transaction.ts';
import type { Page, Sorting } from '../platform/graphql/connection.ts';
import type { Scope } from '../policy/policy.ts';
import type { CaseRow, CaseStatus } from './case.row.ts';
import type { RuleSet } from './rule-set.ts';

/** A day is a text, whatever the driver makes of dates. */
const caseColumns = `province_code, id, unit_id, citizen_id, status, onset_on::text, sampled_on::text, confirmed_on::text, isolated_at,
  rule_set, infectious_from, infectious_until, override_reason, opened_at, opened_by, justification, closed_at, closed_by, close_reason`;

const byId = {
  name: 'case-by-id',
  text: `select ${caseColumns} from epidemic_case
         where province_code = any($1) and ($2::text[] is null or unit_id = any($2)) and id = $3`,
};

export async function caseById(tx: Transaction, scope: Scope, id: string): Promise<CaseRow | null> {
  const [row] = await tx.rows<CaseRow>(byId, [scope.provinces, scope.unitIds, id]);
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
}

const matching = `province_code = any($1) and ($2::text[] is null or unit_id = any($2)) and ($3::text is null or status = $3)
  and ($4::boolean is null or (closed_at is null) = $4)`;
const list = {
  name: 'cases',
  text: `select ${caseColumns} from epidemic_case where ${matching}
           and ($5::timestamptz is null or (opened_at, id) < ($5, $6::uuid)) order by opened_at desc, id desc limit $7`,
};

/** One page, and one more. */
export function listCases(tx: Transaction, scope: Scope, { status, open }: CaseFilter, page: Page): Promise<CaseRow[]> {
  const [at, id] = page.after ?? [null, null];
  return tx.rows<CaseRow>(list, [scope.provinces, scope.unitIds, status, open, at, id, page.first + 1]);
}

const count = {
  name: 'count-cases',
  text: `select count(*)::integer as count from (select from epidemic_case where ${matching} limit $5) found`,
};

export async function countCases(
  tx: Transaction,
  scope: Scope,
  { status, open }: CaseFilter,
  most: number,
): Promise<number> {
  const [row] = await tx.rows<{ count: number }>(count, [scope.provinces, scope.unitIds, status, open, most]);
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

const openOf = {
  name: 'open-case-of-person',
  text: `select ${caseColumns} from epidemic_case
         where province_code = $1 and closed_at is null
           and citizen_id in (select m.citizen_id from people_merged(array[$1::text], array[$2::uuid]) m)`,
};

/** The open case of somebody, or of whoever they are merged with. */
export async function openCaseOf(tx: Transaction, province: string, citizenId: string): Promise<CaseRow | null> {
  const [row] = await tx.rows<CaseRow>(openOf, [province, citizenId]);
  return row ?? null;
}

// What is known of where somebody stays, the best first: as last declared, as known of them, where they last went or passed.
const stays = {
  name: 'stay-of-person',
  text: `with person as materialized (
           select m.citizen_id from people_merged(array[$1::text], array[$2::uuid]) m)
         , stay as (
           (select 1 as rank, d.stay_unit_id as unit_id, d.submitted_at as at from declaration d
            where d.province_code = $1 and d.citizen_id in (select citizen_id from person) order by d.submitted_at desc limit 1)
           union all
           select 2, c.temporary_unit_id, c.created_at from citizen c where c.province_code = $1 and c.id in (select citizen_id from person)
           union all
           select 3, c.permanent_unit_id, c.created_at from citizen c where c.province_code = $1 and c.id in (select citizen_id from person)
           union all
           (select 4, p.destination_unit_id, p.occurred_at from passage p
            where p.province_code = $1 and p.citizen_id in (select citizen_id from person) order by p.occurred_at desc limit 1)
           union all
           (select 5, p.unit_id, p.occurred_at from passage p
            where p.province_code = $1 and p.citizen_id in (select citizen_id from person) order by p.occurred_at desc limit 1))
         select unit_id from stay where unit_id is not null order by rank, at desc`,
};

/** The units where somebody may stay, the best known first. */
export async function staysOf(tx: Transaction, province: string, citizenId: string): Promise<string[]> {
  return (await tx.rows<{ unit_id: string }>(stays, [province, citizenId])).map((row) => row.unit_id);
}

const insert = {
  name: 'open-case',
  text: `insert into epidemic_case (province_code, id, unit_id, citizen_id, status, onset_on, sampled_on, confirmed_on, isolated_at, rule_set,
           infectious_from, infectious_until, override_reason, opened_at, opened_by, justification)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)
         on conflict do nothing returning ${caseColumns}`,
};

export type NewCase = Omit<CaseRow, 'closed_at' | 'closed_by' | 'close_reason'>;

/** Null where the id stands, or the person's open case does. */
export async function insertCase(tx: Transaction, row: NewCase): Promise<CaseRow | null> {
  const [stored] = await tx.rows<CaseRow>(insert, [
    ...[row.province_code, row.id, row.unit_id, row.citizen_id, row.status],
    ...[row.onset_on, row.sampled_on, row.confirmed_on, row.isolated_at, row.rule_set],
    ...[
      row.infectious_from,
      row.infectious_until,
      row.override_reason,
      row.opened_at,
      row.opened_by,
      row.justification,
    ],
  ]);
  return stored ?? null;
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
