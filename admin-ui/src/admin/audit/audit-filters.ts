import type { AuditFilter } from '../../gql/admin/graphql.ts';
import { addDays, startOfDay } from '../days.ts';
import { day, ids, oneOf, saidAs, type Codec, type Filters } from '../filters/filter-query.ts';
import { actions } from './action-words.ts';

const oneId: Codec<string> = {
  editor: 'OWN',
  read: (text) => ids.read(text)?.[0] ?? null,
  write: (value) => value,
};

export const auditFields = {
  action: saidAs('audit.actions', oneOf(...actions)),
  by: oneId,
  subject: oneId,
  from: day,
  to: day,
};

/** The API's own; `to` is the last day, which the API's range does not contain. */
export function toAuditFilter({ action, by, subject, from, to }: Filters<typeof auditFields>): AuditFilter {
  return {
    ...(action && { action: action.replaceAll('_', '.') }),
    ...(by && { actorId: by }),
    ...(subject && { subject }),
    ...(from && { from: startOfDay(from) }),
    ...(to && { to: startOfDay(addDays(to, 1)) }),
  };
}
