import type { Transaction } from '../platform/database/transaction.ts';
import type { LoaderDefinition } from '../platform/graphql/loaders.ts';
import { permit } from '../policy/policy.ts';
import type { Context } from '../policy/viewer.ts';
import { cacheKeyOf, type CitizenKey } from '../people/citizens.service.ts';
import { Case } from './case.entity.ts';
import { casesByIds } from './cases.queries.ts';
import type { Asker } from './asker.ts';

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

const becomeCases = {
  name: 'contacts-become-cases',
  text: `with known as (
           update case_contact c set status = 'TESTED_POSITIVE', contacted_at = coalesce(c.contacted_at, $3), updated_at = $3, updated_by = $4
           from (select w.province_code, m.citizen_id from unnest($1::text[], $2::uuid[]) as w (province_code, id)
             cross join lateral people_merged(array[w.province_code], array[w.id]) m) p
           where c.province_code = p.province_code and c.citizen_id = p.citizen_id
             and (c.linked or c.status <> 'NOT_CONTACTED') and c.status <> 'TESTED_POSITIVE'
           returning c.province_code, c.citizen_id, c.case_id)
         select trace_cases_of_contact(k.province_code, k.citizen_id, array_agg(k.case_id), $3, $4, $5) from known k
         group by k.province_code, k.citizen_id`,
};

/** Whoever was a contact and is a confirmed case now: their task says so, and the cases that they belong to are traced again. */
export async function contactsBecomeCases(
  tx: Transaction,
  confirmed: ReadonlyArray<{ province_code: string; citizen_id: string }>,
  { accountId, unitId, at }: Asker,
): Promise<void> {
  if (confirmed.length === 0) return;
  await tx.rows(becomeCases, [
    confirmed.map(({ province_code }) => province_code),
    confirmed.map(({ citizen_id }) => citizen_id),
    ...[at, accountId, unitId],
  ]);
}
