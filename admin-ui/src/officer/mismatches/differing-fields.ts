import type { PersonToCheckFragment } from '../../gql/officer/graphql.ts';
import { t } from '../texts.ts';

const known = [
  'fullName',
  'dateOfBirth',
  'sex',
  'nationality',
  'idNumber',
  'passportNumber',
  'permanentAddress',
  'temporaryAddress',
] as const;

const isKnown = (field: string): field is (typeof known)[number] => known.some((each) => each === field);

/** The fields that differ, by their names in words. What the population database has there is not known here. */
const fieldNames = (fields: readonly string[]): string =>
  fields.map((field) => (isKnown(field) ? t(`check.field.${field}`) : field)).join(', ');

/** What the population database says of somebody, in a line. */
export function verdictWords({ verification: { status, mismatches } }: PersonToCheckFragment): string {
  if (status === 'NOT_FOUND') return t('check.notFound');
  return t('check.differs', { fields: fieldNames(mismatches) });
}
