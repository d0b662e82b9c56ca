import type { LoaderDefinition, LoadingContext } from '../../platform/graphql/loaders.ts';

export interface DayOfUse {
  app_id: string;
  day: string;
  requests: number;
  errors: number;
  cost: number;
  last_at: Date;
}

const sinceDay = {
  name: 'partner-use',
  text: `select app_id, day, requests, errors, cost, last_at from partner_use
         where app_id = any($1) and day >= $2 order by day desc`,
};
const lastUses = {
  name: 'partner-last-use',
  text: 'select app_id, max(last_at) as at from partner_use where app_id = any($1) group by app_id',
};
const lastErrors = {
  name: 'partner-errors',
  text: `select app_id, at, code, field from partner_error where app_id = any($1) order by id desc`,
};

const reading = (context: LoadingContext) => context.transactions.open ?? context.transaction();

/** The days since one, the newest first. */
export const useLoader: LoaderDefinition<{ id: string; since: string }, DayOfUse[]> = {
  cacheKey: ({ id, since }) => `${id} ${since}`,
  async load(context, wanted) {
    const earliest = wanted.map(({ since }) => since).sort()[0];
    const rows = await (await reading(context)).rows<DayOfUse>(sinceDay, [wanted.map(({ id }) => id), earliest]);
    return wanted.map(({ id, since }) => rows.filter((row) => row.app_id === id && row.day >= since));
  },
};

export const lastUseLoader: LoaderDefinition<string, Date> = {
  async load(context, ids) {
    const rows = await (await reading(context)).rows<{ app_id: string; at: Date }>(lastUses, [ids]);
    return ids.map((id) => rows.find((row) => row.app_id === id)?.at ?? null);
  },
};

export interface ErrorRow {
  app_id: string;
  at: Date;
  code: string;
  field: string;
}

export const lastErrorsLoader: LoaderDefinition<string, ErrorRow[]> = {
  async load(context, ids) {
    const rows = await (await reading(context)).rows<ErrorRow>(lastErrors, [ids]);
    return ids.map((id) => rows.filter((row) => row.app_id === id));
  },
};
