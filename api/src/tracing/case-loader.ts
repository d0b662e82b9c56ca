import type { LoaderDefinition } from '../platform/graphql/loaders.ts';
import { permit } from '../policy/policy.ts';
import type { Context } from '../policy/viewer.ts';
import { cacheKeyOf, type CitizenKey } from '../people/citizens.service.ts';
import { Case } from './case.entity.ts';
import { casesByIds } from './cases.queries.ts';

/** Cases that the reader may see, by province and id. */
export const caseLoader: LoaderDefinition<CitizenKey, Case> = {
  cacheKey: cacheKeyOf,
  async load(context, keys) {
    const scope = permit(context as Context, 'case.read');
    const ids = keys.map(({ id }) => id);
    const rows = await casesByIds(await context.transaction(), scope, ids);
    const found = new Map(rows.map((row) => [`${row.province_code}/${row.id}`, row]));
    return keys.map(({ province, id }) => {
      const row = found.get(`${province}/${id}`);
      return row ? new Case(row, true) : null;
    });
  },
};
