import type { Advice, VerdictFragment } from '../../gql/admin/graphql.ts';
import { hasText, t } from '../texts.ts';

/** The fields that differ, by their names in words. What the population database has there is not known here. */
export const fieldNames = (fields: readonly string[]): string =>
  fields.map((field) => (hasText(`verdictField.${field}`) ? t(`verdictField.${field}`) : field)).join(', ');

/** "Ghi khác: họ tên, ngày sinh" */
export function verdictWords({ status, mismatches }: Pick<VerdictFragment, 'status' | 'mismatches'>): string {
  const fields = fieldNames(mismatches);
  return fields ? `${t(`verdict.${status}`)}: ${fields}` : t(`verdict.${status}`);
}

/** How it stands out: whoever was accepted no longer does. */
export function verdictOutcome({ status, resolution }: Pick<VerdictFragment, 'status' | 'resolution'>): Advice | null {
  if (status === 'MATCHED') return 'ADMIT';
  const isOpen = status === 'MISMATCHED' || status === 'NOT_FOUND';
  return isOpen && resolution?.kind !== 'ACCEPTED' ? 'EXAMINE' : null;
}
