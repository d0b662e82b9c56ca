import type { CitizenKey } from '../people/citizens.service.ts';
import type { Transaction } from '../platform/database/transaction.ts';
import { mostCounted, toTotal, type Page } from '../platform/graphql/connection.ts';
import type { LoaderDefinition } from '../platform/graphql/loaders.ts';
import { permit, type Scope } from '../policy/policy.ts';
import type { Context } from '../policy/viewer.ts';
import type { DeclarationRow } from './declaration.row.ts';

/** A page of one person's declarations. */
export interface PersonPage extends CitizenKey {
  page: Page;
}

// Whoever is merged into a person is that person.
const theirs = `d.province_code = w.province_code and d.province_code = any($3)
    and d.citizen_id = any(array(select m.citizen_id from people_merged(array[w.province_code], array[w.id]) m))
    and ($4::text[] is null or d.destination_address_unit_id = any($4))`;

const pages = {
  name: 'declarations-of-people',
  text: `select w.place::integer as place, d.*
         from unnest($1::text[], $2::uuid[], $5::timestamptz[], $6::uuid[]) with ordinality as w (province_code, id, at, last, place)
         cross join lateral (
           select d.* from declaration d where ${theirs} and (w.at is null or (d.submitted_at, d.id) < (w.at, w.last))
           order by d.submitted_at desc, d.id desc limit $7) d
         order by w.place, d.submitted_at desc, d.id desc`,
};
const counts = {
  name: 'count-declarations-of-people',
  text: `select w.place::integer as place, (
           select count(*)::integer from (select 1 from declaration d where ${theirs} limit $5) found) as count
         from unnest($1::text[], $2::uuid[]) with ordinality as w (province_code, id, place)`,
};

const scopeValues = (people: readonly CitizenKey[], scope: Scope) => [
  people.map(({ province }) => province),
  people.map(({ id }) => id),
  scope.provinces,
  scope.unitIds,
];

type Placed<Row> = Row & { place: number };

async function pagesOf(tx: Transaction, scope: Scope, people: readonly PersonPage[]): Promise<DeclarationRow[][]> {
  const rows = await tx.rows<Placed<DeclarationRow>>(pages, [
    ...scopeValues(people, scope),
    people.map(({ page }) => page.after?.[0] ?? null),
    people.map(({ page }) => page.after?.[1] ?? null),
    Math.max(...people.map(({ page }) => page.first)) + 1,
  ]);
  return people.map(({ page }, at) => rows.filter(({ place }) => place === at + 1).slice(0, page.first + 1));
}

/** One more than each page holds, of many people in one statement. */
export const declarationsOfPeopleLoader: LoaderDefinition<PersonPage, DeclarationRow[]> = {
  cacheKey: (key) => JSON.stringify(key),
  load: async (context, people) =>
    pagesOf(await context.transaction(), permit(context as Context, 'declaration.list'), people),
};

/** How many there are of each; null for more than are counted. */
export const declarationCountLoader: LoaderDefinition<CitizenKey, { total: number | null }> = {
  cacheKey: ({ province, id }) => `${province}/${id}`,
  async load(context, people) {
    const scope = permit(context as Context, 'declaration.list');
    const tx = await context.transaction();
    const rows = await tx.rows<{ place: number; count: number }>(counts, [
      ...scopeValues(people, scope),
      mostCounted + 1,
    ]);
    return people.map((_, at) => ({ total: toTotal(rows.find(({ place }) => place === at + 1)?.count ?? 0) }));
  },
};
