import type { Transaction } from '../platform/database/transaction.ts';
import type { LoaderDefinition } from '../platform/graphql/loaders.ts';
import { permit } from '../policy/policy.ts';
import type { Context } from '../policy/viewer.ts';
import { cacheKeyOf, type CitizenKey } from '../people/citizens.service.ts';
import { Case } from './case.entity.ts';
import { casesByIds } from './cases.queries.ts';

interface Row {
  citizen_id: string;
  case_id: string;
}

const contactOf = {
  name: 'cases-whose-contact',
  text: `select w.id as citizen_id, c.case_id from unnest($2::uuid[]) as w (id)
         cross join lateral people_merged($1, array[w.id]) m
         join case_contact c on c.province_code = any($1) and c.citizen_id = m.citizen_id and (c.linked or c.status <> 'NOT_CONTACTED')
         group by 1, 2 order by 1, 2`,
};

const casesWithContacts = (
  tx: Transaction,
  provinces: readonly string[],
  citizenIds: readonly string[],
): Promise<Row[]> => tx.rows<Row>(contactOf, [provinces, citizenIds]);

/** By person: the cases that the reader may see whose contact they are. */
export const contactOfLoader: LoaderDefinition<CitizenKey, Case[]> = {
  cacheKey: cacheKeyOf,
  async load(context, keys) {
    const scope = permit(context as Context, 'case.read');
    const tx = await context.transaction();
    const ids = keys.map(({ id }) => id);
    const found = await casesWithContacts(tx, scope.provinces, ids);
    const rows = await casesByIds(tx, scope, [...new Set(found.map((row) => row.case_id))]);
    const cases = new Map(rows.map((row) => [row.id, row]));
    return ids.map((id) =>
      found
        .filter((row) => row.citizen_id === id)
        .flatMap(({ case_id }) => cases.get(case_id) ?? [])
        .map((row) => new Case(row, true)),
    );
  },
};

const becomeCase = {
  name: 'contact-becomes-case',
  text: `with known as (
           update case_contact c set status = 'TESTED_POSITIVE', contacted_at = coalesce(c.contacted_at, $3), updated_at = $3, updated_by = $4
           where c.province_code = $1 and c.citizen_id in (select m.citizen_id from people_merged(array[$1::text], array[$2::uuid]) m)
             and (c.linked or c.status <> 'NOT_CONTACTED') and c.status <> 'TESTED_POSITIVE'
           returning c.case_id, c.case_province)
         update case_trace t set status = 'RUNNING', due_at = $3, asked_at = $3
         from known k, epidemic_case e
         where t.province_code = $1 and k.case_province = $1 and t.case_id = k.case_id
           and e.province_code = $1 and e.id = k.case_id and e.closed_at is null`,
};

/** Whoever was a contact and is a confirmed case now: their task says so, and the cases that they belong to are traced again. */
export async function contactBecomesCase(
  tx: Transaction,
  { province, id }: CitizenKey,
  { at, by }: { at: Date; by: string },
): Promise<void> {
  await tx.rows(becomeCase, [province, id, at, by]);
}
