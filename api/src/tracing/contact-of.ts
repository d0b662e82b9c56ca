import type { Transaction } from '../platform/database/transaction.ts';
import type { LoaderDefinition } from '../platform/graphql/loaders.ts';
import { permit } from '../policy/policy.ts';
import type { Context } from '../policy/viewer.ts';
import { cacheKeyOf, type CitizenKey } from '../people/citizens.service.ts';
import { idsOf, provincesOf } from '../people/of-people.service.ts';
import { Case } from './case.entity.ts';
import { casesByIds } from './cases.queries.ts';
import { citizenOf, TracedPeople } from './trace/traced-people.ts';
import type { Asker } from './asker.ts';

/** Of each of these people all citizens that these provinces know: in each whom they are merged with there, and by their numbers. */
async function citizensOfEach(
  tx: Transaction,
  provinces: readonly string[],
  people: readonly CitizenKey[],
): Promise<Array<readonly CitizenKey[]>> {
  const same = new TracedPeople(tx, provinces, '');
  await same.learn(people);
  return people.map((person) => same.citizensOf(same.keyOf(person)));
}

const contactOf = {
  name: 'cases-whose-contact',
  text: `select distinct w.place, c.case_id from unnest($1::integer[], $2::text[], $3::uuid[]) as w (place, province_code, id)
         join case_contact c on c.province_code = w.province_code and c.citizen_id = w.id and (c.linked or c.status <> 'NOT_CONTACTED')
         order by 1, 2`,
};

/** Ids of cases whose contact each of these is, by their place. */
async function casesWithContacts(
  tx: Transaction,
  provinces: readonly string[],
  people: readonly CitizenKey[],
): Promise<string[][]> {
  const citizens = (await citizensOfEach(tx, provinces, people)).flatMap((own, place) =>
    own.map((citizen) => ({ place, ...citizen })),
  );
  const values = [citizens.map(({ place }) => place), provincesOf(citizens), idsOf(citizens)];
  const rows = await tx.rows<{ place: number; case_id: string }>(contactOf, values);
  const found = Map.groupBy(rows, ({ place }) => place);
  return people.map((_, place) => (found.get(place) ?? []).map((row) => row.case_id));
}

/** By person: the cases that the reader may see whose contact they are. */
export const contactOfLoader: LoaderDefinition<CitizenKey, Case[]> = {
  cacheKey: cacheKeyOf,
  async load(context, keys) {
    const scope = permit(context as Context, 'case.read');
    const tx = await context.transaction();
    const found = await casesWithContacts(tx, scope.provinces, keys);
    const rows = await casesByIds(tx, scope, [...new Set(found.flat())]);
    const cases = new Map(rows.map((row) => [row.id, row]));
    return found.map((ids) => ids.flatMap((id) => cases.get(id) ?? []).map((row) => new Case(row, true)));
  },
};

const becomeCases = {
  name: 'contacts-become-cases',
  text: `with known as (
           update case_contact c set status = 'TESTED_POSITIVE', contacted_at = coalesce(c.contacted_at, $3), updated_at = $3, updated_by = $4
           from (select distinct * from unnest($1::text[], $2::uuid[]) as w (province_code, citizen_id)) p
           where c.province_code = p.province_code and c.citizen_id = p.citizen_id
             and (c.linked or c.status <> 'NOT_CONTACTED') and c.status <> 'TESTED_POSITIVE'
           returning c.province_code, c.citizen_id, c.case_id)
         select trace_cases_of_contact(k.province_code, k.citizen_id, array_agg(k.case_id), $3, $4, $5) from known k
         group by k.province_code, k.citizen_id`,
};

/** Whoever was a contact and is a confirmed case now: their task says so, and the cases that they belong to are traced again. */
export async function contactsBecomeCases(
  tx: Transaction,
  provinces: readonly string[],
  confirmed: ReadonlyArray<{ province_code: string; citizen_id: string }>,
  { accountId, unitId, at }: Asker,
): Promise<void> {
  if (confirmed.length === 0) return;
  const citizens = (await citizensOfEach(tx, provinces, confirmed.map(citizenOf))).flat();
  await tx.rows(becomeCases, [provincesOf(citizens), idsOf(citizens), at, accountId, unitId]);
}
