import { openIdentifiers } from '../identifiers.service.ts';
import type { Keys } from '../../platform/crypto/keys.ts';
import { comparedName, nameLikeness } from '../shared/name-likeness.ts';

/** What speaks for two being one person. */
export const DoubleEvidence = {
  CARD: 'CARD',
  SAME_NAME: 'SAME_NAME',
  LIKE_NAME: 'LIKE_NAME',
  BIRTH_DATE: 'BIRTH_DATE',
  BIRTH_YEAR: 'BIRTH_YEAR',
  PHONE: 'PHONE',
  LIKE_NUMBER: 'LIKE_NUMBER',
} as const;
export type DoubleEvidence = keyof typeof DoubleEvidence;

/** A card that names the numbers of both. */
export const proven = { score: 100, evidence: ['CARD'] satisfies DoubleEvidence[] };

/** A person as doubles are sought by. */
export interface Comparable {
  id: string;
  full_name: string;
  date_of_birth: string;
  sex: string;
  identifiers_sealed: Buffer | null;
}

export interface ComparedPerson {
  id: string;
  name: ReturnType<typeof comparedName>;
  born: string;
  sex: string;
  numbers: string[];
  phone: string | null;
}

export function comparedPerson(keys: Keys, row: Comparable): ComparedPerson {
  const { idNumber, formerIdNumber, phone } = openIdentifiers(keys, row.identifiers_sealed);
  return {
    id: row.id,
    name: comparedName(row.full_name),
    born: row.date_of_birth,
    sex: row.sex,
    numbers: [idNumber, formerIdNumber].filter((number) => number !== undefined),
    phone: phone ?? null,
  };
}

/** The numbers that one slip of two neighbouring digits makes of a number. */
export function transposed(number: string): string[] {
  const slips = Array.from(
    { length: number.length - 1 },
    (_, at) => number.slice(0, at) + number.charAt(at + 1) + number.charAt(at) + number.slice(at + 2),
  );
  return [...new Set(slips)].filter((slip) => slip !== number);
}

const leastName = 82;
const leastScore = 60;

/** How likely two are one person, 1 to 99, and why; null where it is not worth anybody's time. */
export function judgeDouble(
  one: ComparedPerson,
  other: ComparedPerson,
): { score: number; evidence: DoubleEvidence[] } | null {
  const name = Math.min(nameLikeness(one.name, other.name).score, nameLikeness(other.name, one.name).score);
  if (name < leastName || (one.sex !== other.sex && one.sex !== 'OTHER' && other.sex !== 'OTHER')) return null;
  const sameDay = one.born === other.born && one.born.length > 4;
  const sameYear = one.born.slice(0, 4) === other.born.slice(0, 4);
  const phone = one.phone !== null && one.phone === other.phone;
  const likeNumber = one.numbers.some((number) => other.numbers.some((slip) => transposed(number).includes(slip)));
  // Two personal numbers that are not alike are two people's, whatever their names are.
  const bothNumbered = [one, other].every(({ numbers }) => numbers.some((number) => number.length === 12));
  if (!sameDay && !sameYear && !likeNumber) return null;
  const evidence: Array<[DoubleEvidence, boolean, number]> = [
    ['SAME_NAME', name === 100, 40],
    ['LIKE_NAME', name < 100, 30],
    ['BIRTH_DATE', sameDay, 30],
    ['BIRTH_YEAR', sameYear && !sameDay, one.born.length === 4 || other.born.length === 4 ? 20 : 5],
    ['PHONE', phone, 20],
    ['LIKE_NUMBER', likeNumber, 25],
  ];
  const held = evidence.filter(([, holds]) => holds);
  const sum = held.reduce((total, [, , points]) => total + points, 0) - (bothNumbered && !likeNumber ? 40 : 0);
  return sum < leastScore ? null : { score: Math.min(99, sum), evidence: held.map(([kind]) => kind) };
}
