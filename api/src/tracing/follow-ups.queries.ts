import type { Transaction } from '../platform/database/transaction.ts';
import type { Page, Sorting } from '../platform/graphql/connection.ts';
import { endOfDay, startOfDay } from '../platform/shared/vietnam-date.ts';
import type { Scope } from '../policy/policy.ts';
import type { ContactRow, FollowUpStatus } from './contact.row.ts';

/** A day is a text, whatever the driver makes of dates. */
const contactColumns = `province_code, case_id, citizen_id, case_province, unit_id, generation, first_exposed_at, last_exposed_at,
  exposures, linked, status, until::text, isolated_at, notes, found_at, contacted_at, updated_at`;

const nearest = {
  name: 'contacts-of-case',
  text: `select ${contactColumns} from case_contact where province_code = any($1) and case_id = $2
         order by generation, first_exposed_at, citizen_id limit $3`,
};

/** Nearest first; those of other provinces than the scope's are counted only. */
export function contactsOfCase(tx: Transaction, scope: Scope, caseId: string, most: number): Promise<ContactRow[]> {
  return tx.rows<ContactRow>(nearest, [scope.provinces, caseId, most]);
}

/** Nearest first; a row's key is its generation, when it was first exposed, and its citizen. */
export const contactSorting: Sorting = { list: 'contacts', key: ['text', 'time', 'id'] };

export interface ContactFilter {
  caseId: string;
  provinces: readonly string[];
  unitIds: readonly string[] | null;
  generation: number | null;
  status: FollowUpStatus | null;
}

const ofCase = `province_code = any($1) and case_id = $2 and ($3::text[] is null or unit_id = any($3))
  and ($4::integer is null or generation = $4) and ($5::text is null or status = $5)`;
const contacts = {
  name: 'list-contacts',
  text: `select ${contactColumns} from case_contact where ${ofCase}
           and ($6::integer is null or (generation, first_exposed_at, citizen_id) > ($6, $7::timestamptz, $8::uuid))
         order by generation, first_exposed_at, citizen_id limit $9`,
};

const valuesOf = ({ provinces, caseId, unitIds, generation, status }: ContactFilter): unknown[] => [
  ...[provinces, caseId, unitIds],
  ...[generation, status],
];

export function listContacts(tx: Transaction, filter: ContactFilter, page: Page): Promise<ContactRow[]> {
  const [generation = null, at = null, id = null] = page.after ?? [];
  const after = generation ? Number.parseInt(generation) || 0 : null;
  return tx.rows<ContactRow>(contacts, [...valuesOf(filter), after, at, id, page.first + 1]);
}

const countOf = {
  name: 'count-contacts',
  text: `select count(*)::integer as count from (select from case_contact where ${ofCase} limit $6) found`,
};

export async function countContacts(tx: Transaction, filter: ContactFilter, most: number): Promise<number> {
  const [row] = await tx.rows<{ count: number }>(countOf, [...valuesOf(filter), most]);
  return row?.count ?? 0;
}

const one = {
  name: 'contact-of-case',
  text: `select ${contactColumns} from case_contact where province_code = any($1) and case_id = $2 and citizen_id = $3`,
};

export async function contactOf(
  tx: Transaction,
  provinces: readonly string[],
  caseId: string,
  citizenId: string,
): Promise<ContactRow | null> {
  const [row] = await tx.rows<ContactRow>(one, [provinces, caseId, citizenId]);
  return row ?? null;
}

/** By the last day of isolation, the earliest first; a row's key is that day, its citizen and its case. */
export const followUpSorting: Sorting = { list: 'followUps', key: ['text', 'id', 'id'] };

export interface FollowUpFilter {
  status: FollowUpStatus | null;
  overdue: boolean | null;
  /** Today, and a day ago. */
  today: string;
  dayAgo: Date;
  /** Found by a trace on this day. */
  foundOn: string | null;
  /** Reached within 24 hours of being found, or not. */
  reachedInTime: boolean | null;
  /** By the end of which day their isolation began, or, of others, what is said of them last was said. */
  asOf: string | null;
}

