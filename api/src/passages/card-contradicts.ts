import type { CardPerson } from '../people/shared/card-code.ts';
import { idNumberWarnings } from '../people/shared/id-number.ts';

/** The card says another sex or year than its own number. A number of an unknown province may be of a country of birth. */
export function cardContradicts({ idNumber, sex, dateOfBirth }: CardPerson): boolean {
  const warnings = idNumber ? idNumberWarnings(idNumber, { sex: sex ?? 'OTHER', dateOfBirth }) : [];
  return warnings.some((warning) => warning !== 'UNKNOWN_PROVINCE');
}
