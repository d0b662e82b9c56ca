import { uuid7Time } from '#api/platform/shared/uuid7.ts';
import type { PassageFilter } from '../../gql/admin/graphql.ts';

/**
 * Which passages one id can be among: its time stands in it, and the API has no field for one passage alone. Corrected
 * ones and corrections too. Null for what is no id.
 */
export function aroundPassage(id: string): PassageFilter | null {
  const at = uuid7Time(id);
  if (at === null) return null;
  return { from: new Date(at).toISOString(), to: new Date(at + 1).toISOString(), superseded: true };
}
