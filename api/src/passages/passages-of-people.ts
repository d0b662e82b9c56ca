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
import type { ListedPassage } from './passage-list.queries.ts';

// Whoever is merged into a person is that person. As corrected, like every list.
const theirs = `p.province_code = w.province_code and p.province_code = any($3)
    and p.citizen_id = any(array(select m.citizen_id from people_merged(array[w.province_code], array[w.id]) m))
    and ($4::text[] is null or p.unit_id = any($4)) and ($5::uuid[] is null or p.checkpoint_id = any($5))
    and p.decision <> 'VOID' and not exists (
      select from passage c where c.province_code = p.province_code and c.corrects = p.id and c.occurred_at = p.occurred_at)`;

const pages = {
  name: 'passages-of-people',
  text: `select w.place::integer as place, p.*, to_json(k) as checkpoint
         from unnest($1::text[], $2::uuid[], $6::timestamptz[], $7::uuid[]) with ordinality as w (province_code, id, at, last, place)
         cross join lateral (
           select p.* from passage p where ${theirs} and (w.at is null or (p.occurred_at, p.id) < (w.at, w.last))
           order by p.occurred_at desc, p.id desc limit $8) p
         join checkpoint k on k.id = p.checkpoint_id
         order by w.place, p.occurred_at desc, p.id desc`,
};
const counts = {
  name: 'count-passages-of-people',
  text: `select w.place::integer as place, (
           select count(*)::integer from (select 1 from passage p where ${theirs} limit $6) found) as count
         from unnest($1::text[], $2::uuid[]) with ordinality as w (province_code, id, place)`,
};

const scopeValues = (people: readonly CitizenKey[], scope: Scope) => [
  provincesOf(people),
  idsOf(people),
  scope.provinces,
  scope.unitIds,
  scope.checkpointIds,
];

/** One more than each page holds, of many people in one statement. */
export const passagesOfPeopleLoader: LoaderDefinition<PersonPage, ListedPassage[]> = {
  cacheKey: pageKey,
  async load(context, people) {
    const scope = permit(context as Context, 'passage.list');
    const tx = await context.transaction();
    const rows = await tx.rows<ListedPassage & { place: number }>(pages, [
      ...scopeValues(people, scope),
      ...boundsOf(people),
    ]);
    return rowsOfEach(rows, people);
  },
};

/** How many there are of each; null for more than are counted. */
export const passageCountLoader: LoaderDefinition<CitizenKey, { total: number | null }> = {
  cacheKey: cacheKeyOf,
  async load(context, people) {
    const scope = permit(context as Context, 'passage.list');
    const tx = await context.transaction();
    const values = [...scopeValues(people, scope), mostCounted + 1];
    return totalsOfEach(await tx.rows<{ place: number; count: number }>(counts, values), people);
  },
};
