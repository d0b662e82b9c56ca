import type { Transaction } from '../platform/database/transaction.ts';
import type { LoaderDefinition } from '../platform/graphql/loaders.ts';
import { permit } from '../policy/policy.ts';
import type { Context } from '../policy/viewer.ts';
import { cacheKeyOf, type CitizenKey } from '../people/citizens.service.ts';
import { idsOf, provincesOf } from '../people/of-people.service.ts';
import { Case } from './case.entity.ts';
import { casesByIds } from './cases.queries.ts';
import { citizensOfEach } from './same-citizens.ts';

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
