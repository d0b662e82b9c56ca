import { cacheKeyOf, type CitizenKey } from '../people/citizens.service.ts';
import {
  boundsOf,
  idsOf,
  pageKey,
  provincesOf,
  rowsOfEach,
  totalsOfEach,
  type PersonPage,
} from '../people/of-people.service.ts';
import { mostCounted } from '../platform/graphql/connection.ts';
import type { LoaderDefinition } from '../platform/graphql/loaders.ts';
import { permit, type Scope } from '../policy/policy.ts';
import type { Context } from '../policy/viewer.ts';
import type { DeclarationRow } from './declaration.row.ts';

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
  provincesOf(people),
  idsOf(people),
  scope.provinces,
  scope.unitIds,
];

/** One more than each page holds, of many people in one statement. */
export const declarationsOfPeopleLoader: LoaderDefinition<PersonPage, DeclarationRow[]> = {
  cacheKey: pageKey,
  async load(context, people) {
    const scope = permit(context as Context, 'declaration.list');
    const tx = await context.transaction();
    const rows = await tx.rows<DeclarationRow & { place: number }>(pages, [
      ...scopeValues(people, scope),
      ...boundsOf(people),
    ]);
    return rowsOfEach(rows, people);
  },
};

/** How many there are of each; null for more than are counted. */
export const declarationCountLoader: LoaderDefinition<CitizenKey, { total: number | null }> = {
  cacheKey: cacheKeyOf,
  async load(context, people) {
    const scope = permit(context as Context, 'declaration.list');
    const tx = await context.transaction();
    const values = [...scopeValues(people, scope), mostCounted + 1];
    return totalsOfEach(await tx.rows<{ place: number; count: number }>(counts, values), people);
  },
};