// As `isOverdue` says it of a row.
const overdue = `(status in ('NOT_CONTACTED', 'CONTACTED', 'ISOLATING')
  and (until < $5::date or (status = 'NOT_CONTACTED' and found_at < $6::timestamptz)))`;
const tasks = `province_code = any($1) and ($2::text[] is null or unit_id = any($2)) and (linked or status <> 'NOT_CONTACTED')
  and ($3::text is null or status = $3) and ($4::boolean is null or ${overdue} = $4)
  and ($7::timestamptz is null or (linked and found_at >= $7 and found_at < $8::timestamptz))
  and ($9::boolean is null or (contacted_at is not null and contacted_at <= found_at + interval '24 hours') = $9)
  and ($10::timestamptz is null or (status = 'ISOLATING' and isolated_at < $10) or (status <> 'ISOLATING' and updated_at < $10))`;
const list = {
  name: 'follow-ups',
  text: `select ${contactColumns} from case_contact where ${tasks}
           and ($11::date is null or (until, citizen_id, case_id) > ($11::date, $12::uuid, $13::uuid))
         order by case_contact.until, citizen_id, case_id limit $14`,
};
const taskValues = (scope: Scope, filter: FollowUpFilter): unknown[] => [
  ...[scope.provinces, scope.unitIds, filter.status],
  ...[filter.overdue, filter.today, filter.dayAgo],
  ...(filter.foundOn ? [startOfDay(filter.foundOn), endOfDay(filter.foundOn)] : [null, null]),
  ...[filter.reachedInTime, filter.asOf && endOfDay(filter.asOf)],
];

export function listFollowUps(
  tx: Transaction,
  scope: Scope,
  filter: FollowUpFilter,
  page: Page,
): Promise<ContactRow[]> {
  const [day = null, citizenId = null, caseId = null] = page.after ?? [];
  return tx.rows<ContactRow>(list, [...taskValues(scope, filter), day, citizenId, caseId, page.first + 1]);
}

const countTasks = {
  name: 'count-follow-ups',
  text: `select count(*)::integer as count from (select from case_contact where ${tasks} limit $11) found`,
};

export async function countFollowUps(
  tx: Transaction,
  scope: Scope,
  filter: FollowUpFilter,
  most: number,
): Promise<number> {
  const [row] = await tx.rows<{ count: number }>(countTasks, [...taskValues(scope, filter), most]);
  return row?.count ?? 0;
}

const update = {
  name: 'update-follow-up',
  text: `update case_contact set status = $5, notes = coalesce($6, notes), updated_at = $7, updated_by = $8,
           contacted_at = case when $5 = 'NOT_CONTACTED' then null when $5 = 'LOST' then contacted_at else coalesce(contacted_at, $7) end,
           isolated_at = case when $5 = 'ISOLATING' then coalesce($9, isolated_at, $7) when $5 in ('NOT_CONTACTED', 'CONTACTED', 'LOST') then null
             else coalesce($9, isolated_at) end
         where province_code = any($1) and ($2::text[] is null or unit_id = any($2)) and case_id = $3 and citizen_id = $4
         returning ${contactColumns}`,
};

export interface FollowUpChange {
  caseId: string;
  citizenId: string;
  status: FollowUpStatus;
  notes: string | null;
  isolatedAt: Date | null;
  at: Date;
  by: string;
}

/** Null outside the scope. */
export async function changeFollowUp(
  tx: Transaction,
  scope: Scope,
  { caseId, citizenId, status, notes, isolatedAt, at, by }: FollowUpChange,
): Promise<ContactRow | null> {
  const values = [scope.provinces, scope.unitIds, caseId, citizenId, status, notes, at, by, isolatedAt];
  const [row] = await tx.rows<ContactRow>(update, values);
  return row ?? null;
}
